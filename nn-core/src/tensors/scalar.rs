//! The numbers a network computes with.

use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use super::Element;
use crate::kernels::contraction::{self, Contraction, Operands};
use crate::kernels::maths;

/// A real number: `f32` or `f64`.
///
/// ```
/// use nn_core::Scalar;
/// fn half<T: Scalar>(x: T) -> T { x * T::from_f64(0.5) }
/// assert_eq!(half(3.0f32), 1.5);
/// ```
pub trait Scalar:
    Element
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
{
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// The name of the type: `f32` or `f64`.
    const NAME: &'static str;

    /// The nearest value of this type.
    fn from_f64(value: f64) -> Self;
    /// The nearest value to a whole number.
    fn from_usize(value: usize) -> Self;
    /// The value as `f64`, exact.
    fn to_f64(self) -> f64;
    /// Whether the value is neither infinite nor NaN.
    fn is_finite(self) -> bool;
    /// Whether the value is NaN.
    fn is_nan(self) -> bool;

    /// e to the power of the value.
    fn exp(self) -> Self;
    /// `exp(x) - 1`, accurate near zero.
    fn exp_m1(self) -> Self;
    /// The natural logarithm.
    fn ln(self) -> Self;
    /// `ln(1 + x)`, accurate near zero.
    fn ln_1p(self) -> Self;
    /// The square root.
    fn sqrt(self) -> Self;
    /// The value to a real power.
    fn powf(self, exponent: Self) -> Self;
    /// The absolute value.
    fn abs(self) -> Self;
    /// -1, 0 or 1: 0 at zero, as in PyTorch. NaN stays NaN.
    fn sign(self) -> Self;
    /// The greater of two values; NaN if either is NaN.
    fn maximum(self, other: Self) -> Self;
    /// The lesser of two values; NaN if either is NaN.
    fn minimum(self, other: Self) -> Self;
    /// The sine.
    fn sin(self) -> Self;
    /// The cosine.
    fn cos(self) -> Self;
    /// The tangent.
    fn tan(self) -> Self;
    /// The arcsine in -π/2..π/2; NaN outside of -1..1.
    fn asin(self) -> Self;
    /// The arccosine in 0..π; NaN outside of -1..1.
    fn acos(self) -> Self;
    /// The arctangent in -π/2..π/2.
    fn atan(self) -> Self;
    /// The angle of the point `(x, self)` in -π..π.
    fn atan2(self, x: Self) -> Self;
    /// The hyperbolic sine.
    fn sinh(self) -> Self;
    /// The hyperbolic cosine.
    fn cosh(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// The inverse hyperbolic sine.
    fn asinh(self) -> Self;
    /// The inverse hyperbolic cosine; NaN below 1.
    fn acosh(self) -> Self;
    /// The inverse hyperbolic tangent; NaN outside of -1..1.
    fn atanh(self) -> Self;
    /// The error function.
    fn erf(self) -> Self;
    /// 2 to the power of the value.
    fn exp2(self) -> Self;
    /// The logarithm to base 2.
    fn log2(self) -> Self;
    /// The logarithm to base 10.
    fn log10(self) -> Self;
    /// `sqrt(x² + y²)`, without overflow in between.
    fn hypot(self, y: Self) -> Self;
    /// The remainder of a division that is rounded towards zero. It has the sign of the dividend, as C's `fmod`.
    fn fmod(self, divisor: Self) -> Self;
    /// The greatest whole number that is not above the value.
    fn floor(self) -> Self;
    /// The least whole number that is not below the value.
    fn ceil(self) -> Self;
    /// The nearest whole number, the even one where two are equally near (as PyTorch rounds; Rust's `f32::round`
    /// goes away from zero there).
    fn round(self) -> Self;
    /// The value without its fraction: rounded towards zero.
    fn trunc(self) -> Self;
    /// `1 / (1 + exp(-x))`.
    fn sigmoid(self) -> Self;
    /// `ln(1 + exp(x))`, without overflow: `max(x, 0) + ln_1p(exp(-|x|))`.
    #[inline(always)]
    fn softplus(self) -> Self {
        self.maximum(Self::ZERO) + (-self.abs()).exp().ln_1p()
    }

    /// The gap between 1 and the next greater number of this type.
    fn epsilon(self) -> Self;

    /// A whole number of 24 bits divided by 2²⁴, which is exact.
    #[doc(hidden)]
    fn unit(bits: u32) -> Self;

    /// Of constants in both precisions, those of this type.
    #[doc(hidden)]
    fn constants(single: &'static [f32], double: &'static [f64]) -> &'static [Self];
    /// Runs a contraction. What it calls is not generic, so that it is compiled once, here.
    #[doc(hidden)]
    fn contract(plan: &Contraction, operands: Operands<'_, Self>);
    /// Runs a small contraction, inlined.
    #[doc(hidden)]
    fn contract_small(plan: &Contraction, operands: Operands<'_, Self>);
}

impl Contraction {
    /// Runs the contraction.
    ///
    /// # Panics
    /// If an operand is shorter than its loops reach, or the contraction is a scatter without
    /// [`Start::Out`](crate::kernels::contraction::Start::Out).
    #[inline(always)]
    pub fn run<T: Scalar>(&self, operands: Operands<'_, T>) {
        if self.is_tiny() {
            self.run_tiny(operands);
        } else {
            T::contract(self, operands);
        }
    }
}

/// Methods that call the function of the same name in a module of [`maths`].
macro_rules! elementary {
    ($maths:path: $($function:ident($($other:ident)?))+) => {$(
        #[inline(always)]
        fn $function(self $(, $other: Self)?) -> Self {
            use $maths as maths;
            maths::$function(self $(, $other)?)
        }
    )+};
}

macro_rules! scalar {
    ($type:ident, $name:literal, $maths:path, $contract:path, $contract_small:path, $constants:tt) => {
        impl Scalar for $type {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const NAME: &'static str = $name;

            #[inline(always)]
            #[allow(clippy::cast_possible_truncation)] // rounding to f32 is what is asked for
            fn from_f64(value: f64) -> Self {
                value as $type
            }
            #[inline(always)]
            #[allow(clippy::cast_precision_loss)] // rounding is what is asked for
            fn from_usize(value: usize) -> Self {
                value as $type
            }
            #[inline(always)]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }
            #[inline(always)]
            fn is_finite(self) -> bool {
                $type::is_finite(self)
            }
            #[inline(always)]
            fn is_nan(self) -> bool {
                $type::is_nan(self)
            }
            elementary! {
                $maths:
                exp() exp_m1() exp2() ln() ln_1p() log2() log10() sqrt() powf(exponent) hypot(y) erf()
                sin() cos() tan() asin() acos() atan() atan2(x) sinh() cosh() tanh() asinh() acosh() atanh() sigmoid()
                floor() ceil() round() trunc() fmod(divisor)
            }
            #[inline(always)]
            fn abs(self) -> Self {
                $type::from_bits(self.to_bits() << 1 >> 1)
            }
            #[inline(always)]
            fn sign(self) -> Self {
                if self > 0.0 {
                    1.0
                } else if self < 0.0 {
                    -1.0
                } else {
                    self * 0.0
                }
            }
            #[inline(always)]
            fn maximum(self, other: Self) -> Self {
                if self > other || self.is_nan() { self } else { other }
            }
            #[inline(always)]
            fn minimum(self, other: Self) -> Self {
                if self < other || self.is_nan() { self } else { other }
            }
            #[inline(always)]
            fn epsilon(self) -> Self {
                $type::EPSILON
            }
            #[inline(always)]
            #[allow(clippy::cast_precision_loss)] // 24 bits are exact
            fn unit(bits: u32) -> Self {
                // processors convert numbers with a sign to vectors at once
                bits.cast_signed() as $type * (1.0 / 16_777_216.0)
            }
            #[inline(always)]
            fn constants(single: &'static [f32], double: &'static [f64]) -> &'static [Self] {
                let numbers: (&'static [f32], &'static [f64]) = (single, double);
                numbers.$constants
            }
            fn contract(plan: &Contraction, operands: Operands<'_, Self>) {
                $contract(plan, operands);
            }
            #[inline(always)]
            fn contract_small(plan: &Contraction, operands: Operands<'_, Self>) {
                $contract_small(plan, operands);
            }
        }
    };
}

scalar!(f32, "f32", maths::single, contraction::run_f32, contraction::run_small_f32, 0);
scalar!(f64, "f64", maths::double, contraction::run_f64, contraction::run_small_f64, 1);
