//! What a contraction costs with a certain kernel, in operations of a vector of 8 lanes, whatever the processor has: the order
//! of a sum follows from the choice, and has to be the same everywhere.

use super::list::{List, times};
use crate::kernels::contraction::Loop;

/// The lanes of the vectors for which costs are estimated.
const LANES: usize = 8;
/// The number of samples for which costs are estimated.
pub(super) const TYPICAL_SAMPLES: usize = 16;
/// The most terms of a sum for which a factor is packed where the results that read it are those of several samples.
const PACKED_TERMS: usize = 12;
/// The fewest results of a vector for which it is packed where its lanes are every second element.
const PACKED_ROWS: usize = 6;

/// The output loop that costs least as the lane loop, and its cost.
pub(super) const fn cheapest_outer(outputs: &List, sums: &List) -> (usize, usize) {
    let (mut best, mut best_cost) = (0, usize::MAX);
    let mut i = 0;
    while i < outputs.count {
        let cost = cost_of_outer(outputs, i, sums);
        if cost < best_cost {
            (best, best_cost) = (i, cost);
        }
        i += 1;
    }
    (best, best_cost)
}

/// The cost with a certain lane loop; the greatest where it cannot be one.
const fn cost_of_outer(outputs: &List, lane: usize, sums: &List) -> usize {
    let mut others = *outputs;
    let l = others.remove(lane);
    if (l.left == 0) == (l.right == 0) {
        return usize::MAX;
    }
    let stride = if l.left == 0 { l.right } else { l.left };
    let in_place = l.out == 1 && l.start <= 1;
    let terms = sums.runs(TYPICAL_SAMPLES);
    let vectors = times(&l, TYPICAL_SAMPLES).div_ceil(LANES);
    // Each vector of results is also read and written.
    let products = others.runs(TYPICAL_SAMPLES).saturating_mul(vectors).saturating_mul(terms.saturating_add(2));
    if in_place && stride == 1 {
        return products;
    }
    let results = Results::of(&others, l.left == 0);
    // a single sample would not be worth the packing of many terms
    if l.extent == Loop::SAMPLES || (results.rows_are_samples && terms > PACKED_TERMS) {
        return usize::MAX;
    }
    let positions = results.positions.saturating_mul(vectors);
    let read = match stride {
        1 | 2 if in_place && results.rows < PACKED_ROWS => results.rows,
        1 => 2,
        2 => 4,
        _ => 2 * LANES,
    };
    let copied = if l.out == 1 { 4 } else { 4 * LANES };
    let read = positions.saturating_mul(terms).saturating_mul(read);
    products.saturating_add(read).saturating_add(positions.saturating_mul(results.rows).saturating_mul(copied))
}

/// The results around the lanes: those that read one vector of the factor, and the vectors.
struct Results {
    rows: usize,
    positions: usize,
    rows_are_samples: bool,
}

impl Results {
    /// The results of some loops, where the lanes are in the right factor or in the left one.
    const fn of(others: &List, in_right: bool) -> Self {
        let mut results = Results { rows: 1, positions: 1, rows_are_samples: false };
        let mut i = 0;
        while i < others.count {
            let other = others.loops[i];
            let runs = times(&other, TYPICAL_SAMPLES);
            let moves = if in_right { other.right != 0 } else { other.left != 0 };
            if moves {
                results.positions = results.positions.saturating_mul(runs);
            } else {
                results.rows = results.rows.saturating_mul(runs);
                results.rows_are_samples |= other.extent == Loop::SAMPLES;
            }
            i += 1;
        }
        results
    }
}

/// The loop of the sums that costs least as the lane loop, and its cost.
pub(super) const fn cheapest_dot(outputs: &List, sums: &List, ones: bool) -> (usize, usize) {
    let (mut best, mut best_cost) = (0, usize::MAX);
    // a vector that is for one result takes as long as two
    let each = if ones || shares_vectors(outputs) { 1 } else { 2 };
    let mut i = 0;
    while i < sums.count {
        let l = sums.loops[i];
        if l.left == 1 && (l.right == 1 || ones) && l.extent != Loop::SAMPLES {
            let mut others = *sums;
            others.remove(i);
            let vectors = others.runs(TYPICAL_SAMPLES).saturating_mul(l.extent.div_ceil(LANES)).saturating_mul(each);
            // Adding up the lanes takes about as long as two vectors.
            let cost = outputs.runs(TYPICAL_SAMPLES).saturating_mul(vectors.saturating_add(2));
            if cost < best_cost {
                (best, best_cost) = (i, cost);
            }
        }
        i += 1;
    }
    (best, best_cost)
}

/// Whether several results read each part of the left factor, and several each part of the right one.
const fn shares_vectors(outputs: &List) -> bool {
    let (mut rows, mut columns, mut i) = (false, false, 0);
    while i < outputs.count {
        let l = outputs.loops[i];
        rows |= l.right == 0;
        columns |= l.left == 0;
        i += 1;
    }
    rows && columns
}
