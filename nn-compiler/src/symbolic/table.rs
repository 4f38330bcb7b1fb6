//! The scalar functions: one line each, with the derivative by every argument.
//!
//! A derivative is written in the language itself: `x` and `z` are the arguments, `y` is the result.
//! Where a rule uses the result, the planner keeps the result and may drop the argument.

/// A function of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Function(usize);

/// One line of the table.
#[derive(Debug)]
pub struct Row {
    /// Its name in the language and the method of `Scalar` that computes it.
    pub name: &'static str,
    /// The name of that method.
    pub method: &'static str,
    /// The derivative by each argument.
    pub derivatives: &'static [&'static str],
    /// Its value, for the evaluator.
    pub value: fn(&[f64]) -> f64,
    /// Where each argument is tested.
    pub domain: &'static [(f64, f64)],
}

const fn row(
    name: &'static str,
    method: &'static str,
    derivatives: &'static [&'static str],
    value: fn(&[f64]) -> f64,
    domain: &'static [(f64, f64)],
) -> Row {
    Row { name, method, derivatives, value, domain }
}

/// The table. `max`, `min`, `abs` and `sign` make PyTorch's choice where there is no derivative: 0. A value that
/// is not a number passes its derivative on, as it does there.
pub static TABLE: &[Row] = &[
    row("exp", "exp", &["y"], |a| libm::exp(a[0]), &[(-3.0, 3.0)]),
    row("exp_m1", "exp_m1", &["y + 1"], |a| libm::expm1(a[0]), &[(-3.0, 3.0)]),
    row("ln", "ln", &["1 / x"], |a| libm::log(a[0]), &[(0.2, 4.0)]),
    row("ln_1p", "ln_1p", &["1 / (1 + x)"], |a| libm::log1p(a[0]), &[(-0.7, 4.0)]),
    row(
        "softplus",
        "softplus",
        &["1 / (1 + exp(-x))"],
        |a| a[0].max(0.0) + libm::log1p(libm::exp(-a[0].abs())),
        &[(-4.0, 4.0)],
    ),
    row("sqrt", "sqrt", &["0.5 / y"], |a| libm::sqrt(a[0]), &[(0.2, 4.0)]),
    row("powf", "powf", &["z * powf(x, z - 1)", "y * ln(x)"], |a| libm::pow(a[0], a[1]), &[(0.2, 3.0), (-2.0, 2.0)]),
    row("abs", "abs", &["sign(x)"], |a| a[0].abs(), &[(0.1, 3.0)]),
    row("sign", "sign", &["0"], |a| if a[0] == 0.0 { 0.0 } else { a[0].signum() }, &[(0.1, 3.0)]),
    row(
        "max",
        "maximum",
        &["where(y <= z, 0, 1)", "where(y <= x, 0, 1)"],
        |a| if a[0] > a[1] || a[0].is_nan() { a[0] } else { a[1] },
        &[(0.6, 3.0), (-3.0, 0.4)],
    ),
    row(
        "min",
        "minimum",
        &["where(y >= z, 0, 1)", "where(y >= x, 0, 1)"],
        |a| if a[0] < a[1] || a[0].is_nan() { a[0] } else { a[1] },
        &[(0.6, 3.0), (-3.0, 0.4)],
    ),
    row("sin", "sin", &["cos(x)"], |a| libm::sin(a[0]), &[(-3.0, 3.0)]),
    row("cos", "cos", &["-sin(x)"], |a| libm::cos(a[0]), &[(-3.0, 3.0)]),
    row("tanh", "tanh", &["1 - y * y"], |a| libm::tanh(a[0]), &[(-3.0, 3.0)]),
    row("erf", "erf", &["1.1283791670955126 * exp(-x * x)"], |a| libm::erf(a[0]), &[(-2.0, 2.0)]),
    row("floor", "floor", &["0"], |a| libm::floor(a[0]), &[(0.1, 0.9)]),
    row("ceil", "ceil", &["0"], |a| libm::ceil(a[0]), &[(0.1, 0.9)]),
    row("epsilon", "epsilon", &["0"], |_| f64::EPSILON, &[(-3.0, 3.0)]),
    // the value without its derivative
    row("detach", "detach", &["0"], |a| a[0], &[]),
];

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
