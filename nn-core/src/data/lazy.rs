//! Samples that are read when they are needed.

use std::error::Error as AnyError;

use super::{Dataset, Samples, Set};
use crate::error::Error;
use crate::tensors::{Sample, sample};

/// Why a sample cannot be read: any error, or a text.
///
/// ```
/// let problem: nn_core::data::Unread = "no such line".into();
/// assert_eq!(problem.to_string(), "no such line");
/// ```
pub type Unread = Box<dyn AnyError + Send + Sync>;

/// A function that reads the sample of a number into an input and a target, which hold what was there before.
pub(crate) type Read<'r, X, Y> = dyn Fn(usize, &mut X, &mut Y) -> Result<(), Unread> + Send + Sync + 'r;

/// Samples that a function reads when they are needed, so that they need not fit in memory. `fit` takes one in the place of
/// a [`Dataset`], with the same result.
///
/// A thread reads the next batch while a training computes with the last one: two batches are in memory. Each epoch reads
/// each sample once, in the order in which it is trained on.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() -> Result<(), nn_core::Error> {
/// # use nn_core::prelude::*;
/// use std::fs;
/// use nn_core::data::Lazy;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let folder = std::env::temp_dir().join("nn-core-lazy-example");
/// fs::create_dir_all(&folder).unwrap();
/// (0..40).for_each(|at| fs::write(folder.join(at.to_string()), format!("{at}")).unwrap());
///
/// let data = Lazy::new(40, |at, input: &mut Tensor![2], target: &mut Tensor![1]| {
///     let number: f32 = fs::read_to_string(folder.join(at.to_string()))?.parse()?;
///     input.copy_from_slice(&[number / 40.0, 1.0])?;
///     target[0] = number / 20.0;
///     Ok(())
/// });
/// let mut session = Line::session(1);
/// Trainer::new(Sgd::new(0.1)).batch(8).quiet().fit(&mut session, &data, None)?;
/// # Ok(()) }
/// ```
pub struct Lazy<'r, X, Y> {
    count: usize,
    read: Box<Read<'r, X, Y>>,
}

impl<'r, X, Y> Lazy<'r, X, Y> {
    /// A set of `count` samples. `read` gets the number of a sample, and an input and a target to set, which hold what
    /// another sample left there. It is called in another thread, and has to give the same sample for the same number.
    ///
    /// What it returns as an error ends the training, with the number of the sample.
    ///
    /// See [`Lazy`] for an example.
    pub fn new(count: usize, read: impl Fn(usize, &mut X, &mut Y) -> Result<(), Unread> + Send + Sync + 'r) -> Self {
        Lazy { count, read: Box::new(read) }
    }

    /// The number of samples.
    ///
    /// ```
    /// let squares = nn_core::data::Lazy::new(10, |at, x: &mut usize, y: &mut usize| {
    ///     (*x, *y) = (at, at * at);
    ///     Ok(())
    /// });
    /// assert_eq!(squares.len(), 10);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no sample.
    ///
    /// ```
    /// assert!(nn_core::data::Lazy::new(0, |_, _: &mut f32, _: &mut usize| Ok(())).is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl<X: Sample, Y: Sample> Lazy<'_, X, Y> {
    /// Reads all samples, for example those of a validation set.
    ///
    /// # Errors
    /// [`Error::Read`] with the number of the first sample that cannot be read.
    ///
    /// ```
    /// use nn_core::data::Lazy;
    /// let squares = Lazy::new(10, |at, x: &mut usize, y: &mut usize| {
    ///     (*x, *y) = (at, at * at);
    ///     Ok(())
    /// });
    /// assert_eq!(squares.in_memory()?.get(9), Some((&9, &81)));
    ///
    /// let damaged = Lazy::new(10, |at, _: &mut usize, _: &mut usize| if at < 3 { Ok(()) } else { Err("no such line".into()) });
    /// assert_eq!(damaged.in_memory().unwrap_err().to_string(), "sample 3 cannot be read: no such line");
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn in_memory(&self) -> Result<Dataset<X, Y>, Error> {
        let (mut inputs, mut targets) = (sample::zeroed(self.count), sample::zeroed(self.count));
        for (number, (input, target)) in inputs.iter_mut().zip(&mut targets).enumerate() {
            (self.read)(number, input, target).map_err(|problem| unread(number, &*problem))?;
        }
        Dataset::new(inputs, targets)
    }
}

impl<X, Y> Samples for Lazy<'_, X, Y> {
    type Input = X;
    type Target = Y;
    fn set(&self) -> Set<'_, X, Y> {
        Set::Read(self.count, &*self.read)
    }
}

pub(crate) fn unread(sample: usize, problem: &(dyn AnyError + Send + Sync)) -> Error {
    Error::Read { sample, problem: problem.to_string() }
}

impl<X, Y> std::fmt::Debug for Lazy<'_, X, Y> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lazy").field("count", &self.count).finish_non_exhaustive()
    }
}
