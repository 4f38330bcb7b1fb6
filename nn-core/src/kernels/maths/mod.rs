//! Elementary functions that give the same bits on every platform.

/// For `f32`: the functions that activations and losses need in every element are polynomials without
/// branches, which the compiler can run on whole vectors; the others come from `libm`.
pub(crate) mod single;

/// For `f64`.
pub(crate) mod double {
    pub(crate) use libm::{
        acos, acosh, asin, asinh, atan, atan2, atanh, ceil, cos, cosh, erf, exp, exp2, expm1 as exp_m1, floor, fmod,
        hypot, log as ln, log1p as ln_1p, log2, log10, pow as powf, rint as round, sin, sinh, sqrt, tan, tanh, trunc,
    };
}
