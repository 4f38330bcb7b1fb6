//! Plans contractions while the user's program is compiled: the kernel of each, and the order of its loops.

mod choose;
mod contraction;
mod like;
mod list;
mod make;
mod reach;

pub use contraction::Contraction;
pub(crate) use contraction::{DOT_CUT, OUTER_CUT, PACKED_TERMS, SAMPLE_CHUNK, Style};
