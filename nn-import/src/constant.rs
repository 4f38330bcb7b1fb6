//! Tensors whose elements are known: weights, and what follows from them and from shapes.

use std::sync::Arc;

/// What the elements of a tensor are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Real numbers.
    Real,
    /// Whole numbers.
    Whole,
    /// True or false, as 1 and 0.
    Truth,
}

/// A tensor whose elements are known.
///
/// # Examples
///
/// ```
/// use nn_import::{Constant, Kind};
///
/// let weight = Constant::new(Kind::Real, vec![2, 3], vec![0.0; 6]);
/// assert_eq!(weight.shape, [2, 3]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// What the elements are.
    pub kind: Kind,
    /// The sizes.
    pub shape: Vec<usize>,
    /// The elements, the last axis fastest; whole numbers are exact up to 2^53.
    pub elements: Arc<Vec<f64>>,
    /// The name of the stored tensor that it is, or was before its axes were moved.
    pub name: Option<String>,
}

impl Constant {
    /// A tensor of these sizes.
    ///
    /// # Panics
    /// If there is not an element for each place.
    ///
    /// # Examples
    ///
    /// ```
    /// use nn_import::{Constant, Kind};
    ///
    /// assert_eq!(Constant::new(Kind::Whole, vec![2], vec![3.0, 4.0]).whole(), [3, 4]);
    /// ```
    #[must_use]
    pub fn new(kind: Kind, shape: Vec<usize>, elements: Vec<f64>) -> Self {
        assert_eq!(shape.iter().product::<usize>(), elements.len(), "an element for each place");
        Constant { kind, shape, elements: Arc::new(elements), name: None }
    }

    /// A list of whole numbers.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(nn_import::Constant::sizes(&[1, 28]).shape, [2]);
    /// ```
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // sizes are far below 2^53
    pub fn sizes(sizes: &[usize]) -> Self {
        Constant::new(Kind::Whole, vec![sizes.len()], sizes.iter().map(|size| *size as f64).collect())
    }

    /// The elements as whole numbers; those beyond the range of `i64` are its ends.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(nn_import::Constant::sizes(&[7]).whole(), [7]);
    /// ```
    #[must_use]
    #[allow(clippy::cast_possible_truncation)]
    pub fn whole(&self) -> Vec<i64> {
        self.elements.iter().map(|element| *element as i64).collect()
    }

    /// The number, if there is one element.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(nn_import::Constant::sizes(&[7]).number(), Some(7.0));
    /// assert_eq!(nn_import::Constant::sizes(&[7, 8]).number(), None);
    /// ```
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        if let [number] = self.elements.as_slice() { Some(*number) } else { None }
    }

    /// The same elements in another shape.
    ///
    /// # Panics
    /// If it has not as many places.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(nn_import::Constant::sizes(&[1, 2]).reshaped(vec![2, 1]).shape, [2, 1]);
    /// ```
    #[must_use]
    pub fn reshaped(&self, shape: Vec<usize>) -> Self {
        assert_eq!(shape.iter().product::<usize>(), self.elements.len(), "an element for each place");
        Constant { shape, ..self.clone() }
    }

    /// The axes in another order: axis `k` of the result is axis `order[k]`.
    ///
    /// # Panics
    /// If the order is not one of all axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use nn_import::{Constant, Kind};
    ///
    /// let matrix = Constant::new(Kind::Real, vec![2, 2], vec![1.0, 2.0, 3.0, 4.0]);
    /// assert_eq!(*matrix.permuted(&[1, 0]).elements, [1.0, 3.0, 2.0, 4.0]);
    /// ```
    #[must_use]
    pub fn permuted(&self, order: &[usize]) -> Self {
        let shape: Vec<usize> = order.iter().map(|axis| self.shape[*axis]).collect();
        let own = strides(&self.shape);
        let moved: Vec<usize> = order.iter().map(|axis| own[*axis]).collect();
        let elements = strided(&self.elements, &shape, &moved);
        Constant { shape, elements: Arc::new(elements), ..self.clone() }
    }

    /// Each element changed.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(nn_import::Constant::sizes(&[7]).map(|size| 2.0 * size).number(), Some(14.0));
    /// ```
    #[must_use]
    pub fn map(&self, change: impl Fn(f64) -> f64) -> Self {
        let elements = self.elements.iter().map(|element| change(*element)).collect();
        Constant { elements: Arc::new(elements), ..self.clone() }
    }

    /// The part of an axis from `start` on.
    ///
    /// # Panics
    /// If the axis is shorter.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(nn_import::Constant::sizes(&[7, 8, 9]).narrowed(0, 1, 2).whole(), [8, 9]);
    /// ```
    #[must_use]
    pub fn narrowed(&self, axis: usize, start: usize, length: usize) -> Self {
        let inner: usize = self.shape[axis + 1..].iter().product();
        let mut shape = self.shape.clone();
        let rows = self.elements.chunks(inner * shape[axis]).filter(|row| !row.is_empty());
        let elements = rows.flat_map(|row| row[start * inner..(start + length) * inner].iter().copied()).collect();
        shape[axis] = length;
        Constant { shape, elements: Arc::new(elements), ..self.clone() }
    }
}

/// The distance in memory between two places that follow each other along each axis.
pub(crate) fn strides(shape: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; shape.len()];
    for axis in (1..shape.len()).rev() {
        strides[axis - 1] = strides[axis] * shape[axis];
    }
    strides
}

/// The sum of products.
pub(crate) fn dot(at: &[usize], strides: &[usize]) -> usize {
    at.iter().zip(strides).map(|(at, stride)| at * stride).sum()
}

/// The elements at all places of a shape, with these distances between them in memory.
pub(crate) fn strided(elements: &[f64], shape: &[usize], strides: &[usize]) -> Vec<f64> {
    fn add(elements: &[f64], start: usize, axes: (&[usize], &[usize]), all: &mut Vec<f64>) {
        match axes {
            ([], _) => all.push(elements[start]),
            ([size, sizes @ ..], [stride, strides @ ..]) => {
                (0..*size).for_each(|at| add(elements, start + at * stride, (sizes, strides), all));
            }
            _ => {}
        }
    }
    let mut all = Vec::with_capacity(shape.iter().product());
    add(elements, 0, (shape, strides), &mut all);
    all
}

/// All places of a shape, the last axis fastest.
pub(crate) fn places(shape: &[usize]) -> impl Iterator<Item = Vec<usize>> + use<> {
    let shape = shape.to_vec();
    let strides = strides(&shape);
    let count: usize = shape.iter().product();
    (0..count).map(move |flat| shape.iter().zip(&strides).map(|(size, stride)| flat / stride % size).collect())
}

/// The shape of elementwise results; `None` if two sizes differ and neither is 1.
pub(crate) fn broadcast(shapes: &[&[usize]]) -> Option<Vec<usize>> {
    let rank = shapes.iter().map(|shape| shape.len()).max()?;
    let mut all = vec![1; rank];
    for shape in shapes {
        for (size, own) in all[rank - shape.len()..].iter_mut().zip(shape.iter()) {
            if *size == 1 {
                *size = *own;
            } else if *own != 1 && *own != *size {
                return None;
            }
        }
    }
    Some(all)
}
