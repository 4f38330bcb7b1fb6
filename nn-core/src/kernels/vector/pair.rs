//! Two vectors as one: all lanes of a sum at once, where there are registers for both parts.

use super::{Vector, Work};

/// The lanes of one vector, and then those of another.
#[derive(Clone, Copy)]
pub(in crate::kernels) struct Pair<V>(V, V);

impl<V: Vector> Vector for Pair<V> {
    type Scalar = V::Scalar;
    type Mask = (V::Mask, V::Mask);
    type Four = V::Four;
    const LANES: usize = 2 * V::LANES;
    const PARTS: usize = 1;
    const REGISTERS: usize = V::REGISTERS / 2;

    #[inline(always)]
    unsafe fn call<W: Work>(work: &W) {
        // SAFETY: the contract of the trait.
        unsafe { V::call(work) }
    }
    #[inline(always)]
    unsafe fn zero() -> Self {
        // SAFETY: the contract of the trait.
        unsafe { Pair(V::zero(), V::zero()) }
    }
    #[inline(always)]
    unsafe fn splat(from: *const V::Scalar) -> Self {
        // SAFETY: the contract of the trait.
        unsafe { Pair(V::splat(from), V::splat(from)) }
    }
    #[inline(always)]
    unsafe fn load(from: *const V::Scalar) -> Self {
        // SAFETY: the contract of the trait.
        unsafe { Pair(V::load(from), V::load(from.add(V::LANES))) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut V::Scalar) {
        // SAFETY: the contract of the trait.
        unsafe {
            self.0.store(to);
            self.1.store(to.add(V::LANES));
        }
    }
    #[inline(always)]
    unsafe fn mask(count: usize) -> Self::Mask {
        // SAFETY: the contract of the trait.
        unsafe { (V::mask(count.min(V::LANES)), V::mask(count.saturating_sub(V::LANES))) }
    }
    #[inline(always)]
    unsafe fn load_masked(from: *const V::Scalar, mask: Self::Mask) -> Self {
        // SAFETY: the contract of the trait. Where the mask selects none, nothing is read.
        unsafe { Pair(V::load_masked(from, mask.0), V::load_masked(from.wrapping_add(V::LANES), mask.1)) }
    }
    #[inline(always)]
    unsafe fn store_masked(self, to: *mut V::Scalar, mask: Self::Mask) {
        // SAFETY: the contract of the trait. Where the mask selects none, nothing is written.
        unsafe {
            self.0.store_masked(to, mask.0);
            self.1.store_masked(to.wrapping_add(V::LANES), mask.1);
        }
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: the contract of the trait.
        unsafe { Pair(self.0.add(other.0), self.1.add(other.1)) }
    }
    #[inline(always)]
    unsafe fn multiply_add(self, left: Self, right: Self) -> Self {
        // SAFETY: the contract of the trait.
        unsafe { Pair(self.0.multiply_add(left.0, right.0), self.1.multiply_add(left.1, right.1)) }
    }
    #[inline(always)]
    unsafe fn sums([a, b, c, d]: [Self; 4]) -> V::Four {
        // SAFETY: the contract of the trait.
        unsafe { V::sums([a.0.add(a.1), b.0.add(b.1), c.0.add(c.1), d.0.add(d.1)]) }
    }
    #[inline(always)]
    unsafe fn to_array(four: V::Four) -> [V::Scalar; 4] {
        // SAFETY: the contract of the trait.
        unsafe { V::to_array(four) }
    }
    #[inline(always)]
    unsafe fn add_four(four: V::Four, start: *const V::Scalar, out: *mut V::Scalar) {
        // SAFETY: the contract of the trait.
        unsafe { V::add_four(four, start, out) }
    }
}
