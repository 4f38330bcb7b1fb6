//! Sizes as types, and arrays of as many items.
//!
//! An array is two arrays of half the length, as in the crate `generic-array`. That crate proves at each bit of a length
//! that it is below the largest `usize`, which took rustc a third of its time for a network.

use core::fmt::Debug;

use typenum::{B0, B1, UInt, UTerm, Unsigned};

use super::Plain;

/// A size known to the compiler: any typenum unsigned integer, such as `U784`.
///
/// ```
/// use nn_core::{Dim, typenum::U784};
/// assert_eq!(<U784 as Dim>::SIZE, 784);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a size",
    label = "expected a typenum integer such as `U128`",
    note = "a size is a number (`28`), a constant (`HIDDEN`), a typenum type (`U28`) or a type parameter of the network"
)]
pub trait Dim: Unsigned + Copy + Default + Debug + Send + Sync + 'static {
    /// The size as a number.
    const SIZE: usize;
    /// An array of as many items.
    #[doc(hidden)]
    type Array<P: Plain + Copy>: Plain<Element = P::Element> + Copy;
}

#[diagnostic::do_not_recommend]
impl Dim for UTerm {
    const SIZE: usize = 0;
    type Array<P: Plain + Copy> = [P; 0];
}

#[diagnostic::do_not_recommend]
impl<N: Dim> Dim for UInt<N, B0> {
    const SIZE: usize = 2 * N::SIZE;
    type Array<P: Plain + Copy> = Even<N::Array<P>>;
}

#[diagnostic::do_not_recommend]
impl<N: Dim> Dim for UInt<N, B1> {
    const SIZE: usize = 2 * N::SIZE + 1;
    type Array<P: Plain + Copy> = Odd<N::Array<P>, P>;
}

/// Two halves.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Even<H> {
    halves: [H; 2],
}

/// Two halves and one more item.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Odd<H, P> {
    halves: [H; 2],
    last: P,
}

// SAFETY: an array of plain data.
unsafe impl<H: Plain> Plain for Even<H> {
    type Element = H::Element;
}

// SAFETY: both fields consist of the same elements, so that there is no padding between or behind them.
unsafe impl<H: Plain<Element = P::Element>, P: Plain> Plain for Odd<H, P> {
    type Element = P::Element;
}

#[cfg(test)]
mod tests {
    use typenum::{U0, U1, U6, U7, U1000, U1023};

    use super::Dim;
    use crate::tensors::Plain;

    fn is_an_array_of<N: Dim>(size: usize) {
        assert_eq!(N::SIZE, size);
        assert_eq!(N::USIZE, size);
        assert_eq!(size_of::<N::Array<f32>>(), size_of::<f32>() * size);
        assert_eq!(align_of::<N::Array<f64>>(), align_of::<f64>());
        assert_eq!(<N::Array<[usize; 3]> as Plain>::LEN, 3 * size);
        let mut array = N::Array::<f64>::zeroed();
        array.flat_mut().iter_mut().zip(0u16..).for_each(|(element, at)| *element = f64::from(at));
        assert_eq!(array.flat().len(), size);
        assert_eq!(
            array.flat().last().copied(),
            u16::try_from(size).ok().and_then(|n| n.checked_sub(1)).map(f64::from)
        );
    }

    #[test]
    fn sizes_are_arrays_of_as_many_items() {
        is_an_array_of::<U0>(0);
        is_an_array_of::<U1>(1);
        is_an_array_of::<U6>(6);
        is_an_array_of::<U7>(7);
        is_an_array_of::<U1000>(1000);
        is_an_array_of::<U1023>(1023);
    }
}
