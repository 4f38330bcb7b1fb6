//! The elements of a tensor by their index.

use core::ops::{Index, IndexMut};

use super::{Element, Shape, Tensor};

impl<S: Shape, T: Element> Tensor<S, T> {
    /// The element at `index`, or `None` where that lies outside of the shape; `t[[i, j]]` panics there.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U2};
    /// let t = Tensor::<(U2,)>::from([1.0, 2.0]);
    /// assert_eq!((t.get([1]), t.get([2])), (Some(2.0), None));
    /// ```
    pub fn get(&self, index: S::Index) -> Option<T> {
        S::offset(index).map(|offset| self.as_slice()[offset])
    }
}

impl<S: Shape, T: Element> Index<S::Index> for Tensor<S, T> {
    type Output = T;
    fn index(&self, index: S::Index) -> &T {
        match S::offset(index) {
            Some(offset) => &self.as_slice()[offset],
            None => outside(index.as_ref(), S::DIMS),
        }
    }
}

impl<S: Shape, T: Element> IndexMut<S::Index> for Tensor<S, T> {
    fn index_mut(&mut self, index: S::Index) -> &mut T {
        match S::offset(index) {
            Some(offset) => &mut self.as_mut_slice()[offset],
            None => outside(index.as_ref(), S::DIMS),
        }
    }
}

#[cold]
#[track_caller]
fn outside(index: &[usize], dims: &[usize]) -> ! {
    panic!("the index {index:?} lies outside the tensor's shape {dims:?}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use typenum::{U1, U2};

    #[test]
    #[should_panic(expected = "the index [2, 0] lies outside the tensor's shape [2, 1]")]
    fn indexing_outside_says_where() {
        let _ = Tensor::<(U2, U1)>::zeros()[[2, 0]];
    }
}
