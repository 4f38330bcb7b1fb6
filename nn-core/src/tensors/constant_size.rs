//! Sizes from constants: stable Rust cannot turn the value of a constant into a type, but a digit of it can choose an
//! implementation.

use typenum::{B0, B1, UInt, UTerm};

use super::Dim;

/// A size of at most 32 bits as a type, from its hexadecimal digits.
///
/// ```
/// use nn_core::Dim;
/// use nn_core::private::{FromDigits, hexadecimal_digit};
/// const HIDDEN: usize = 300;
/// type Hidden = FromDigits<0, 0, 0, 0, 0, { hexadecimal_digit(HIDDEN, 2) }, 2, 12>;
/// assert_eq!(Hidden::SIZE, HIDDEN);
/// ```
pub type FromDigits<
    const D7: usize,
    const D6: usize,
    const D5: usize,
    const D4: usize,
    const D3: usize,
    const D2: usize,
    const D1: usize,
    const D0: usize,
> = Push<Push<Push<Push<Push<Push<Push<Push<UTerm, D7>, D6>, D5>, D4>, D3>, D2>, D1>, D0>;

type Push<N, const DIGIT: usize> = <N as PushDigit<DIGIT>>::Output;

/// A number with a hexadecimal digit behind it.
pub trait PushDigit<const DIGIT: usize> {
    /// `16 * self + DIGIT`
    type Output: Dim;
}

type Four<N, A, B, C, D> = UInt<UInt<UInt<UInt<N, A>, B>, C>, D>;

macro_rules! digits {
    ($($digit:literal: $first:ty, [$($bit:ty),*];)*) => {
        $(
            // no digit stands in front of the first that is not zero
            impl PushDigit<$digit> for UTerm {
                type Output = $first;
            }

            impl<N, B> PushDigit<$digit> for UInt<N, B>
            where
                UInt<N, B>: Dim,
            {
                type Output = Four<UInt<N, B>, $($bit),*>;
            }
        )*
    };
}

digits! {
    0: UTerm, [B0, B0, B0, B0];
    1: typenum::U1, [B0, B0, B0, B1];
    2: typenum::U2, [B0, B0, B1, B0];
    3: typenum::U3, [B0, B0, B1, B1];
    4: typenum::U4, [B0, B1, B0, B0];
    5: typenum::U5, [B0, B1, B0, B1];
    6: typenum::U6, [B0, B1, B1, B0];
    7: typenum::U7, [B0, B1, B1, B1];
    8: typenum::U8, [B1, B0, B0, B0];
    9: typenum::U9, [B1, B0, B0, B1];
    10: typenum::U10, [B1, B0, B1, B0];
    11: typenum::U11, [B1, B0, B1, B1];
    12: typenum::U12, [B1, B1, B0, B0];
    13: typenum::U13, [B1, B1, B0, B1];
    14: typenum::U14, [B1, B1, B1, B0];
    15: typenum::U15, [B1, B1, B1, B1];
}

/// A hexadecimal digit of a size: 0 is the last.
#[must_use]
pub const fn hexadecimal_digit(size: usize, at: u32) -> usize {
    (size >> (4 * at)) & 15
}
