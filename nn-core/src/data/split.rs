//! Sets from the parts of a set.

use std::collections::BTreeMap;

use super::Dataset;
use crate::error::Error;

impl<X, Y> Dataset<X, Y> {
    /// Two sets: the first `at` samples, and the others.
    ///
    /// # Errors
    /// [`Error::Length`] if there are fewer than `at`.
    ///
    /// ```
    /// let data = nn_core::data::Dataset::from_iter([(0.5, 1), (0.6, 0), (0.7, 1)]);
    /// let (first, others) = data.split_at(2)?;
    /// assert_eq!((first.len(), others.len()), (2, 1));
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn split_at(mut self, at: usize) -> Result<(Self, Self), Error> {
        if at > self.len() {
            return Err(Error::Length { what: "samples to split", expected: at, found: self.len() });
        }
        let others = Dataset { inputs: self.inputs.split_off(at), targets: self.targets.split_off(at) };
        Ok((self, others))
    }

    /// Two sets: a random `fraction` of the samples, rounded to a whole number, and the others. They depend on the seed
    /// and the number of samples alone.
    ///
    /// # Errors
    /// [`Error::Setting`] if the fraction is not in 0 ≤ fraction ≤ 1.
    ///
    /// ```
    /// let data: nn_core::data::Dataset<_, _> = (0..10).map(|x| (x, x % 2)).collect();
    /// let (train, test) = data.split(0.8, 42)?;
    /// assert_eq!((train.len(), test.len()), (8, 2));
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn split(mut self, fraction: f64, seed: u64) -> Result<(Self, Self), Error> {
        check_fraction(fraction)?;
        self.shuffle(seed);
        let count = part(fraction, self.len());
        self.split_at(count)
    }
}

impl<X> Dataset<X, usize> {
    /// Two sets: a random `fraction` of the samples of each class, rounded to a whole number, and the others. They depend on
    /// the seed and the classes alone. In this way a rare class is in both sets.
    ///
    /// # Errors
    /// [`Error::Setting`] if the fraction is not in 0 ≤ fraction ≤ 1.
    ///
    /// ```
    /// let data: nn_core::data::Dataset<_, _> = (0..100).map(|at| (at, usize::from(at % 10 == 0))).collect();
    /// let (train, test) = data.split_by_class(0.8, 42)?;
    /// let rare = |classes: &[usize]| classes.iter().filter(|class| **class == 1).count();
    /// assert_eq!((train.len(), rare(train.targets())), (80, 8));
    /// assert_eq!((test.len(), rare(test.targets())), (20, 2));
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn split_by_class(mut self, fraction: f64, seed: u64) -> Result<(Self, Self), Error> {
        check_fraction(fraction)?;
        self.shuffle(seed);
        // of each class: the samples that are still to come into the first set
        let mut wanted = BTreeMap::new();
        self.targets.iter().for_each(|class| *wanted.entry(*class).or_insert(0) += 1);
        wanted.values_mut().for_each(|count| *count = part(fraction, *count));
        let mut end = 0;
        for at in 0..self.len() {
            if let Some(left @ 1..) = wanted.get_mut(&self.targets[at]) {
                *left -= 1;
                self.inputs.swap(end, at);
                self.targets.swap(end, at);
                end += 1;
            }
        }
        self.split_at(end)
    }
}

fn check_fraction(fraction: f64) -> Result<(), Error> {
    if (0.0..=1.0).contains(&fraction) {
        return Ok(());
    }
    Err(Error::Setting { setting: "fraction", must: "be in 0 ≤ fraction ≤ 1" })
}

/// A part of a number of samples, rounded.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 ≤ part ≤ count
fn part(fraction: f64, count: usize) -> usize {
    (fraction * count as f64).round() as usize
}
