//! Decides, while the user's program is compiled, how a contraction will run.

mod choose;
mod contraction;
mod list;
mod make;
mod reach;

pub use contraction::Contraction;
pub(crate) use contraction::{DOT_CUT, OUTER_CUT, PACKED_TERMS, SAMPLE_CHUNK, Style};
