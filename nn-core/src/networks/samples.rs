//! What emitted code asks about samples: whether their indices are in range, and how many are worked on together.

use super::MAX_TERMS;
use crate::error::Error;

/// Whether a sample is as it should be.
pub type Checked = Result<(), Error>;

/// How many samples are worked on together when one takes so many elements: as many as stay in the cache, but
/// not so few that weights are read for a few samples only.
#[must_use]
pub const fn tile(elements: usize) -> usize {
    const CACHED: usize = 256 * 1024;
    const LEAST: usize = 16;
    const MOST: usize = 64;
    let fitting = CACHED / if elements > 0 { elements } else { 1 };
    if fitting >= MOST {
        MOST
    } else if fitting > LEAST {
        fitting / LEAST * LEAST
    } else {
        LEAST
    }
}

/// Checks that every index is below `classes`.
///
/// # Errors
/// [`Error::Class`] naming the first that is not.
#[inline]
pub fn check_indices(indices: &[usize], classes: usize, what: &'static str, sample: usize) -> Checked {
    match indices.iter().find(|index| **index >= classes) {
        None => Ok(()),
        Some(found) => Err(Error::Class { what, sample, found: *found, classes }),
    }
}

/// The same where one more index stands for none.
///
/// # Errors
/// [`Error::Class`] naming the first that is neither.
#[inline]
pub fn check_indices_or(indices: &[usize], classes: usize, none: usize, what: &'static str, sample: usize) -> Checked {
    indices
        .iter()
        .filter(|index| **index != none)
        .try_for_each(|index| check_indices(core::slice::from_ref(index), classes, what, sample))
}

/// What each term of a loss is divided by: the number of samples where it is a mean over them.
#[must_use]
#[inline]
#[allow(clippy::cast_precision_loss)] // far fewer samples than 2^52
pub fn denominators(samples: usize, means: &[bool]) -> [f64; MAX_TERMS] {
    let mut denominators = [1.0; MAX_TERMS];
    for (denominator, mean) in denominators.iter_mut().zip(means) {
        if *mean {
            *denominator = samples as f64;
        }
    }
    denominators
}
