//! Elementary functions that give the same bits on every platform.

/// For `f32`: the functions that activations and losses need in every element are polynomials without
/// branches, which the compiler can run on whole vectors; the others come from `libm`.
pub(crate) mod single;

/// For `f64`.
pub(crate) mod double {
    pub(crate) use libm::{
        ceil, cos, erf, exp, expm1 as exp_m1, floor, log as ln, log1p as ln_1p, pow as powf, sin, sqrt, tanh,
    };
}
