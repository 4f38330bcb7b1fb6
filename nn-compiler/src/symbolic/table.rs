//! The scalar functions: one line each, with the derivative by every argument.
//!
//! A derivative is a function of the call: `x` and `z` are the arguments, `y` is the result. Where a rule uses the
//! result, the result is kept and the argument need not live on.

use std::f64::consts::{FRAC_2_SQRT_PI, LN_2, LN_10};

use super::ids::Function;
use super::relation::Relation::{self, Equal, GreaterEqual, LessEqual};
use super::rule::{Call, Rule, Scalar};

/// One line of the table.
#[derive(Debug)]
pub struct Row {
    /// Its name in the language.
    pub name: &'static str,
    /// The method of `nn_core::Scalar` that computes it.
    pub method: &'static str,
    /// The derivative by each argument.
    pub derivatives: &'static [Rule],
    /// Its value, for the evaluator.
    pub value: fn(&[f64]) -> f64,
    /// The range in which each argument is tested.
    pub domain: &'static [(f64, f64)],
}

const fn row(
    name: &'static str,
    method: &'static str,
    derivatives: &'static [Rule],
    value: fn(&[f64]) -> f64,
    domain: &'static [(f64, f64)],
) -> Row {
    Row { name, method, derivatives, value, domain }
}

/// The table. Where a function has no derivative, the rule follows PyTorch: 0 for `abs`, `sign` and for a maximum or
/// minimum with a constant, as in ReLU; half for each of two equal values. A NaN passes its derivative on, as in
/// PyTorch.
pub static TABLE: &[Row] = &[
    row("exp", "exp", &[|f| f.y], |a| libm::exp(a[0]), &[(-3.0, 3.0)]),
    // not the result plus 1, which is 0 far below 0: ELU has the derivative exp(x) in PyTorch
    row("exp_m1", "exp_m1", &[|f| f.x.apply("exp", &[])], |a| libm::expm1(a[0]), &[(-3.0, 3.0)]),
    row("exp2", "exp2", &[|f| LN_2 * f.y], |a| libm::exp2(a[0]), &[(-3.0, 3.0)]),
    row("ln", "ln", &[|f| 1.0 / f.x], |a| libm::log(a[0]), &[(0.2, 4.0)]),
    row("ln_1p", "ln_1p", &[|f| 1.0 / (1.0 + f.x)], |a| libm::log1p(a[0]), &[(-0.7, 4.0)]),
    row("log2", "log2", &[|f| 1.0 / (LN_2 * f.x)], |a| libm::log2(a[0]), &[(0.2, 4.0)]),
    row("log10", "log10", &[|f| 1.0 / (LN_10 * f.x)], |a| libm::log10(a[0]), &[(0.2, 4.0)]),
    row("sqrt", "sqrt", &[|f| 0.5 / f.y], |a| libm::sqrt(a[0]), &[(0.2, 4.0)]),
    row("powf", "powf", &[power_by_base, power_by_exponent], |a| libm::pow(a[0], a[1]), &[(0.2, 3.0), (-2.0, 2.0)]),
    row("hypot", "hypot", &[|f| f.x / f.y, |f| f.z / f.y], |a| libm::hypot(a[0], a[1]), &[(0.2, 3.0), (-2.0, 2.0)]),
    row("abs", "abs", &[|f| f.x.apply("sign", &[])], |a| a[0].abs(), &[(0.1, 3.0)]),
    row("sign", "sign", &[nothing], |a| if a[0] == 0.0 { 0.0 } else { a[0].signum() }, &[(0.1, 3.0)]),
    row(
        "max",
        "maximum",
        &[|f| share(LessEqual, f, f.x, f.z), |f| share(LessEqual, f, f.z, f.x)],
        |a| if a[0] > a[1] || a[0].is_nan() { a[0] } else { a[1] },
        &[(0.6, 3.0), (-3.0, 0.4)],
    ),
    row(
        "min",
        "minimum",
        &[|f| share(GreaterEqual, f, f.x, f.z), |f| share(GreaterEqual, f, f.z, f.x)],
        |a| if a[0] < a[1] || a[0].is_nan() { a[0] } else { a[1] },
        &[(0.6, 3.0), (-3.0, 0.4)],
    ),
    row("sin", "sin", &[|f| f.x.apply("cos", &[])], |a| libm::sin(a[0]), &[(-3.0, 3.0)]),
    row("cos", "cos", &[|f| -f.x.apply("sin", &[])], |a| libm::cos(a[0]), &[(-3.0, 3.0)]),
    row("tan", "tan", &[|f| 1.0 + f.y * f.y], |a| libm::tan(a[0]), &[(-1.2, 1.2)]),
    row("asin", "asin", &[|f| 1.0 / root(1.0 - f.x * f.x)], |a| libm::asin(a[0]), &[(-0.9, 0.9)]),
    row("acos", "acos", &[|f| -1.0 / root(1.0 - f.x * f.x)], |a| libm::acos(a[0]), &[(-0.9, 0.9)]),
    row("atan", "atan", &[|f| 1.0 / (1.0 + f.x * f.x)], |a| libm::atan(a[0]), &[(-3.0, 3.0)]),
    row(
        "atan2",
        "atan2",
        &[|f| f.z / (f.x * f.x + f.z * f.z), |f| -f.x / (f.x * f.x + f.z * f.z)],
        |a| libm::atan2(a[0], a[1]),
        &[(0.2, 3.0), (-2.0, 2.0)],
    ),
    row("sinh", "sinh", &[|f| f.x.apply("cosh", &[])], |a| libm::sinh(a[0]), &[(-3.0, 3.0)]),
    row("cosh", "cosh", &[|f| f.x.apply("sinh", &[])], |a| libm::cosh(a[0]), &[(-3.0, 3.0)]),
    row("tanh", "tanh", &[|f| 1.0 - f.y * f.y], |a| libm::tanh(a[0]), &[(-3.0, 3.0)]),
    row("asinh", "asinh", &[|f| 1.0 / root(f.x * f.x + 1.0)], |a| libm::asinh(a[0]), &[(-3.0, 3.0)]),
    row("acosh", "acosh", &[|f| 1.0 / root(f.x * f.x - 1.0)], |a| libm::acosh(a[0]), &[(1.2, 4.0)]),
    row("atanh", "atanh", &[|f| 1.0 / (1.0 - f.x * f.x)], |a| libm::atanh(a[0]), &[(-0.9, 0.9)]),
    row("erf", "erf", &[|f| FRAC_2_SQRT_PI * (-f.x * f.x).apply("exp", &[])], |a| libm::erf(a[0]), &[(-2.0, 2.0)]),
    row("sigmoid", "sigmoid", &[|f| f.y * (1.0 - f.y)], |a| 1.0 / (1.0 + libm::exp(-a[0])), &[(-3.0, 3.0)]),
    // ln(1 + exp(x)), which overflows nowhere
    row(
        "softplus",
        "softplus",
        &[|f| f.x.apply("sigmoid", &[])],
        |a| a[0].max(0.0) + libm::log1p(libm::exp(-a[0].abs())),
        &[(-3.0, 3.0)],
    ),
    row("floor", "floor", &[nothing], |a| libm::floor(a[0]), &[(0.1, 0.9)]),
    row("ceil", "ceil", &[nothing], |a| libm::ceil(a[0]), &[(0.1, 0.9)]),
    row("trunc", "trunc", &[nothing], |a| libm::trunc(a[0]), &[(0.1, 0.9)]),
    // halves go to the even number
    row("round", "round", &[nothing], |a| libm::rint(a[0]), &[(0.6, 1.4)]),
    row(
        "fmod",
        "fmod",
        &[|f| f.x.number(1.0), |f| -(f.x / f.z).apply("trunc", &[])],
        |a| libm::fmod(a[0], a[1]),
        &[(2.2, 2.8), (0.95, 1.05)],
    ),
    row("epsilon", "epsilon", &[nothing], |_| f64::EPSILON, &[(-3.0, 3.0)]),
    // the value as a constant, without a derivative
    row("detach", "detach", &[nothing], |a| a[0], &[]),
];

fn nothing(f: Call<'_>) -> Scalar<'_> {
    f.x.number(0.0)
}

fn root(of: Scalar<'_>) -> Scalar<'_> {
    of.apply("sqrt", &[])
}

/// The derivative of a maximum (`LessEqual`) or minimum (`GreaterEqual`) by one of its arguments.
fn share<'p>(loses: Relation, f: Call<'p>, own: Scalar<'p>, other: Scalar<'p>) -> Scalar<'p> {
    let [zero, half, one] = [0.0, 0.5, 1.0].map(|share| own.number(share));
    let alone = f.y.choose(loses, other, [zero, one]);
    if other.is_constant() { alone } else { own.choose(Equal, other, [half, alone]) }
}

/// A power of 0 does not depend on the base.
fn power_by_base(f: Call<'_>) -> Scalar<'_> {
    let slope = f.z * f.x.apply("powf", &[f.z - 1.0]);
    f.z.choose(Equal, f.z.number(0.0), [f.z.number(0.0), slope])
}

/// A base of 0 stays 0 for every exponent above.
fn power_by_exponent(f: Call<'_>) -> Scalar<'_> {
    let zero = f.x.number(0.0);
    let slope = f.y * f.x.apply("ln", &[]);
    f.x.choose(Equal, zero, [f.z.choose(GreaterEqual, zero, [zero, slope]), slope])
}

impl Function {
    /// The function of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().position(|row| row.name == name).map(Function)
    }

    /// Its line.
    #[must_use]
    pub fn row(self) -> &'static Row {
        &TABLE[self.0]
    }
}

/// All names, for suggestions.
pub fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|row| row.name)
}
