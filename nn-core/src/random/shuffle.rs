//! Random orders.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// Shuffles items (R. Fisher, F. Yates, 1938). The order depends on `seed`, `stream` and the number of items alone.
pub(crate) fn shuffle<T>(items: &mut [T], seed: u64, stream: u64) {
    let mut source = ChaCha8Rng::seed_from_u64(seed);
    source.set_stream(stream);
    for last in (1..items.len()).rev() {
        swap(items, below(&mut source, last as u64 + 1), last);
    }
}

/// Swaps two items in place. `slice::swap` would copy one of them, however large, to the stack.
fn swap<T>(items: &mut [T], first: usize, last: usize) {
    let (before, after) = items.split_at_mut(last);
    if let (Some(first), Some(last)) = (before.get_mut(first..=first), after.first_mut()) {
        first.swap_with_slice(core::slice::from_mut(last));
    }
}

/// A number in 0 ≤ n < `bound`, all equally likely (D. Lemire, "Fast random integer generation in an
/// interval", 2019).
#[allow(clippy::cast_possible_truncation)] // the halves of 128 bits; less than a `usize` bound
fn below(source: &mut ChaCha8Rng, bound: u64) -> usize {
    // Products below this would make some numbers more likely than others: 2^64 is no multiple of `bound`.
    let uneven = bound.wrapping_neg() % bound;
    loop {
        let product = u128::from(source.next_u64()) * u128::from(bound);
        if product as u64 >= uneven {
            return (product >> 64) as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_a_permutation_fixed_by_seed_and_stream() {
        let shuffled = |seed, stream| {
            let mut items: [usize; 8] = std::array::from_fn(|at| at);
            shuffle(&mut items, seed, stream);
            items
        };
        let first = shuffled(1, 0);
        assert_eq!(first, shuffled(1, 0));
        assert_ne!(first, shuffled(1, 1));
        assert_ne!(first, shuffled(2, 0));
        let mut sorted = first;
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn every_place_is_equally_likely() {
        let mut counts = [[0u32; 4]; 4];
        for seed in 0..4000 {
            let mut items = [0usize, 1, 2, 3];
            shuffle(&mut items, seed, 0);
            for (place, item) in items.into_iter().enumerate() {
                counts[place][item] += 1;
            }
        }
        // 1000 expected, standard deviation 27.
        assert!(counts.as_flattened().iter().all(|count| count.abs_diff(1000) < 140), "{counts:?}");
    }
}
