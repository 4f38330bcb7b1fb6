//! Loops over the elements of a tensor.

use core::slice::{Iter, IterMut};

use super::{Element, Shape, Tensor};

impl<S: Shape, T: Element> Tensor<S, T> {
    /// All elements in row-major order, one after the other.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U2};
    /// let t = Tensor::<(U2, U2)>::from([[1.0, 2.0], [3.0, 4.0]]);
    /// assert_eq!(t.iter().sum::<f32>(), 10.0);
    /// for value in &t {
    ///     assert!(*value > 0.0);
    /// }
    /// ```
    pub fn iter(&self) -> Iter<'_, T> {
        self.as_slice().iter()
    }

    /// The same, mutable.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U2};
    /// let mut t = Tensor::<(U2,)>::from([1.0, 2.0]);
    /// for value in &mut t {
    ///     *value *= 10.0;
    /// }
    /// t.iter_mut().for_each(|value| *value += 1.0);
    /// assert_eq!(t.as_slice(), [11.0, 21.0]);
    /// ```
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        self.as_mut_slice().iter_mut()
    }
}

impl<'a, S: Shape, T: Element> IntoIterator for &'a Tensor<S, T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, S: Shape, T: Element> IntoIterator for &'a mut Tensor<S, T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}
