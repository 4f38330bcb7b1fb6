//! What it costs to pack a factor of an outer kernel, and what it saves. It does not change the order of a sum.

use super::{Contraction, Style};
use crate::kernels::contraction::Loop;
use crate::kernels::contraction::loops::MAX_LOOPS;

/// What it takes to copy a vector of results, in fused multiply-adds.
const SPREAD: usize = 6;

/// The work of an outer kernel. Costs are in fused multiply-adds, of which a processor starts two in a cycle.
#[derive(Clone, Copy)]
pub(crate) struct Work {
    /// The results that a vector of the right factor is for.
    pub(crate) rows: usize,
    /// The loops around the lanes that move the right factor.
    pub(crate) columns: usize,
    /// The trip count of the lane loop, and its stride in the right factor.
    pub(crate) length: usize,
    pub(crate) stride: isize,
    pub(crate) terms: usize,
}

impl Work {
    /// The cost of reading the right factor where it is.
    pub(crate) const fn direct(&self, lanes: usize) -> usize {
        let each = if self.stride == 1 { 0 } else { 3 * self.rows.div_ceil(6) };
        self.vectors(lanes).saturating_mul(self.rows + each).saturating_mul(self.terms)
    }

    /// The cost of packing it.
    pub(crate) const fn panels(&self, lanes: usize) -> usize {
        let vectors = self.columns.saturating_mul(self.length).div_ceil(lanes);
        let each = match self.stride {
            1 if self.length >= lanes => 4,
            // stores that cross lines of the cache
            1 => 8,
            2 => 8,
            _ => 2 * lanes,
        };
        let copied = self.terms.saturating_mul(each).saturating_add(self.rows.saturating_mul(SPREAD));
        let products = vectors.saturating_mul(self.rows).saturating_mul(self.terms);
        products.saturating_add(self.vectors(lanes).saturating_mul(copied))
    }

    /// The vectors in which no two rows of lanes meet.
    const fn vectors(&self, lanes: usize) -> usize {
        self.columns.saturating_mul(self.length.div_ceil(lanes))
    }
}

impl Contraction {
    /// Whether a vector of `lanes` holds all lanes, so that a longer one would be no faster: nor would one of twice as many
    /// that takes lanes from several rows.
    pub(super) const fn is_shorter_than(&self, lanes: usize) -> bool {
        if self.lane.extent > lanes {
            return false;
        }
        let [_, rows, columns, _] = self.ends;
        let work = Work {
            rows: runs(&self.loops, self.ends[0], rows),
            columns: runs(&self.loops, rows, columns),
            length: self.lane.extent,
            stride: self.lane.right,
            terms: runs(&self.loops, columns, self.ends[3]),
        };
        !matches!(self.style, Style::Outer) || work.panels(2 * lanes) >= work.direct(lanes)
    }
}

/// The iterations of some loops for one sample.
const fn runs(loops: &[Loop; MAX_LOOPS], first: usize, end: usize) -> usize {
    let (mut runs, mut i) = (1usize, first);
    while i < end {
        if loops[i].extent != Loop::SAMPLES {
            runs = runs.saturating_mul(loops[i].extent);
        }
        i += 1;
    }
    runs
}
