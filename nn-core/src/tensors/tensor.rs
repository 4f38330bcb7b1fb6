//! Tensors whose shape is part of their type.

use super::{Dim, Element, Plain, Scalar, Shape, plain};
use crate::error::Error;

/// Numbers in a shape that the compiler knows: `Tensor<(U3, U4)>` is three rows of four `f32`.
///
/// The elements lie in row-major order, and there is nothing else in memory. A tensor is `Copy`, as an array is, however
/// large it is: what is large is better borrowed.
///
/// ```
/// use nn_core::{Tensor, typenum::{U2, U3}};
/// let t = Tensor::<(U2, U3)>::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// assert_eq!(t[[1, 2]], 6.0);
/// assert_eq!(t.as_slice(), &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
/// ```
#[repr(transparent)]
pub struct Tensor<S: Shape, T: Element = f32>(S::Storage<T>);

// SAFETY: plain data is numbers and nothing else.
unsafe impl<S: Shape, T: Element> Send for Tensor<S, T> {}
// SAFETY: as above.
unsafe impl<S: Shape, T: Element> Sync for Tensor<S, T> {}

// SAFETY: the tensor is transparent over its storage, which is plain.
unsafe impl<S: Shape, T: Element> Plain for Tensor<S, T> {
    type Element = T;
    // The length of the storage, whatever an implementation of `Shape` says.
    const LEN: usize = {
        let len = size_of::<S::Storage<T>>() / size_of::<T>();
        assert!(len == S::LEN, "a shape has another number of elements than its storage");
        len
    };
}

impl<S: Shape, T: Element> Tensor<S, T> {
    /// The sizes, outermost first.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::{U2, U3}};
    /// assert_eq!(Tensor::<(U2, U3)>::DIMS, [2, 3]);
    /// ```
    pub const DIMS: &'static [usize] = S::DIMS;

    /// A tensor of zeros, usable in a `static`.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U4};
    /// static BUFFER: Tensor<(U4,)> = Tensor::zeros();
    /// assert_eq!(BUFFER.as_slice(), &[0.0; 4]);
    /// ```
    #[must_use]
    pub const fn zeros() -> Self {
        plain::zeroed()
    }

    /// A tensor whose elements are all `value`.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U2};
    /// assert_eq!(Tensor::<(U2,)>::filled(0.5).as_slice(), &[0.5, 0.5]);
    /// ```
    #[must_use]
    #[doc(alias = "full")]
    #[doc(alias = "ones")]
    pub fn filled(value: T) -> Self {
        let mut tensor = Self::zeros();
        tensor.as_mut_slice().fill(value);
        tensor
    }

    /// A tensor whose elements are `value` of their positions in row-major order.
    ///
    /// ```
    /// use nn_core::{Draw, Tensor, typenum::{U2, U3}};
    /// let counted = Tensor::<(U2, U3)>::from_fn(|at| at as f32);
    /// assert_eq!(counted[[1, 0]], 3.0);
    ///
    /// let draw = Draw::new(42, 0);
    /// let random = Tensor::<(U2, U3)>::from_fn(|at| draw.uniform(0, 0, at));
    /// assert!(random.as_slice().iter().all(|element| (0.0..1.0).contains(element)));
    /// ```
    #[must_use]
    #[doc(alias = "rand")]
    #[doc(alias = "randn")]
    #[doc(alias = "random")]
    #[doc(alias = "arange")]
    #[doc(alias = "linspace")]
    pub fn from_fn(mut value: impl FnMut(usize) -> T) -> Self {
        let mut tensor = Self::zeros();
        let elements = tensor.as_mut_slice().iter_mut().enumerate();
        elements.for_each(|(at, element)| *element = value(at));
        tensor
    }

    /// A tensor of zeros, made in place on the heap.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::{U1000, U10000}};
    /// let large = Tensor::<(U10000, U1000)>::zeros_boxed(); // 40 MB, none of it on the stack
    /// assert_eq!(large[[9999, 999]], 0.0);
    /// ```
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn zeros_boxed() -> alloc::boxed::Box<Self> {
        plain::zeroed_box()
    }

    /// All elements in row-major order.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U2};
    /// assert_eq!(Tensor::<(U2, U2)>::from([[1.0, 2.0], [3.0, 4.0]]).as_slice(), [1.0, 2.0, 3.0, 4.0]);
    /// ```
    #[inline]
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        self.flat()
    }

    /// All elements in row-major order, mutable.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U2};
    /// let mut t = Tensor::<(U2, U2)>::zeros();
    /// t.as_mut_slice()[2] = 5.0;
    /// assert_eq!(t[[1, 0]], 5.0);
    /// ```
    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        self.flat_mut()
    }

    /// A slice of tensors as one slice of their elements.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U2};
    /// let two = [Tensor::<(U2,)>::filled(1.0), Tensor::filled(2.0)];
    /// assert_eq!(Tensor::flatten(&two), &[1.0, 1.0, 2.0, 2.0]);
    /// ```
    #[inline]
    #[must_use]
    pub fn flatten(tensors: &[Self]) -> &[T] {
        plain::flatten(tensors)
    }

    /// A slice of elements seen as tensors, without a copy.
    ///
    /// # Errors
    /// [`Error::Length`] if the elements do not fill a whole number of tensors.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U2};
    /// let rows = Tensor::<(U2,)>::from_flat(&[1.0, 2.0, 3.0, 4.0])?;
    /// assert_eq!(rows[1][[0]], 3.0);
    /// assert!(Tensor::<(U2,)>::from_flat(&[1.0, 2.0, 3.0]).is_err());
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn from_flat(elements: &[T]) -> Result<&[Self], Error> {
        let tensors = plain::unflatten::<Self>(elements);
        let expected = tensors.len() * S::LEN;
        if expected == elements.len() {
            Ok(tensors)
        } else {
            Err(Error::Length { what: "elements of whole tensors", expected: expected + S::LEN, found: elements.len() })
        }
    }

    /// Sets all elements from a slice in row-major order.
    ///
    /// # Errors
    /// [`Error::Elements`] if the slice has another number of elements.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U3};
    /// let mut t = Tensor::<(U3,)>::zeros();
    /// t.copy_from_slice(&[1.0, 2.0, 3.0])?;
    /// assert!(t.copy_from_slice(&[1.0]).is_err());
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn copy_from_slice(&mut self, elements: &[T]) -> Result<(), Error> {
        if elements.len() != S::LEN {
            return Err(Error::Elements { shape: S::DIMS, found: elements.len() });
        }
        self.as_mut_slice().copy_from_slice(elements);
        Ok(())
    }
}

/// What other libraries call `try_from`.
#[doc(hidden)]
#[allow(clippy::missing_errors_doc)]
impl<S: Shape, T: Element> Tensor<S, T> {
    #[deprecated(note = "write `Tensor::try_from(numbers)?`")]
    pub fn from_vec(numbers: impl AsRef<[T]>) -> Result<Self, Error> {
        Self::try_from(numbers.as_ref())
    }
    #[deprecated(note = "write `Tensor::try_from(numbers)?`")]
    pub fn from_slice(numbers: impl AsRef<[T]>) -> Result<Self, Error> {
        Self::try_from(numbers.as_ref())
    }
}

impl<S: Shape, T: Scalar> Tensor<S, T> {
    /// The position of the greatest element in row-major order; of equal ones, the first.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U3};
    /// assert_eq!(Tensor::<(U3,)>::from([0.1, 0.7, 0.2]).argmax(), 1);
    /// ```
    #[must_use]
    pub fn argmax(&self) -> usize {
        let elements = self.as_slice();
        let mut best = 0;
        for (at, value) in elements.iter().enumerate() {
            if *value > elements[best] {
                best = at;
            }
        }
        best
    }
}

impl<N: Dim, T: Scalar> Tensor<(N,), T> {
    /// A tensor of zeros with a one at the place of a class, for losses that take probabilities in the place of a class.
    ///
    /// # Errors
    /// [`Error::NoPlace`] if the tensor has no such place.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U3};
    /// assert_eq!(Tensor::<(U3,)>::one_hot(1)?.as_slice(), [0.0, 1.0, 0.0]);
    /// assert_eq!(Tensor::<(U3,)>::one_hot(3).unwrap_err().to_string(), "class 3 has no place in a tensor of 3");
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn one_hot(class: usize) -> Result<Self, Error> {
        let mut tensor = Self::zeros();
        let place = tensor.as_mut_slice().get_mut(class).ok_or(Error::NoPlace { class, classes: N::SIZE })?;
        *place = T::from_f64(1.0);
        Ok(tensor)
    }
}

impl<S: Shape, T: Element> Clone for Tensor<S, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Shape, T: Element> Copy for Tensor<S, T> {}

impl<S: Shape, T: Element> Default for Tensor<S, T> {
    fn default() -> Self {
        Self::zeros()
    }
}

impl<S: Shape, T: Element> PartialEq for Tensor<S, T> {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use typenum::{U3, U784};

    #[test]
    fn is_as_large_as_its_numbers() {
        assert_eq!(size_of::<Tensor<(U3, U784)>>(), 3 * 784 * 4);
        assert_eq!(align_of::<Tensor<(U3, U784), f64>>(), align_of::<f64>());
        assert_eq!(size_of::<Tensor<()>>(), 4);
    }
}
