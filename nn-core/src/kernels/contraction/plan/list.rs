//! Lists of loops for `const fn`.

use super::reach::runs_of_both;
use crate::kernels::contraction::Loop;
use crate::kernels::contraction::loops::MAX_LOOPS;

/// A list of loops for `const fn`, outermost first.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) loops: [Loop; MAX_LOOPS],
    pub(super) count: usize,
}

impl List {
    pub(super) const EMPTY: List = List { loops: [Loop::ONCE; MAX_LOOPS], count: 0 };

    pub(super) const fn push(&mut self, l: Loop) {
        self.loops[self.count] = l;
        self.count += 1;
    }

    pub(super) const fn remove(&mut self, index: usize) -> Loop {
        let removed = self.loops[index];
        self.count -= 1;
        let mut i = index;
        while i < self.count {
            self.loops[i] = self.loops[i + 1];
            i += 1;
        }
        removed
    }

    /// Sorts by [`weight`], the greatest first. Of equal weights the greatest trip count comes last.
    pub(super) const fn sort(&mut self) {
        let mut end = self.count;
        while end > 1 {
            let mut i = 1;
            while i < end {
                let (a, b) = (self.loops[i - 1], self.loops[i]);
                if weight(&b) > weight(&a) || (weight(&b) == weight(&a) && b.extent < a.extent) {
                    self.loops[i - 1] = b;
                    self.loops[i] = a;
                }
                i += 1;
            }
            end -= 1;
        }
    }

    /// Merges adjacent loops that together step through all operands as one loop would.
    pub(super) const fn merge(&mut self) {
        let mut i = 1;
        while i < self.count {
            let (a, b) = (self.loops[i - 1], self.loops[i]);
            if follows(&a, &b) {
                self.loops[i].extent = runs_of_both(a.extent, b.extent);
                self.remove(i - 1);
            } else {
                i += 1;
            }
        }
    }

    /// The number of iterations of all loops together.
    pub(super) const fn runs(&self, samples: usize) -> usize {
        let mut product = 1usize;
        let mut i = 0;
        while i < self.count {
            product = product.saturating_mul(times(&self.loops[i], samples));
            i += 1;
        }
        product
    }

    pub(super) const fn has_samples(&self) -> bool {
        let mut i = 0;
        while i < self.count {
            if self.loops[i].extent == Loop::SAMPLES {
                return true;
            }
            i += 1;
        }
        false
    }
}

/// Whether each iteration of `outer` goes on where `inner` ends, in all operands.
pub(super) const fn follows(outer: &Loop, inner: &Loop) -> bool {
    let n = inner.extent;
    n != Loop::SAMPLES
        && outer.extent != Loop::SAMPLES
        && is_product(outer.out.cast_signed(), inner.out.cast_signed(), n)
        && is_product(outer.left, inner.left, n)
        && is_product(outer.right, inner.right, n)
        && is_product(outer.start.cast_signed(), inner.start.cast_signed(), n)
}

/// Whether `step * times` is `whole`. It is not where the product is too large for a stride.
const fn is_product(whole: isize, step: isize, times: usize) -> bool {
    matches!(step.checked_mul(times.cast_signed()), Some(product) if times.cast_signed() >= 0 && product == whole)
}

/// The trip count of a loop.
pub(super) const fn times(l: &Loop, samples: usize) -> usize {
    if l.extent == Loop::SAMPLES { samples } else { l.extent }
}

/// The order of loops, outermost first: output loops by their stride in the result, loops of the sums by their greater
/// stride. A sum over the samples is outermost, so that it can go on in the next tile.
pub(super) const fn weight(l: &Loop) -> usize {
    if l.out != 0 {
        l.out
    } else if l.extent == Loop::SAMPLES {
        usize::MAX
    } else if l.left.unsigned_abs() > l.right.unsigned_abs() {
        l.left.unsigned_abs()
    } else {
        l.right.unsigned_abs()
    }
}

pub(super) const fn swapped(l: Loop) -> Loop {
    Loop { left: l.right, right: l.left, ..l }
}

pub(super) const fn swap_factors(list: &mut List) {
    let mut i = 0;
    while i < list.count {
        list.loops[i] = swapped(list.loops[i]);
        i += 1;
    }
}
