//! Functions of samples that emitted code calls: the size of tiles, checks of indices, denominators.

use super::MAX_TERMS;
use crate::error::Error;

/// The result of a check.
pub type Checked = Result<(), Error>;

/// The number of samples in a tile, 16 to 64, when each takes so many elements of workspace: as many as stay in the
/// cache, but not so few that weights are read for a few samples only.
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
/// [`Error::Class`] with the first that is not.
#[inline]
pub fn check_indices(indices: &[usize], classes: usize, what: &'static str, sample: usize) -> Checked {
    match indices.iter().find(|index| **index >= classes) {
        None => Ok(()),
        Some(found) => Err(Error::Class { what, sample, found: *found, classes }),
    }
}

/// Checks that every index is below `classes`, or is `none`.
///
/// # Errors
/// [`Error::Class`] with the first that is neither.
#[inline]
pub fn check_indices_or(indices: &[usize], classes: usize, none: usize, what: &'static str, sample: usize) -> Checked {
    indices
        .iter()
        .filter(|index| **index != none)
        .try_for_each(|index| check_indices(core::slice::from_ref(index), classes, what, sample))
}

/// The denominator of each term of a loss: the number of samples for a mean over them, else 1.
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
