//! Each function is a fixed sequence of multiplications, additions and divisions, never fused, so that the bits do not
//! depend on the instruction set. There are no branches: all cases are computed, and one is selected.
//!
//! Each polynomial minimises the greatest relative error of the function (not of the polynomial) over its interval. The
//! first coefficients are those of the series; the others were found with the Remez algorithm in 50 digits.

pub(crate) use super::exact::single::{ceil, floor, round, sqrt, trunc};
pub(crate) use libm::{
    acosf as acos, acoshf as acosh, asinf as asin, asinhf as asinh, atan2f as atan2, atanf as atan, atanhf as atanh,
    cosf as cos, coshf as cosh, exp2f as exp2, fmodf as fmod, hypotf as hypot, log2f as log2, log10f as log10, powf,
    sinf as sin, sinhf as sinh, tanf as tan,
};

/// ln 2 as a sum of two. The first has so few digits that its product with an exponent is exact.
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;
/// 1.5 * 2^23: a sum with it has no binary places left, and so rounds the number that is added.
const ROUNDER: f32 = 12_582_912.0;

/// A number as n ln 2 + r with |r| <= ln 2 / 2.
struct Reduced {
    /// The bits of a number that has n in its last places.
    n: u32,
    r: f32,
    /// exp(r) - 1 - r.
    rest: f32,
    /// The rounding error of r.
    lost: f32,
}

impl Reduced {
    #[inline(always)]
    fn new(x: f32) -> Self {
        let rounded = x * core::f32::consts::LOG2_E + ROUNDER;
        let whole = rounded - ROUNDER;
        let high = x - whole * LN_2_HIGH;
        let r = high - whole * LN_2_LOW;
        let lost = (high - r) - whole * LN_2_LOW;
        // (exp(r) - 1 - r) / r^2: exp(r) - 1 to 1.3e-8. Pairs of terms depend on each other less than one term after the
        // other.
        let square = r * r;
        let p = 0.001_394_655_1 * square + (0.008_366_644 * r + 0.041_666_28);
        let p = p * square + (0.166_665_43 * r + 0.5);
        Reduced { n: rounded.to_bits(), r, rest: p * square, lost }
    }

    /// exp(r).
    #[inline(always)]
    fn exp(&self) -> f32 {
        1.0 + (self.rest + self.r)
    }

    /// exp(r) - 1, whose digits count where it is the whole result.
    #[inline(always)]
    fn exp_m1(&self) -> f32 {
        (self.rest + self.lost) + self.r
    }
}

/// 2 to the power of n, for -126 <= n <= 128; the last is infinite. Of the bits of n the last nine count.
#[inline(always)]
fn power_of_two(n: u32) -> f32 {
    f32::from_bits((n << 23).wrapping_add(127 << 23))
}

/// Two factors whose product is 2 to the power of n, which may be out of range.
#[inline(always)]
fn factors(n: u32) -> (f32, f32) {
    let n = n.wrapping_sub(ROUNDER.to_bits()).cast_signed();
    let half = n >> 1;
    (power_of_two(half.cast_unsigned()), power_of_two(n.wrapping_sub(half).cast_unsigned()))
}

/// `x` clamped to least..most. NaN stays NaN.
#[inline(always)]
fn limited(x: f32, least: f32, most: f32) -> f32 {
    let x = if x < least { least } else { x };
    if x > most { most } else { x }
}

#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Beyond these limits the result is 0 or infinite. What is 0, such as that of a masked position, is not computed: a
    // processor takes a hundred cycles for a product that is too small.
    let is_zero = x < -104.0;
    let most = if x > 89.0 { 89.0 } else { x };
    let reduced = Reduced::new(if is_zero { 0.0 } else { most });
    // A subnormal result is rounded once, at the end.
    let (a, b) = factors(reduced.n);
    let result = reduced.exp() * a * b;
    if is_zero { 0.0 } else { result }
}

#[inline(always)]
pub(crate) fn exp_m1(x: f32) -> f32 {
    let reduced = Reduced::new(limited(x, -20.0, 89.0));
    // 2^n e + (2^n - 1), in two steps since the power itself may be out of range.
    let (a, b) = factors(reduced.n);
    let result = (reduced.exp_m1() * a + (a - 1.0 / b)) * b;
    if x == 0.0 { x } else { result }
}

/// `1 / (1 + exp(-x))`.
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    // 2^-24 / (2^-24 + 2^-24 exp(-x)): so no power is out of range before the result itself is. Below the first limit,
    // exp(-x) is no part of a sum with 1 any more; above the second, the result is 0.
    const UNIT: f32 = 1.0 / 16_777_216.0;
    let reduced = Reduced::new(limited(-x, -60.0, 104.0));
    let scaled = reduced.exp() * power_of_two(reduced.n.wrapping_sub(24));
    UNIT / (UNIT + scaled)
}

/// ln(1 + f) for sqrt(1/2) - 1 <= f <= sqrt(2) - 1, without its first term f.
#[inline(always)]
fn ln_1p_rest(f: f32) -> f32 {
    // (ln(1 + f) - f + f^2 / 2) / f^3: ln(1 + f) to 5.9e-9.
    let p = -0.076_345_14;
    let p = p * f + 0.127_615_97;
    let p = p * f - 0.131_601_85;
    let p = p * f + 0.142_017_56;
    let p = p * f - 0.166_233_57;
    let p = p * f + 0.200_012_27;
    let p = p * f - 0.250_008_2;
    let p = p * f + 0.333_333_3;
    let square = f * f;
    p * f * square - 0.5 * square
}

/// x = 2^n (1 + f): n and f, for x that is normal; sqrt(1/2) <= 1 + f < sqrt(2).
#[inline(always)]
#[allow(clippy::cast_precision_loss)] // exponents are small
fn split(x: f32) -> (f32, f32) {
    const SQRT_HALF: i32 = 0x3f35_04f3;
    let bits = x.to_bits().cast_signed();
    let n = bits.wrapping_sub(SQRT_HALF) >> 23;
    let m = f32::from_bits(bits.wrapping_sub(n << 23).cast_unsigned());
    (n as f32, m - 1.0)
}

/// n ln 2 + f + rest, the small parts first.
#[inline(always)]
fn ln_sum(n: f32, f: f32, rest: f32) -> f32 {
    n * LN_2_HIGH + (f + (rest + n * LN_2_LOW))
}

/// The logarithm of `x` with its special cases: `result` holds for 0 < x < infinity alone.
#[inline(always)]
fn with_edges(x: f32, result: f32) -> f32 {
    let result = if x < f32::INFINITY { result } else { x };
    let result = if x == 0.0 { f32::NEG_INFINITY } else { result };
    if x < 0.0 { f32::NAN } else { result }
}

#[inline(always)]
pub(crate) fn ln(x: f32) -> f32 {
    // Subnormal numbers are scaled to normal ones.
    let small = x < f32::MIN_POSITIVE;
    let (n, f) = split(if small { x * 8_388_608.0 } else { x });
    let n = if small { n - 23.0 } else { n };
    with_edges(x, ln_sum(n, f, ln_1p_rest(f)))
}

#[inline(always)]
pub(crate) fn ln_1p(x: f32) -> f32 {
    let sum = 1.0 + x;
    // The rounding error of the sum.
    let lost = if x < 1.0 { x - (sum - 1.0) } else { 1.0 - (sum - x) };
    let (n, f) = split(sum);
    // Where n is 0, f is x itself, with all of its digits.
    let (f, correction) = if n == 0.0 { (x, 0.0) } else { (f, lost / sum) };
    let result = ln_sum(n, f, ln_1p_rest(f) + correction);
    if x == 0.0 { x } else { with_edges(sum, result) }
}

#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    let a = f32::from_bits(x.to_bits() & 0x7fff_ffff);
    // (tanh(a) / a - 1) / a^2 for 0 <= a <= 0.625: tanh(a) to 4.4e-9.
    let square = a * a;
    let fourth = square * square;
    let p = (0.020_639_074 - 0.005_704_974 * square) * fourth + (0.133_314_42 - 0.053_739_71 * square);
    let small = (p * square - 0.333_332_8) * (square * a) + a;
    // 1 - 2 e / (1 + e) with e = exp(-2 a). Above the limit it is 1.
    let reduced = Reduced::new(-2.0 * if a > 10.0 { 10.0 } else { a });
    let e = reduced.exp() * power_of_two(reduced.n);
    let large = 1.0 - (e + e) / (1.0 + e);
    let result = if a < 0.625 { small } else { large };
    f32::from_bits(result.to_bits() | (x.to_bits() & 0x8000_0000))
}

#[inline(always)]
pub(crate) fn erf(x: f32) -> f32 {
    let a = f32::from_bits(x.to_bits() & 0x7fff_ffff);
    // (erf(a) / a - 2 / sqrt(pi)) / a^2 for 0 <= a <= 0.875: erf(a) to 9.5e-9.
    let square = a * a;
    let p = -0.000_623_918_7;
    let p = p * square + 0.005_039_756;
    let p = p * square - 0.026_797_263;
    let p = p * square + 0.112_826_49;
    let p = p * square - 0.376_125_77;
    // 2 / sqrt(pi) - 1
    let small = (p * square + 0.128_379_17) * a + a;
    // ln(1 - erf(t)) for 0.875 <= t <= 4: erf(t) to 1.9e-9. Beyond it is 1.
    let t = if a > 4.0 { 4.0 } else { a };
    let q = 0.000_200_996_18;
    let q = q * t - 0.003_092_291_7;
    let q = q * t + 0.022_420_216;
    let q = q * t - 0.104_327_5;
    let q = q * t - 0.636_737_2;
    let q = q * t - 1.127_936_1;
    let large = 1.0 - exp(q * t - 0.000_133_575_52);
    let result = if a < 0.875 { small } else { large };
    f32::from_bits(result.to_bits() | (x.to_bits() & 0x8000_0000))
}

#[cfg(test)]
mod tests {
    /// The greatest error in units of the last place, over every `step`-th bit pattern.
    fn greatest_error(step: usize, approximate: fn(f32) -> f32, exact: fn(f64) -> f64) -> (f64, f32) {
        let mut greatest = (0.0, 0.0);
        for bits in (0..=u32::MAX).step_by(step) {
            let x = f32::from_bits(bits);
            let (found, wanted) = (approximate(x), exact(f64::from(x)));
            #[allow(clippy::cast_possible_truncation)] // rounding to f32 is what is asked for
            let nearest = wanted as f32;
            assert_eq!(found.is_nan(), nearest.is_nan(), "at {x}: {found} instead of {wanted}");
            if found.to_bits() == nearest.to_bits() || found.is_nan() {
                continue;
            }
            let last_place = f64::from(nearest.abs().next_up()) - f64::from(nearest.abs());
            let error = (f64::from(found) - wanted).abs() / last_place;
            assert!(error < 4.0, "at {x:e} ({bits:#x}): {found:e} instead of {wanted:e}");
            if error > greatest.0 {
                greatest = (error, x);
            }
        }
        greatest
    }

    /// Name, function, the exact one, and the greatest error in units of the last place.
    type Function = (&'static str, fn(f32) -> f32, fn(f64) -> f64, f64);

    const FUNCTIONS: [Function; 7] = [
        ("exp", super::exp, libm::exp, 1.5),
        ("exp_m1", super::exp_m1, libm::expm1, 2.0),
        ("ln", super::ln, libm::log, 1.5),
        ("ln_1p", super::ln_1p, libm::log1p, 1.5),
        ("sigmoid", super::sigmoid, |x| 1.0 / (1.0 + libm::exp(-x)), 2.0),
        ("tanh", super::tanh, libm::tanh, 2.0),
        ("erf", super::erf, libm::erf, 2.0),
    ];

    fn check(step: usize) {
        for (name, approximate, exact, most) in FUNCTIONS {
            let (error, at) = greatest_error(step, approximate, exact);
            std::println!("{name}: at most {error:.3} units in the last place, at {at:e}");
            assert!(error <= most, "{name} is {error} units in the last place off at {at:e}");
        }
    }

    #[test]
    fn near_the_exact_values() {
        check(9973);
    }

    /// `cargo test --release -p nn-core --lib every_number -- --ignored --nocapture`
    #[test]
    #[ignore = "takes minutes"]
    fn near_the_exact_values_for_every_number() {
        check(1);
    }

    #[test]
    fn edges() {
        for (_, approximate, exact, _) in FUNCTIONS {
            for x in
                [0.0, -0.0, 1.0, -1.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, 1e-45, -1e-45, -2.0, 88.8, -110.0]
            {
                #[allow(clippy::cast_possible_truncation)] // rounding to f32 is what is asked for
                let (found, wanted) = (approximate(x), exact(f64::from(x)) as f32);
                assert_eq!(found.is_nan(), wanted.is_nan(), "{x}");
                assert!(found.is_nan() || (found - wanted).abs() <= 1e-7 * wanted.abs() || found == wanted, "{x}");
                assert_eq!(found.is_nan() || found.is_sign_negative(), wanted.is_nan() || wanted.is_sign_negative());
            }
        }
    }

    /// These bits are those of every platform.
    #[test]
    fn known_bits() {
        let mut checksum = 0u32;
        for (_, function, _, _) in FUNCTIONS {
            for i in 0..1000 {
                checksum = checksum.rotate_left(5) ^ function((i as f32 - 300.0) * 0.0173).max(-100.0).to_bits();
            }
        }
        assert_eq!(checksum, 3_946_063_208);
    }
}
