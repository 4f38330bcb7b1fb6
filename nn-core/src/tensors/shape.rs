//! Shapes as types: tuples of sizes.

use super::{Dim, Element, Plain};

/// The shape of a tensor: a tuple of zero to six sizes, outermost first.
///
/// ```
/// use nn_core::{Shape, typenum::{U3, U28}};
/// assert_eq!(<(U3, U28, U28) as Shape>::DIMS, &[3, 28, 28]);
/// assert_eq!(<(U3, U28, U28) as Shape>::LEN, 2352);
/// ```
#[diagnostic::on_unimplemented(
    message = "this is not the shape of a tensor",
    label = "write `Tensor![3, 28, 28]`, or `Tensor![4]` for one axis",
    note = "a network's own shapes need not be written: `Tensor::zeros()` and `Tensor::from([…])` get theirs from where they are used"
)]
pub trait Shape: 'static {
    /// The elements in row-major order, as nested arrays.
    type Storage<T: Element>: Plain<Element = T> + Copy;
    /// An index: a number for each axis.
    type Index: Copy + AsRef<[usize]>;
    /// The number of elements. It must be that of the storage, or the tensor does not compile:
    ///
    /// ```compile_fail,E0080
    /// use nn_core::{Element, Shape, Tensor};
    /// struct Long;
    /// impl Shape for Long {
    ///     type Storage<T: Element> = [T; 2];
    ///     type Index = [usize; 1];
    ///     const LEN: usize = 1000;
    ///     const DIMS: &'static [usize] = &[1000];
    /// }
    /// static TENSOR: Tensor<Long> = Tensor::zeros();
    /// ```
    const LEN: usize;
    /// The sizes, outermost first.
    const DIMS: &'static [usize];
    /// The position of `index` in row-major order, or `None` where it lies outside.
    fn offset(index: Self::Index) -> Option<usize> {
        let mut offset = 0;
        for (&at, &size) in index.as_ref().iter().zip(Self::DIMS) {
            if at >= size {
                return None;
            }
            offset = offset * size + at;
        }
        Some(offset)
    }
}

impl Shape for () {
    type Storage<T: Element> = T;
    type Index = [usize; 0];
    const LEN: usize = 1;
    const DIMS: &'static [usize] = &[];
}

macro_rules! nested {
    ($t:ident; ) => { $t };
    ($t:ident; $first:ident $($rest:ident)*) => { <$first as Dim>::Array<nested!($t; $($rest)*)> };
}

macro_rules! shape {
    ($count:literal; $($size:ident)+) => {
        impl<$($size: Dim),+> Shape for ($($size,)+) {
            type Storage<T: Element> = nested!(T; $($size)+);
            type Index = [usize; $count];
            const LEN: usize = 1 $(* $size::SIZE)+;
            const DIMS: &'static [usize] = &[$($size::SIZE),+];
        }
    };
}

shape!(1; A);
shape!(2; A B);
shape!(3; A B C);
shape!(4; A B C D);
shape!(5; A B C D E);
shape!(6; A B C D E F);
