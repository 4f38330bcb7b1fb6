//! Functions of samples that emitted code calls: the size of tiles, checks of indices, denominators.

use super::MAX_TERMS;
use crate::error::Error;

/// The result of a check.
pub type Checked = Result<(), Error>;

/// The number of samples in a tile, up to 64, when each takes so many elements of workspace: as many as stay in the cache.
///
/// Where 16 do not, each value of a sample is read from further away, and so are the parameters for each tile. Then a
/// tile has so many samples that the parameters are a quarter of what its samples take, 16 at most.
#[must_use]
pub const fn tile(elements: usize, parameters: usize) -> usize {
    const CACHED: usize = 128 * 1024;
    const FEW: usize = 16;
    const MOST: usize = 64;
    let elements = if elements > 0 { elements } else { 1 };
    let fitting = CACHED / elements;
    if fitting >= MOST {
        return MOST;
    }
    if fitting > FEW {
        return fitting / FEW * FEW;
    }
    let shared = parameters.saturating_mul(4).div_ceil(elements);
    let least = if fitting > 0 { fitting } else { 1 };
    if shared >= FEW {
        FEW
    } else if shared > least {
        shared
    } else {
        least
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

#[cfg(test)]
mod tests {
    use super::tile;

    #[test]
    fn tiles_fit_the_cache() {
        assert_eq!(tile(0, 0), 64);
        assert_eq!(tile(8000, 10_000), 16);
        assert_eq!(tile(4000, 10_000), 32);
        // many parameters, and few
        assert_eq!(tile(60_000, 800_000), 16);
        assert_eq!(tile(60_000, 80_000), 6);
        assert_eq!(tile(400_000, 100_000), 1);
        assert_eq!(tile(usize::MAX, usize::MAX), 1);
    }
}
