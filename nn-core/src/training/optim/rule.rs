//! Optimisers as formulas of one parameter, its slots and its gradient. The loop around the formula is the same for
//! all.

use super::Step;
use crate::tensors::Scalar;
use crate::tensors::loops::{CompiledHere, Loop, Real, run};

/// The formula of an optimiser with `W - 1` slots. Its fields are the settings of one step.
///
/// Loops over it are compiled by `compile_here!(Rule, W, 1)`.
pub(crate) trait Rule<const W: usize> {
    /// The settings as numbers of the type of the loop. Mixed with `f64`, vectors of `f32` would be half full.
    type Settings<T: Real>: Copy;

    /// Converts the settings, once for all elements.
    fn settings<T: Real>(&self) -> Self::Settings<T>;

    /// The parameter and its slots after the step, from the values before it.
    ///
    /// Must be `#[inline(always)]`, so that it is compiled for the caller's instruction set.
    fn element<T: Real>(settings: Self::Settings<T>, values: [T; W], gradient: T) -> [T; W];
}

/// The loop for a number of slices. Each slice has a name of its own: in an array of slices the compiler would not see
/// that they do not overlap, and would not vectorise.
macro_rules! rule_loop {
    ($count:literal: $first:ident $($slot:ident)*) => {
        impl<R: Rule<$count>> Loop<$count, 1> for R {
            type Output = ();
            #[inline(always)]
            fn run<T: Real>(&self, [$first, $($slot),*]: [&mut [T]; $count], [gradient]: [&[T]; 1]) {
                let settings = self.settings::<T>();
                let elements = $first.iter_mut().zip(gradient);
                $(let elements = elements.zip($slot);)*
                for rule_loop!(@pattern ($first, gradient) $($slot)*) in elements {
                    [*$first, $(*$slot),*] = R::element(settings, [*$first, $(*$slot),*], *gradient);
                }
            }
        }
    };
    (@pattern ($($inner:tt)*) $slot:ident $($rest:ident)*) => { rule_loop!(@pattern (($($inner)*), $slot) $($rest)*) };
    (@pattern ($($inner:tt)*)) => { ($($inner)*) };
}

rule_loop!(1: w);
rule_loop!(2: w a);
rule_loop!(3: w a b);
rule_loop!(4: w a b c);

/// Applies a rule to all parameters of a step.
pub(crate) fn apply<T: Scalar, R, const W: usize>(rule: &R, step: Step<'_, T>)
where
    R: Rule<W> + CompiledHere<W, 1, Output = ()>,
{
    let Step { mut params, gradient, mut slots, .. } = step;
    let write = core::array::from_fn(|slice| if slice == 0 { core::mem::take(&mut params) } else { slots.next() });
    run(rule, write, [gradient]);
}

/// The gradient with weight decay. A weight decay of 0 adds nothing, since 0 times an infinite weight is NaN.
#[inline(always)]
pub(crate) fn decayed<T: Real>(weight_decay: T, w: T, g: T) -> T {
    if weight_decay == T::ZERO { g } else { g + weight_decay * w }
}

/// A running mean: the part that each step keeps, and the part that a new value has.
#[derive(Clone, Copy)]
pub(crate) struct Running<T> {
    keep: T,
    fresh: T,
}

impl<T: Real> Running<T> {
    #[inline(always)]
    pub(crate) fn new(keep: f64) -> Self {
        Running { keep: T::from_f64(keep), fresh: T::from_f64(1.0 - keep) }
    }

    /// The mean after a new value.
    #[inline(always)]
    pub(crate) fn mean(self, mean: T, new: T) -> T {
        mean + self.fresh * (new - mean)
    }

    /// The mean of squares after a new value.
    #[inline(always)]
    pub(crate) fn mean_square(self, mean: T, new: T) -> T {
        self.keep * mean + self.fresh * new * new
    }
}

/// `1 - beta^number`: the factor by which a running mean that began with 0 is too small.
#[allow(clippy::cast_precision_loss)] // steps are far fewer than 2^53
pub(crate) fn bias_correction(beta: f64, number: u64) -> f64 {
    1.0 - libm::pow(beta, number as f64)
}
