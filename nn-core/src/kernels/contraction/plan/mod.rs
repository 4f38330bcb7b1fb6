//! Plans contractions while the user's program is compiled: the kernel of each, and the order of its loops.

mod choose;
mod contraction;
mod cost;
mod like;
mod list;
mod make;
mod panels;
mod reach;

pub use contraction::Contraction;
pub(crate) use contraction::{DOT_CUT, SAMPLE_CHUNK, Style};
pub(crate) use panels::Work as OuterWork;
