//! Tensors from numbers, nested arrays, slices and vectors.

use typenum::{Const, ToUInt};

use super::{Dim, Element, Shape, Tensor, plain};
use crate::error::Error;

/// Sizes that are `LENGTH`, for the arrays that tensors are made of.
///
/// The length of an array becomes a type by a table in typenum, which ends at 1024. Beyond it are the powers of two and
/// of ten, and the numbers in front of the former.
///
/// ```
/// use nn_core::Tensor;
/// let rows: Tensor![2, 3] = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// assert_eq!(rows[[1, 2]], 6.0);
/// ```
#[diagnostic::on_unimplemented(
    message = "an array of {LENGTH} does not fill this tensor",
    label = "the array has {LENGTH} elements along an axis, the tensor has another number of places there",
    note = "arrays of up to 1024 become tensors with `Tensor::from`; for longer ones write `Tensor::try_from(&array[..])?`"
)]
pub trait Holds<const LENGTH: usize>: Dim {}

#[diagnostic::do_not_recommend]
impl<A: Dim, const LENGTH: usize> Holds<LENGTH> for A where Const<LENGTH>: ToUInt<Output = A> {}

/// Implements `From` for nested arrays, whose lengths are the sizes of the tensor.
macro_rules! from_nested {
    ($array:ty; $($size:ident = $length:ident)+) => {
        impl<T: Element, $($size: Holds<$length>,)+ $(const $length: usize),+> From<$array> for Tensor<($($size,)+), T> {
            fn from(array: $array) -> Self {
                let mut tensor = Self::zeros();
                tensor.as_mut_slice().copy_from_slice(plain::flatten(core::slice::from_ref(&array)));
                tensor
            }
        }
    };
}

from_nested!([T; L]; A = L);
from_nested!([[T; M]; L]; A = L B = M);
from_nested!([[[T; N]; M]; L]; A = L B = M C = N);
from_nested!([[[[T; O]; N]; M]; L]; A = L B = M C = N D = O);

impl<T: Element> From<T> for Tensor<(), T> {
    fn from(value: T) -> Self {
        Tensor::filled(value)
    }
}

/// ```
/// use nn_core::{Tensor, typenum::{U2, U3}};
/// let error = Tensor::<(U2, U3)>::try_from(&[1.0, 2.0, 3.0][..]).unwrap_err();
/// assert_eq!(error.to_string(), "a tensor of [2, 3] has 6 elements, and there are 3 numbers for it");
/// ```
impl<S: Shape, T: Element> TryFrom<&[T]> for Tensor<S, T> {
    type Error = Error;
    fn try_from(elements: &[T]) -> Result<Self, Error> {
        let mut tensor = Self::zeros();
        tensor.copy_from_slice(elements)?;
        Ok(tensor)
    }
}

/// ```
/// use nn_core::{Tensor, typenum::{U2, U3}};
/// let numbers = vec![1.0, 2.0, 3.0];
/// assert_eq!(Tensor::<(U3,)>::try_from(&numbers)?[[2]], 3.0);
/// assert!(Tensor::<(U2,)>::try_from(numbers).is_err());
/// # Ok::<(), nn_core::Error>(())
/// ```
#[cfg(feature = "alloc")]
impl<S: Shape, T: Element> TryFrom<alloc::vec::Vec<T>> for Tensor<S, T> {
    type Error = Error;
    fn try_from(elements: alloc::vec::Vec<T>) -> Result<Self, Error> {
        Self::try_from(elements.as_slice())
    }
}

#[cfg(feature = "alloc")]
impl<S: Shape, T: Element> TryFrom<&alloc::vec::Vec<T>> for Tensor<S, T> {
    type Error = Error;
    fn try_from(elements: &alloc::vec::Vec<T>) -> Result<Self, Error> {
        Self::try_from(elements.as_slice())
    }
}
