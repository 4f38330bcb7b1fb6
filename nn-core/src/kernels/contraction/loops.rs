//! The loops of a contraction.

/// One loop of a contraction: its trip count, and its stride in each operand, in elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loop {
    /// The trip count; [`Loop::SAMPLES`] where it is the number of samples, which is known at run time.
    pub extent: usize,
    /// The stride in the result. A loop with stride 0 is summed over.
    pub out: usize,
    /// The stride in the left factor. Where it is negative, the loop begins at the far end.
    pub left: isize,
    /// The stride in the right factor. Where it is negative, the loop begins at the far end.
    pub right: isize,
    /// The stride in the initial values of the sums.
    pub start: usize,
}

impl Loop {
    /// The extent of a loop over the samples of a tile.
    pub const SAMPLES: usize = usize::MAX;
    /// A loop with one iteration, which stands where there is none.
    pub(super) const ONCE: Loop = Loop { extent: 1, out: 0, left: 0, right: 0, start: 0 };
}

/// The most loops that a contraction can have.
pub const MAX_LOOPS: usize = 10;
