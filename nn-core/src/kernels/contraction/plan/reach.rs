//! How many elements of the operands the loops reach. Overflow is an error, never a smaller number.

use crate::kernels::contraction::Loop;

/// A number of elements of each operand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    pub(crate) out: usize,
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) start: usize,
}

impl Reach {
    pub(super) const NOTHING: Reach = Reach { out: 0, left: 0, right: 0, start: 0 };
    pub(super) const ONE: Reach = Reach { out: 1, left: 1, right: 1, start: 1 };

    /// Adds `times` strides of a loop. The lengths of operands are checked against the result.
    pub(super) const fn add(&mut self, l: &Loop, times: usize) {
        self.out = advanced(self.out, l.out, times);
        self.left = advanced(self.left, l.left.unsigned_abs(), times);
        self.right = advanced(self.right, l.right.unsigned_abs(), times);
        self.start = advanced(self.start, l.start, times);
    }
}

/// The most iterations of all loops together.
pub(super) const MOST_RUNS: usize = Loop::SAMPLES / 2 - 1;

pub(super) const TOO_LARGE: &str = "a contraction is too large";

/// `from + step * times`.
pub(super) const fn advanced(from: usize, step: usize, times: usize) -> usize {
    let Some(distance) = step.checked_mul(times) else { panic!("{}", TOO_LARGE) };
    let Some(end) = from.checked_add(distance) else { panic!("{}", TOO_LARGE) };
    end
}

/// The product of two numbers of iterations.
pub(super) const fn runs_of_both(a: usize, b: usize) -> usize {
    let Some(product) = a.checked_mul(b) else { panic!("{}", TOO_LARGE) };
    assert!(product <= MOST_RUNS, "{}", TOO_LARGE);
    product
}
