//! Vector types that are registers: what those of all instruction sets have in common.

/// Implements [`Vector`](super::Vector) for a register: its lanes, its mask, the function that does work in a function of
/// its own, how four vectors are added up, and its instructions for all lanes, for masked lanes, and for four numbers.
macro_rules! registers {
    (
        $vector:ident: $lanes:literal of $type:ident in $parts:literal, $count:literal registers,
        $call:ident, $sums:ident, $mask_type:ty: $mask:ident,
        all: $zero:ident $splat:ident $load:ident $store:ident $add:ident $multiply_add:ident,
        masked: $load_masked:ident $store_masked:ident, every second: $every_second:ident, clamp: $clamp:ident,
        four: $four:ident $zero_four:ident $load_four:ident $store_four:ident $add_four:ident
    ) => {
        impl Vector for $vector {
            type Scalar = $type;
            type Mask = $mask_type;
            type Pairs = [$mask_type; 2];
            type Four = $four;
            const LANES: usize = $lanes;
            const PARTS: usize = $parts;
            const REGISTERS: usize = $count;

            #[inline(always)]
            unsafe fn call<W: Work>(work: &W) {
                // SAFETY: the contract of the trait.
                unsafe { $call(work) }
            }
            #[inline(always)]
            unsafe fn zero() -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $zero() })
            }
            #[inline(always)]
            unsafe fn splat(from: *const $type) -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $splat(*from) })
            }
            #[inline(always)]
            unsafe fn load(from: *const $type) -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $load(from) })
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut $type) {
                // SAFETY: the contract of the trait.
                unsafe { $store(to, self.0) }
            }
            #[inline(always)]
            unsafe fn mask(count: usize) -> $mask_type {
                // SAFETY: the contract of the trait.
                unsafe { $mask(count) }
            }
            #[inline(always)]
            unsafe fn load_masked(from: *const $type, mask: $mask_type) -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $load_masked(from, mask) })
            }
            #[inline(always)]
            unsafe fn store_masked(self, to: *mut $type, mask: $mask_type) {
                // SAFETY: the contract of the trait.
                unsafe { $store_masked(to, mask, self.0) }
            }
            #[inline(always)]
            unsafe fn pairs(count: usize) -> [$mask_type; 2] {
                let elements = 2 * count - 1;
                // SAFETY: the contract of the trait.
                unsafe { [$mask(elements.min($lanes)), $mask((elements + 1).saturating_sub($lanes))] }
            }
            #[inline(always)]
            unsafe fn load_every_second(from: *const $type, [first, second]: [$mask_type; 2]) -> Self {
                // The second vector begins one element early, so that it ends with the last lane.
                // SAFETY: the contract of the trait.
                unsafe {
                    let second = $load_masked(from.wrapping_add($lanes - 1), second);
                    $vector($every_second($load_masked(from, first), second))
                }
            }
            #[inline(always)]
            unsafe fn add(self, other: Self) -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $add(self.0, other.0) })
            }
            #[inline(always)]
            unsafe fn multiply_add(self, left: Self, right: Self) -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $multiply_add(left.0, right.0, self.0) })
            }
            #[inline(always)]
            unsafe fn clamp(self, least: Self, greatest: Self) -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $clamp(self.0, least.0, greatest.0) })
            }
            #[inline(always)]
            unsafe fn sums(vectors: [Self; 4]) -> $four {
                // SAFETY: the contract of the trait.
                unsafe { $add_four($sums(vectors), $zero_four()) }
            }
            #[inline(always)]
            unsafe fn to_array(four: $four) -> [$type; 4] {
                let mut array = [0.0; 4];
                // SAFETY: the array holds four.
                unsafe { $store_four(array.as_mut_ptr(), four) };
                array
            }
            #[inline(always)]
            unsafe fn add_four(four: $four, start: *const $type, out: *mut $type) {
                // SAFETY: the contract of the trait.
                unsafe { $store_four(out, $add_four($load_four(start), four)) }
            }
        }
    };
}
pub(super) use registers;
