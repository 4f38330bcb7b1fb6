//! Samples with their targets.

use crate::error::Error;
use crate::tensors::{Sample, sample};

use crate::random::shuffle;

/// Inputs and their targets, in memory.
///
/// A set of large samples is best made by [`from_fn`](Dataset::from_fn), which makes them in place. Shuffling,
/// splitting and training move and copy them in place too. Pairs, [`map`](Dataset::map) and `clone` pass samples by
/// value, so that each must fit on the stack.
///
/// ```
/// use nn_core::data::Dataset;
/// use nn_core::{Tensor, typenum::U2};
/// let inputs = vec![Tensor::<(U2,)>::from([0.0, 1.0]), Tensor::from([1.0, 1.0])];
/// let xor = Dataset::new(inputs, vec![1usize, 0])?;
/// assert_eq!(xor.len(), 2);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset<X, Y> {
    pub(super) inputs: Vec<X>,
    pub(super) targets: Vec<Y>,
}

impl<X, Y> Dataset<X, Y> {
    /// A set of inputs and their targets, in the same order.
    ///
    /// # Errors
    /// [`Error::Length`] if there are not as many targets as inputs.
    ///
    /// ```
    /// use nn_core::data::Dataset;
    /// let error = Dataset::new(vec![0.5, 0.6], vec![1]).unwrap_err();
    /// assert_eq!(error.to_string(), "targets for the inputs: expected 2, found 1");
    /// ```
    pub fn new(inputs: Vec<X>, targets: Vec<Y>) -> Result<Self, Error> {
        if inputs.len() == targets.len() {
            Ok(Dataset { inputs, targets })
        } else {
            Err(Error::Length { what: "targets for the inputs", expected: inputs.len(), found: targets.len() })
        }
    }

    /// The number of samples.
    ///
    /// ```
    /// let data = nn_core::data::Dataset::from_iter([(0.5, 1), (0.6, 0)]);
    /// assert_eq!(data.len(), 2);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.inputs.len()
    }

    /// Whether there is no sample.
    ///
    /// ```
    /// assert!(nn_core::data::Dataset::<f32, usize>::from_iter([]).is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// The samples with their targets, one after the other.
    ///
    /// ```
    /// use nn_core::prelude::*;
    /// let data = Dataset::new(vec![0.5, 1.5, 2.5], vec![0, 1, 1])?;
    /// assert_eq!(data.iter().filter(|(_, class)| **class == 1).count(), 2);
    /// for (input, class) in &data {
    ///     println!("{input} is of class {class}");
    /// }
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn iter(&self) -> Pairs<'_, X, Y> {
        self.inputs.iter().zip(&self.targets)
    }

    /// A sample with its target, or `None` behind the end.
    ///
    /// ```
    /// use nn_core::prelude::*;
    /// let data = Dataset::new(vec![0.5, 1.5, 2.5], vec![0, 1, 1])?;
    /// assert_eq!(data.get(2), Some((&2.5, &1)));
    /// assert_eq!(data.get(3), None);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    #[must_use]
    pub fn get(&self, at: usize) -> Option<(&X, &Y)> {
        self.inputs.get(at).zip(self.targets.get(at))
    }

    /// The samples in batches of `size`, in their order: slices of inputs and targets. The last one may be shorter.
    ///
    /// # Panics
    /// If `size` is 0.
    ///
    /// ```
    /// use nn_core::prelude::*;
    /// let data = Dataset::new(vec![0.5, 1.5, 2.5], vec![0, 1, 1])?;
    /// let sizes: Vec<usize> = data.batches(2).map(|(inputs, _)| inputs.len()).collect();
    /// assert_eq!(sizes, [2, 1]);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn batches(&self, size: usize) -> impl ExactSizeIterator<Item = (&[X], &[Y])> {
        self.inputs.chunks(size).zip(self.targets.chunks(size))
    }

    /// The inputs.
    ///
    /// ```
    /// let data = nn_core::data::Dataset::from_iter([(0.5, 1), (0.6, 0)]);
    /// assert_eq!(data.inputs(), [0.5, 0.6]);
    /// ```
    #[must_use]
    pub fn inputs(&self) -> &[X] {
        &self.inputs
    }

    /// The inputs, mutable.
    ///
    /// ```
    /// let mut data = nn_core::data::Dataset::from_iter([(0.5, 1), (0.6, 0)]);
    /// data.inputs_mut()[1] = 0.7;
    /// assert_eq!(data.inputs(), [0.5, 0.7]);
    /// ```
    #[must_use]
    pub fn inputs_mut(&mut self) -> &mut [X] {
        &mut self.inputs
    }

    /// The targets.
    ///
    /// ```
    /// let data = nn_core::data::Dataset::from_iter([(0.5, 1), (0.6, 0)]);
    /// assert_eq!(data.targets(), [1, 0]);
    /// ```
    #[must_use]
    pub fn targets(&self) -> &[Y] {
        &self.targets
    }

    /// The targets, mutable.
    ///
    /// ```
    /// let mut data = nn_core::data::Dataset::from_iter([(0.5, 1), (0.6, 0)]);
    /// data.targets_mut()[0] = 3;
    /// assert_eq!(data.targets(), [3, 0]);
    /// ```
    #[must_use]
    pub fn targets_mut(&mut self) -> &mut [Y] {
        &mut self.targets
    }

    /// A set with a new input and target for each pair.
    ///
    /// ```
    /// let data = nn_core::data::Dataset::from_iter([(0.5, 1), (0.6, 0)]);
    /// let doubled = data.map(|x, y| (2.0 * x, y == 1));
    /// assert_eq!(doubled.inputs(), [1.0, 1.2]);
    /// assert_eq!(doubled.targets(), [true, false]);
    /// ```
    #[must_use]
    pub fn map<A, B>(self, mut change: impl FnMut(X, Y) -> (A, B)) -> Dataset<A, B> {
        self.into_iter().map(|(x, y)| change(x, y)).collect()
    }

    /// Shuffles the samples. The order depends on the seed and the number of samples alone, on every platform.
    ///
    /// ```
    /// let mut data: nn_core::data::Dataset<_, _> = (0..10).map(|x| (x, -x)).collect();
    /// data.shuffle(42);
    /// assert!(data.inputs().iter().zip(data.targets()).all(|(x, y)| *x == -y));
    /// ```
    pub fn shuffle(&mut self, seed: u64) {
        // Both get the same order, so that pairs stay together.
        shuffle(&mut self.inputs, seed, 0);
        shuffle(&mut self.targets, seed, 0);
    }
}

impl<X: Sample, Y: Sample> Dataset<X, Y> {
    /// A set of `count` samples, made in place on the heap. `fill` gets the number of each, and its input and target,
    /// which are zero, to set them. Samples may be larger than the stack.
    ///
    /// ```
    /// use nn_core::data::Dataset;
    /// use nn_core::{Tensor, typenum::{U3, U512}};
    /// let photographs = Dataset::from_fn(4, |at, image: &mut Tensor<(U3, U512, U512)>, class: &mut usize| {
    ///     image.as_mut_slice().fill(0.1 * at as f32); // or read it from a file
    ///     *class = at % 2;
    /// });
    /// assert_eq!((photographs.len(), photographs.targets()), (4, &[0, 1, 0, 1][..]));
    /// assert_eq!(photographs.inputs()[3][[2, 511, 511]], 0.3);
    /// ```
    #[must_use]
    pub fn from_fn(count: usize, mut fill: impl FnMut(usize, &mut X, &mut Y)) -> Self {
        let (mut inputs, mut targets) = (sample::zeroed(count), sample::zeroed(count));
        for (at, (input, target)) in inputs.iter_mut().zip(&mut targets).enumerate() {
            fill(at, input, target);
        }
        Dataset { inputs, targets }
    }
}

/// A set of the pairs.
impl<X, Y> From<Vec<(X, Y)>> for Dataset<X, Y> {
    fn from(pairs: Vec<(X, Y)>) -> Self {
        pairs.into_iter().collect()
    }
}

impl<X, Y> FromIterator<(X, Y)> for Dataset<X, Y> {
    fn from_iter<I: IntoIterator<Item = (X, Y)>>(pairs: I) -> Self {
        let (inputs, targets) = pairs.into_iter().unzip();
        Dataset { inputs, targets }
    }
}

/// The samples of a set with their targets.
type Pairs<'d, X, Y> = std::iter::Zip<std::slice::Iter<'d, X>, std::slice::Iter<'d, Y>>;

impl<'d, X, Y> IntoIterator for &'d Dataset<X, Y> {
    type Item = (&'d X, &'d Y);
    type IntoIter = Pairs<'d, X, Y>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<X, Y> IntoIterator for Dataset<X, Y> {
    type Item = (X, Y);
    type IntoIter = std::iter::Zip<std::vec::IntoIter<X>, std::vec::IntoIter<Y>>;
    fn into_iter(self) -> Self::IntoIter {
        self.inputs.into_iter().zip(self.targets)
    }
}
