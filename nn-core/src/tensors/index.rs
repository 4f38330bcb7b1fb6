//! The elements of a tensor by their index.

use core::ops::{Index, IndexMut};

use super::{Dim, Element, Shape, Tensor};

/// An index of a tensor: a number for each axis, as an array or a tuple; where there is one axis, a number alone.
///
/// ```
/// use nn_core::{Tensor, typenum::{U2, U3}};
/// let row = Tensor::<(U3,)>::from([1.0, 2.0, 3.0]);
/// assert_eq!((row[2], row[[2]]), (3.0, 3.0));
/// let rows = Tensor::<(U2, U2)>::from([[1.0, 2.0], [3.0, 4.0]]);
/// assert_eq!((rows[[1, 0]], rows[(1, 0)]), (3.0, 3.0));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no index of this tensor",
    label = "expected a whole number for each axis",
    note = "write `t[i]` for one axis, `t[[i, j]]` for two, `t[[i, j, k]]` for three; `t.as_slice()` has all elements in a row"
)]
pub trait Indexes<S: Shape> {
    /// The index as a number for each axis.
    fn index(self) -> S::Index;
}

impl Indexes<()> for [usize; 0] {
    fn index(self) -> [usize; 0] {
        self
    }
}

impl<A: Dim> Indexes<(A,)> for usize {
    #[inline]
    fn index(self) -> [usize; 1] {
        [self]
    }
}

macro_rules! indexes {
    ($count:literal; $($size:ident $place:ident: $number:ident)+) => {
        impl<$($size: Dim),+> Indexes<($($size,)+)> for [usize; $count] {
            #[inline]
            fn index(self) -> [usize; $count] {
                self
            }
        }
        impl<$($size: Dim),+> Indexes<($($size,)+)> for ($($number,)+) {
            #[inline]
            fn index(self) -> [usize; $count] {
                let ($($place,)+) = self;
                [$($place),+]
            }
        }
    };
}

indexes!(1; A a: usize);
indexes!(2; A a: usize B b: usize);
indexes!(3; A a: usize B b: usize C c: usize);
indexes!(4; A a: usize B b: usize C c: usize D d: usize);
indexes!(5; A a: usize B b: usize C c: usize D d: usize E e: usize);
indexes!(6; A a: usize B b: usize C c: usize D d: usize E e: usize F f: usize);

impl<S: Shape, T: Element> Tensor<S, T> {
    /// The element at an index, or `None` where that lies outside of the shape; `t[[i, j]]` panics there.
    ///
    /// ```
    /// use nn_core::{Tensor, typenum::U2};
    /// let t = Tensor::<(U2,)>::from([1.0, 2.0]);
    /// assert_eq!((t.get(1), t.get(2)), (Some(2.0), None));
    /// ```
    pub fn get(&self, index: impl Indexes<S>) -> Option<T> {
        S::offset(index.index()).map(|offset| self.as_slice()[offset])
    }
}

impl<S: Shape, T: Element, I: Indexes<S>> Index<I> for Tensor<S, T> {
    type Output = T;
    fn index(&self, index: I) -> &T {
        let index = index.index();
        match S::offset(index) {
            Some(offset) => &self.as_slice()[offset],
            None => outside(index.as_ref(), S::DIMS),
        }
    }
}

impl<S: Shape, T: Element, I: Indexes<S>> IndexMut<I> for Tensor<S, T> {
    fn index_mut(&mut self, index: I) -> &mut T {
        let index = index.index();
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
