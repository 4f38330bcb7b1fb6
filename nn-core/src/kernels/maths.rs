//! Elementary functions that give the same bits on every platform.

/// For `f32`.
pub(crate) mod single {
    pub(crate) use libm::{
        cosf as cos, erff as erf, expf as exp, expm1f as exp_m1, floorf as floor, log1pf as ln_1p, logf as ln, powf,
        sinf as sin, sqrtf as sqrt, tanhf as tanh,
    };
}

/// For `f64`.
pub(crate) mod double {
    pub(crate) use libm::{
        cos, erf, exp, expm1 as exp_m1, floor, log as ln, log1p as ln_1p, pow as powf, sin, sqrt, tanh,
    };
}
