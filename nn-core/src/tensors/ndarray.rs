//! Tensors as arrays of the crate `ndarray`, and the other way round.

use alloc::vec::Vec;

use ndarray::{ArrayBase, ArrayView, ArrayViewMut, Data, Dim, Dimension, RemoveAxis};

use super::{Element, Shape, Tensor, plain};
use crate::error::Error;

/// What holds of every shape.
const AS_LONG: &str = "a tensor has as many elements as its shape says";

impl<S: Shape, T: Element> Tensor<S, T>
where
    Dim<S::Index>: Dimension,
{
    /// The tensor as an array of the crate `ndarray` with as many axes, without a copy (feature `ndarray`).
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::{U2, U3}};
    /// let tensor = Tensor::<(U2, U3)>::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    /// assert_eq!(tensor.as_array().sum_axis(ndarray::Axis(0)), ndarray::array![5.0, 7.0, 9.0]);
    /// let array: ndarray::Array2<f32> = tensor.as_array().to_owned();
    /// assert_eq!(array[[1, 0]], 4.0);
    /// ```
    ///
    /// # Panics
    /// Never, unless `S` is a shape of your own that contradicts itself.
    #[must_use]
    pub fn as_array(&self) -> ArrayView<'_, T, Dim<S::Index>> {
        ArrayView::from_shape(sizes::<S>(), self.as_slice()).expect(AS_LONG)
    }

    /// The same, mutable.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::{U2, U3}};
    /// let mut tensor = Tensor::<(U2, U3)>::zeros();
    /// tensor.as_array_mut().row_mut(1).fill(0.5);
    /// assert_eq!(tensor.as_slice(), [0.0, 0.0, 0.0, 0.5, 0.5, 0.5]);
    /// ```
    ///
    /// # Panics
    /// Never, unless `S` is a shape of your own that contradicts itself.
    #[must_use]
    pub fn as_array_mut(&mut self) -> ArrayViewMut<'_, T, Dim<S::Index>> {
        ArrayViewMut::from_shape(sizes::<S>(), self.as_mut_slice()).expect(AS_LONG)
    }
}

fn sizes<S: Shape>() -> Dim<S::Index>
where
    Dim<S::Index>: Dimension,
{
    let mut sizes = Dim::<S::Index>::zeros(S::DIMS.len());
    sizes.slice_mut().copy_from_slice(S::DIMS);
    sizes
}

impl<S: Shape, T: Element> Tensor<S, T> {
    /// A tensor for each item along the first axis of an array: inputs or targets for a
    /// [`Dataset`](crate::data::Dataset) (feature `ndarray`).
    ///
    /// # Errors
    /// [`Error::Shape`] if the items have another shape.
    ///
    /// ```
    /// use ndarray::{Array1, Array2, Array4};
    /// use nn_core::data::Dataset;
    /// use nn_core::{Tensor, typenum::{U1, U3}};
    ///
    /// let (inputs, targets) = (Array4::<f32>::zeros((100, 1, 3, 3)), Array2::<f32>::ones((100, 3)));
    /// let data = Dataset::new(Tensor::<(U1, U3, U3)>::each_of(&inputs)?, Tensor::<(U3,)>::each_of(&targets)?)?;
    /// assert_eq!(data.len(), 100);
    ///
    /// let classes = Array1::<usize>::zeros(100); // classes are no tensors
    /// let data = Dataset::new(data.inputs().to_vec(), classes.to_vec())?;
    /// assert_eq!(data.targets()[99], 0);
    ///
    /// let error = Tensor::<(U3, U3)>::each_of(&inputs).unwrap_err();
    /// assert_eq!(error.to_string(), "an array of shape [1, 3, 3] is given for a tensor of shape [3, 3]");
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn each_of<A: Data<Elem = T>, D: RemoveAxis>(array: &ArrayBase<A, D>) -> Result<Vec<Self>, Error> {
        let (count, sizes) = array.shape().split_first().unwrap_or((&0, &[]));
        same_shape::<S>(sizes)?;
        let mut tensors = plain::zeroed_slice::<Self>(*count).into_vec();
        copy(plain::flatten_mut(&mut tensors), array);
        Ok(tensors)
    }
}

/// A tensor of the elements of an array, in whatever order they lie in memory (feature `ndarray`).
///
/// ```
/// use nn_core::{Tensor, typenum::{U2, U3}};
/// let array = ndarray::array![[1.0f32, 2.0], [3.0, 4.0], [5.0, 6.0]];
/// assert_eq!(Tensor::<(U2, U3)>::try_from(&array.t())?[[0, 2]], 5.0);
/// let error = Tensor::<(U2, U3)>::try_from(&array).unwrap_err();
/// assert_eq!(error.to_string(), "an array of shape [3, 2] is given for a tensor of shape [2, 3]");
/// # Ok::<(), nn_core::Error>(())
/// ```
impl<S: Shape, T: Element, A: Data<Elem = T>, D: Dimension> TryFrom<&ArrayBase<A, D>> for Tensor<S, T> {
    type Error = Error;
    fn try_from(array: &ArrayBase<A, D>) -> Result<Self, Error> {
        same_shape::<S>(array.shape())?;
        let mut tensor = Self::zeros();
        copy(tensor.as_mut_slice(), array);
        Ok(tensor)
    }
}

fn same_shape<S: Shape>(found: &[usize]) -> Result<(), Error> {
    if found == S::DIMS { Ok(()) } else { Err(Error::Shape { expected: S::DIMS, found: found.to_vec() }) }
}

/// Copies as many elements, the last axis fastest.
fn copy<T: Element, A: Data<Elem = T>, D: Dimension>(to: &mut [T], array: &ArrayBase<A, D>) {
    to.iter_mut().zip(array).for_each(|(to, from)| *to = *from);
}
