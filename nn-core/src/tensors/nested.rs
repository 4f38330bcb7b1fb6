//! Tensors from nested arrays.

use super::text::Text;
use super::{Dim, Element, Tensor, plain};

/// Refuses, while compiling, an array of another shape than that of the tensor.
#[track_caller]
const fn check_shape(tensor: &[usize], array: &[usize]) {
    let mut at = 0;
    while at < tensor.len() {
        if tensor[at] != array[at] {
            panic!("{}", mismatch(tensor, array).as_str());
        }
        at += 1;
    }
}

const fn mismatch(tensor: &[usize], array: &[usize]) -> Text {
    let text = Text::new().and("a tensor of shape ").and_shape(tensor);
    text.and(" is made from an array of shape ").and_shape(array)
}

/// Implements `From` for nested arrays. The lengths are checked when the program is built.
macro_rules! from_nested {
    ($array:ty; $($size:ident = $length:ident)+) => {
        impl<T: Element, $($size: Dim,)+ $(const $length: usize),+> From<$array> for Tensor<($($size,)+), T> {
            fn from(array: $array) -> Self {
                const { check_shape(&[$($size::SIZE),+], &[$($length),+]) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_of_another_shape_is_refused_with_both() {
        assert_eq!(mismatch(&[4], &[3]).as_str(), "a tensor of shape [4] is made from an array of shape [3]");
        let nested = mismatch(&[2, 10, 784], &[2, 10, 785]);
        assert_eq!(nested.as_str(), "a tensor of shape [2, 10, 784] is made from an array of shape [2, 10, 785]");
    }

    #[test]
    #[should_panic(expected = "a tensor of shape [2, 4] is made from an array of shape [2, 3]")]
    fn shapes_are_compared_size_by_size() {
        check_shape(&[2, 3], &[2, 3]);
        check_shape(&[2, 4], &[2, 3]);
    }
}
