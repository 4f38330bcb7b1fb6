//! Arrays as vectors: the same bits on every platform. The compiler maps them to the registers that the target has.

use super::{Vector, Work};

macro_rules! array {
    ($name:ident, $type:ty, $lanes:literal, |$lane:pat_param| $sum:expr) => {
        /// An array of lanes.
        #[derive(Clone, Copy)]
        pub(in crate::kernels) struct $name([$type; $lanes]);

        impl Vector for $name {
            type Scalar = $type;
            type Mask = usize;
            type Four = [$type; 4];
            const LANES: usize = $lanes;
            const LARGE: bool = false;

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
            unsafe fn multiply_add(mut self, left: Self, right: Self) -> Self {
                for i in 0..$lanes {
                    self.0[i] += left.0[i] * right.0[i];
                }
                self
            }
            #[inline(always)]
            unsafe fn sums([a, b, c, d]: [Self; 4]) -> [$type; 4] {
                let mut sums = [0.0; 4];
                for (sum, $name($lane)) in sums.iter_mut().zip([a, b, c, d]) {
                    *sum = $sum;
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

array!(Single, f32, 4, |[a, b, c, d]| (a + c) + (b + d));
array!(Double, f64, 2, |[a, b]| a + b);
