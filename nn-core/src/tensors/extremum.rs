//! The greatest and the least of some values, and loops of which one iteration does something: for emitted code.

use super::Scalar;

/// The one position of a loop that does something, if it is one of so many.
///
/// ```
/// assert_eq!(nn_core::private::only(3, 5), 3..4);
/// assert!(nn_core::private::only(usize::MAX, 5).is_empty());
/// ```
#[inline(always)]
#[must_use]
pub fn only(position: usize, extent: usize) -> core::ops::Range<usize> {
    if position < extent { position..position + 1 } else { 0..0 }
}

/// The greatest of `best` and so many values. Many are compared in the lanes of vectors.
///
/// ```
/// let values: Vec<f32> = (0..50).map(|at| (at as f32 * 0.7).sin()).collect();
/// let best = nn_core::private::greatest(f32::NEG_INFINITY, values.len(), |at| values[at]);
/// assert_eq!(best, values.iter().copied().fold(f32::NEG_INFINITY, f32::max));
/// ```
#[inline(always)]
pub fn greatest<T: Scalar>(best: T, count: usize, value: impl FnMut(usize) -> T) -> T {
    extremum(best, count, value, T::maximum)
}

/// The least of `best` and so many values.
///
/// ```
/// assert_eq!(nn_core::private::least(0.5, 3, |at| [3.0, 0.25, 1.0][at]), 0.25);
/// ```
#[inline(always)]
pub fn least<T: Scalar>(best: T, count: usize, value: impl FnMut(usize) -> T) -> T {
    extremum(best, count, value, T::minimum)
}

#[inline(always)]
fn extremum<T: Scalar>(mut best: T, count: usize, mut value: impl FnMut(usize) -> T, better: impl Fn(T, T) -> T) -> T {
    const LANES: usize = 16;
    if count < LANES {
        for at in 0..count {
            best = better(best, value(at));
        }
        return best;
    }
    let mut lanes = [best; LANES];
    for row in 0..count / LANES {
        for (lane, one) in lanes.iter_mut().enumerate() {
            *one = better(*one, value(row * LANES + lane));
        }
    }
    for at in count / LANES * LANES..count {
        lanes[at % LANES] = better(lanes[at % LANES], value(at));
    }
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            lanes[lane] = better(lanes[lane], lanes[lane + half]);
        }
    }
    lanes[0]
}
