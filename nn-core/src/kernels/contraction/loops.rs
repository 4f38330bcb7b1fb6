//! The loops of a contraction.

/// One loop of a contraction: how often it runs, and the step of every operand in elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loop {
    /// How often it runs; [`Loop::SAMPLES`] where that is the number of samples, known at run time.
    pub extent: usize,
    /// The step in the result; 0: summed over.
    pub out: usize,
    /// The step in the left factor; a loop with a negative one begins at its far end.
    pub left: isize,
    /// The step in the right factor; a loop with a negative one begins at its far end.
    pub right: isize,
    /// The step in what the sum starts from.
    pub start: usize,
}

impl Loop {
    /// The extent of a loop over the samples of a tile.
    pub const SAMPLES: usize = usize::MAX;
    /// Stands for no loop.
    pub(super) const ONCE: Loop = Loop { extent: 1, out: 0, left: 0, right: 0, start: 0 };
}

/// The most loops that a contraction can have.
pub const MAX_LOOPS: usize = 10;
