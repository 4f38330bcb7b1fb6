//! Arrays as vectors: the same bits on every platform. The compiler maps them to the registers that the target has.
//!
//! [`Single`] and [`Double`] have as many lanes as the registers of every processor, and their products are rounded.
//! [`FusedSingle`] and [`FusedDouble`] add in the order of the instruction sets with fused multiply-add: for tests.

use super::{Vector, Work};
use crate::kernels::number::clamped;

macro_rules! array {
    (
        $name:ident, $type:ty, $lanes:literal, $registers:literal,
        |$lane:pat_param| $total:expr, |$sum:ident, $left:ident, $right:ident| $multiply_add:expr
    ) => {
        /// An array of lanes.
        #[derive(Clone, Copy)]
        pub(in crate::kernels) struct $name([$type; $lanes]);

        impl Vector for $name {
            type Scalar = $type;
            type Mask = usize;
            type Pairs = usize;
            type Four = [$type; 4];
            const LANES: usize = $lanes;
            const PARTS: usize = 1;
            const REGISTERS: usize = $registers;

            #[inline(never)]
            unsafe fn call<W: Work>(work: &W) {
                // SAFETY: the contract of the trait.
                unsafe { work.run() }
            }
            #[inline(always)]
            unsafe fn zero() -> Self {
                $name([0.0; $lanes])
            }
            #[inline(always)]
            unsafe fn splat(from: *const $type) -> Self {
                // SAFETY: the contract of the trait.
                $name([unsafe { *from }; $lanes])
            }
            #[inline(always)]
            unsafe fn load(from: *const $type) -> Self {
                // SAFETY: the contract of the trait; an array is aligned like its elements.
                $name(unsafe { *from.cast() })
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut $type) {
                // SAFETY: the contract of the trait; an array is aligned like its elements.
                unsafe { *to.cast() = self.0 }
            }
            #[inline(always)]
            unsafe fn mask(count: usize) -> usize {
                count
            }
            #[inline(always)]
            unsafe fn load_masked(from: *const $type, mask: usize) -> Self {
                let mut lanes = [0.0; $lanes];
                for (i, lane) in lanes.iter_mut().enumerate() {
                    if i < mask {
                        // SAFETY: the contract of the trait.
                        *lane = unsafe { *from.add(i) };
                    }
                }
                $name(lanes)
            }
            #[inline(always)]
            unsafe fn store_masked(self, to: *mut $type, mask: usize) {
                for (i, lane) in self.0.into_iter().enumerate() {
                    if i < mask {
                        // SAFETY: the contract of the trait.
                        unsafe { *to.add(i) = lane };
                    }
                }
            }
            #[inline(always)]
            unsafe fn pairs(count: usize) -> usize {
                count
            }
            #[inline(always)]
            unsafe fn load_every_second(from: *const $type, count: usize) -> Self {
                // SAFETY: the contract of the trait.
                unsafe { Self::gather(from, 2, count) }
            }
            #[inline(always)]
            unsafe fn add(mut self, other: Self) -> Self {
                for i in 0..$lanes {
                    self.0[i] += other.0[i];
                }
                self
            }
            #[inline(always)]
            unsafe fn multiply_add(mut self, left: Self, right: Self) -> Self {
                for i in 0..$lanes {
                    let ($sum, $left, $right) = (self.0[i], left.0[i], right.0[i]);
                    self.0[i] = $multiply_add;
                }
                self
            }
            #[inline(always)]
            unsafe fn clamp(mut self, least: Self, greatest: Self) -> Self {
                for (x, (least, greatest)) in self.0.iter_mut().zip(least.0.into_iter().zip(greatest.0)) {
                    *x = clamped(*x, [least, greatest]);
                }
                self
            }
            #[inline(always)]
            unsafe fn sums([a, b, c, d]: [Self; 4]) -> [$type; 4] {
                let mut sums = [0.0; 4];
                for (sum, $name($lane)) in sums.iter_mut().zip([a, b, c, d]) {
                    *sum = $total;
                }
                sums
            }
            #[inline(always)]
            unsafe fn to_array(four: [$type; 4]) -> [$type; 4] {
                four
            }
            #[inline(always)]
            unsafe fn add_four(four: [$type; 4], start: *const $type, out: *mut $type) {
                for (i, sum) in four.into_iter().enumerate() {
                    // SAFETY: the contract of the trait.
                    unsafe { *out.add(i) = *start.add(i) + sum };
                }
            }
        }
    };
}

array!(Single, f32, 4, 8, |[a, b, c, d]| (a + c) + (b + d), |sum, left, right| sum + left * right);
array!(Double, f64, 2, 8, |[a, b]| a + b, |sum, left, right| sum + left * right);
#[cfg(test)]
array!(FusedSingle, f32, 16, 32, |lanes| halves(&lanes) + 0.0, |sum, left, right| libm::fmaf(left, right, sum));
#[cfg(test)]
array!(FusedDouble, f64, 8, 32, |lanes| halves(&lanes) + 0.0, |sum, left, right| libm::fma(left, right, sum));

/// The upper half of the lanes is added to the lower one, until one is left.
#[cfg(test)]
fn halves<T: super::Number>(lanes: &[T]) -> T {
    let mut lanes = lanes.to_vec();
    while lanes.len() > 1 {
        let upper = lanes.split_off(lanes.len() / 2);
        lanes.iter_mut().zip(upper).for_each(|(lower, upper)| *lower += upper);
    }
    lanes[0]
}
