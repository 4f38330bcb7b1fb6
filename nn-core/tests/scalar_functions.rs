//! The scalar functions against the standard library, and at their special values.

use nn_core::Scalar;

/// A function, its counterpart in the standard library, and an interval.
type Case<T> = (fn(T) -> T, fn(f64) -> f64, f64, f64);

fn cases<T: Scalar>() -> [Case<T>; 19] {
    [
        (T::sin, f64::sin, -20.0, 20.0),
        (T::cos, f64::cos, -20.0, 20.0),
        (T::tan, f64::tan, -1.5, 1.5),
        (T::asin, f64::asin, -1.0, 1.0),
        (T::acos, f64::acos, -1.0, 0.99),
        (T::atan, f64::atan, -50.0, 50.0),
        (T::sinh, f64::sinh, -20.0, 20.0),
        (T::cosh, f64::cosh, -20.0, 20.0),
        (T::tanh, f64::tanh, -5.0, 5.0),
        (T::asinh, f64::asinh, -50.0, 50.0),
        (T::acosh, f64::acosh, 1.01, 50.0),
        (T::atanh, f64::atanh, -0.99, 0.99),
        (T::exp2, f64::exp2, -20.0, 20.0),
        (T::log2, f64::log2, 1.1, 50.0),
        (T::log10, f64::log10, 1.1, 50.0),
        (T::trunc, f64::trunc, -5.0, 5.0),
        (T::round, f64::round_ties_even, -5.0, 5.0),
        (|x| x.hypot(T::from_f64(-2.5)), |x| x.hypot(-2.5), -5.0, 5.0),
        (|x| x.atan2(T::from_f64(-2.5)), |y| y.atan2(-2.5), -5.0, 5.0),
    ]
}

/// The largest error relative to the value, over a grid.
fn error<T: Scalar>((function, expected, low, high): Case<T>) -> f64 {
    let errors = (0..=1000u32).map(|at| {
        // of a value that is the same in both types
        let x = T::from_f64(low + (high - low) * f64::from(at) / 1000.0);
        let expected = expected(x.to_f64());
        (function(x).to_f64() - expected).abs() / expected.abs().max(1e-300)
    });
    errors.filter(|error| *error > 0.0).fold(0.0, f64::max)
}

#[test]
fn functions_are_those_of_the_standard_library() {
    for (at, case) in cases::<f64>().into_iter().enumerate() {
        let error = error(case);
        assert!(error < 16.0 * f64::EPSILON, "function {at} of f64: {error:e}");
    }
    for (at, case) in cases::<f32>().into_iter().enumerate() {
        let error = error(case);
        assert!(error < 4.0 * f64::from(f32::EPSILON), "function {at} of f32: {error:e}");
    }
}

fn special_values<T: Scalar>() {
    let number = T::from_f64;
    let rounded = [0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 2.6].map(|x| Scalar::round(number(x)).to_f64());
    assert_eq!(rounded, [0.0, 2.0, 2.0, 0.0, -2.0, 2.0, 3.0]);
    let remainders = [(5.5, 2.0), (-5.5, 2.0), (5.5, -2.0), (6.0, 3.0)];
    assert_eq!(remainders.map(|(a, b)| number(a).fmod(number(b)).to_f64()), [1.5, -1.5, 1.5, 0.0]);
    assert!(number(1.0).fmod(T::ZERO).is_nan());
    assert_eq!(Scalar::hypot(number(3e30), number(4e30)), number(5e30));
    assert_eq!(Scalar::atan2(T::ZERO, -T::ONE).to_f64(), number(std::f64::consts::PI).to_f64());
    let outside = [Scalar::asin(number(1.5)), Scalar::acosh(number(0.5)), Scalar::atanh(number(-2.0))];
    assert!(outside.iter().all(|value| value.is_nan()));
}

#[test]
fn special_values_are_those_of_c() {
    special_values::<f32>();
    special_values::<f64>();
}

fn softplus<T: Scalar>() {
    let value = |x: f64| T::from_f64(x).softplus().to_f64();
    assert_eq!([value(90.0), value(1e30), value(f64::INFINITY)], [90.0, T::from_f64(1e30).to_f64(), f64::INFINITY]);
    assert_eq!(value(f64::NEG_INFINITY), 0.0);
    assert!(value(f64::NAN).is_nan());
    for x in [-30.0, -2.0, -1e-3, 0.0, 1e-3, 0.5, 4.0, 30.0] {
        let x = T::from_f64(x);
        let expected = x.to_f64().max(0.0) + (-x.to_f64().abs()).exp().ln_1p();
        let error = (x.softplus().to_f64() - expected).abs() / expected;
        assert!(error < 4.0 * T::ONE.epsilon().to_f64(), "softplus({x}) is off by {error:e}");
    }
}

#[test]
fn softplus_neither_overflows_nor_loses_digits() {
    softplus::<f32>();
    softplus::<f64>();
}
