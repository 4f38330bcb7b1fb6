//! Elementary functions that give the same bits on every platform.

/// For `f32`: the functions that activations and losses need in every element are polynomials without
/// branches, which the compiler can run on whole vectors; the others come from `libm`.
pub(crate) mod single;

/// For `f64`.
pub(crate) mod double {
    pub(crate) use super::exact::double::{ceil, floor, round, sqrt, trunc};
    pub(crate) use libm::{
        acos, acosh, asin, asinh, atan, atan2, atanh, cos, cosh, erf, exp, exp2, expm1 as exp_m1, fmod, hypot,
        log as ln, log1p as ln_1p, log2, log10, pow as powf, sin, sinh, tan, tanh,
    };

    /// `1 / (1 + exp(-x))`.
    #[inline(always)]
    pub(crate) fn sigmoid(x: f64) -> f64 {
        1.0 / (1.0 + exp(-x))
    }
}

/// Functions that IEEE 754 defines to the last bit. The standard library has them as instructions of the processor, which
/// run on whole vectors; `libm` calls one by one, in a form that makes a processor with AVX wait for hundreds of cycles.
mod exact {
    #[cfg(not(feature = "std"))]
    pub(super) mod single {
        pub(crate) use libm::{ceilf as ceil, floorf as floor, rintf as round, sqrtf as sqrt, truncf as trunc};
    }
    #[cfg(not(feature = "std"))]
    pub(super) mod double {
        pub(crate) use libm::{ceil, floor, rint as round, sqrt, trunc};
    }

    #[cfg(feature = "std")]
    macro_rules! instructions {
        ($module:ident, $type:ident) => {
            pub(super) mod $module {
                instructions! { $type: ceil ceil, floor floor, round round_ties_even, sqrt sqrt, trunc trunc }
            }
        };
        ($type:ident: $($name:ident $function:ident),*) => {$(
            #[inline(always)]
            pub(crate) fn $name(x: $type) -> $type {
                x.$function()
            }
        )*};
    }
    #[cfg(feature = "std")]
    instructions!(single, f32);
    #[cfg(feature = "std")]
    instructions!(double, f64);
}
