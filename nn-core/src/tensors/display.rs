//! Tensors as text.

use core::fmt::{self, Debug, Display, Formatter};

use super::{Element, Shape, Tensor};

impl<S: Shape, T: Element> Debug for Tensor<S, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        nested(f, S::DIMS, self.as_slice(), Debug::fmt)
    }
}

/// Rows in brackets. What is said of the numbers holds for each of them: `{:.2}` prints two decimals.
///
/// ```
/// use nn_core::{Tensor, typenum::U2};
/// let t = Tensor::<(U2, U2)>::from([[1.0, 0.5], [0.25, -3.0]]);
/// assert_eq!(format!("{t}"), "[[1, 0.5], [0.25, -3]]");
/// assert_eq!(format!("{t:.2}"), "[[1.00, 0.50], [0.25, -3.00]]");
/// ```
impl<S: Shape, T: Element> Display for Tensor<S, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        nested(f, S::DIMS, self.as_slice(), Display::fmt)
    }
}

/// How one number is printed.
type Print<T> = fn(&T, &mut Formatter<'_>) -> fmt::Result;

fn nested<T>(f: &mut Formatter<'_>, dims: &[usize], elements: &[T], print: Print<T>) -> fmt::Result {
    let Some((_, inner)) = dims.split_first() else { return print(&elements[0], f) };
    let each = inner.iter().product::<usize>().max(1);
    let mut list = f.debug_list();
    for part in elements.chunks(each) {
        list.entry(&Nested(inner, part, print));
    }
    list.finish()
}

struct Nested<'a, T>(&'a [usize], &'a [T], Print<T>);

impl<T> Debug for Nested<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        nested(f, self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use typenum::{U1, U2};

    #[test]
    fn prints_nested() {
        let t = Tensor::<(U2, U1), f64>::from([[1.0], [2.5]]);
        assert_eq!(std::format!("{t:?}"), "[[1.0], [2.5]]");
        assert_eq!(std::format!("{}", Tensor::<()>::from(0.5)), "0.5");
    }
}
