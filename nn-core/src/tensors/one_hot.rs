//! Classes as tensors.

use super::{Dim, Scalar, Tensor};
use crate::error::Error;

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
