//! The operands as the kernels see them.

use super::plan::DOT_CUT;
use super::walk::{Offsets, StartSteps};
use super::{Contraction, Operands, Start};
use crate::kernels::vector::MOST_LANES;

/// The operands as pointers. They have been checked to be long enough.
#[derive(Clone, Copy)]
pub(super) struct Pointers<T> {
    pub(super) left: *const T,
    pub(super) right: *const T,
    pub(super) start: *const T,
    pub(super) start_steps: StartSteps,
    pub(super) out: *mut T,
    /// The bounds of the results.
    pub(super) bounds: Option<[T; 2]>,
}

impl<T: Copy> Pointers<T> {
    #[inline(always)]
    pub(super) fn moved(&self, by: Offsets) -> Self {
        Pointers {
            left: self.left.wrapping_offset(by.left),
            right: self.right.wrapping_offset(by.right),
            start: self.start.wrapping_add(by.start),
            out: self.out.wrapping_add(by.out),
            ..*self
        }
    }
}

/// Operands that are the same for all contractions.
pub(super) trait Constants: Sized + 'static {
    /// The number that is nearest to another one.
    fn of(number: f64) -> Self;
    /// Zeros as initial values: enough for any vector, and for any row of a register tile.
    const ZEROS: &'static [Self; MOST_LANES];
    /// Ones as a factor: enough for the lanes that a dot kernel adds up at once, with the last vector.
    const ONES: &'static [Self; DOT_CUT + MOST_LANES];
}
impl Constants for f32 {
    #[allow(clippy::cast_possible_truncation)] // it is rounded
    fn of(number: f64) -> f32 {
        number as f32
    }
    const ZEROS: &'static [f32; MOST_LANES] = &[0.0; MOST_LANES];
    const ONES: &'static [f32; DOT_CUT + MOST_LANES] = &[1.0; DOT_CUT + MOST_LANES];
}
impl Constants for f64 {
    fn of(number: f64) -> f64 {
        number
    }
    const ZEROS: &'static [f64; MOST_LANES] = &[0.0; MOST_LANES];
    const ONES: &'static [f64; DOT_CUT + MOST_LANES] = &[1.0; DOT_CUT + MOST_LANES];
}

/// Checks the operands. Gives them as pointers, or `None` if there is nothing to compute.
///
/// # Panics
/// As [`Contraction::check`].
#[inline(always)]
pub(super) fn pointers<T: Constants>(plan: &Contraction, operands: Operands<'_, T>) -> Option<Pointers<T>> {
    if !plan.check(&operands) {
        return None;
    }
    let Operands { left, right, start, out, .. } = operands;
    let left = left.as_ptr().wrapping_add(plan.first.left);
    let right = if plan.ones { T::ONES.as_ptr() } else { right.as_ptr().wrapping_add(plan.first.right) };
    let (left, right) = if plan.swapped { (right, left) } else { (left, right) };
    let out = out.as_mut_ptr();
    let (start, start_steps) = match start {
        Start::Zero => (T::ZEROS.as_ptr(), StartSteps::None),
        Start::Out => (out.cast_const(), StartSteps::Out),
        Start::From(start) => (start.as_ptr(), StartSteps::Own),
    };
    let bounds = plan.bounds.map(|bounds| bounds.map(T::of));
    Some(Pointers { left, right, start, start_steps, out, bounds })
}
