//! Sums of products: `out[…] = start[…] + sum[…](left[…] * right[…])`.
//!
//! Dense layers, convolutions and all their gradients are of this form. A contraction is a set of
//! loops; each says how far the four operands move when it advances by one. A loop along which `out`
//! does not move is summed over.
//!
//! # The order of every sum
//! It is a function of the loops and the instruction set, never of the number of samples:
//! - Where a *dot* kernel is chosen, each lane of a vector has its own sum, and the lanes are added at the
//!   end. A sum of more than [`plan::DOT_CUT`] elements is cut. If it also runs over the samples, it is cut after
//!   each of them: a sum over samples has the same bits however these are split into tiles.
//! - Everywhere else (lanes along an output loop, with a factor packed or not, or no lanes) the terms are added
//!   one by one to what the sum starts with, the samples outermost, with the same consequence.

mod blocks;
mod dot;
mod general;
mod loops;
mod operands;
mod outer;
mod places;
mod plan;
mod pointers;
mod run;
mod sums;
#[cfg(test)]
mod tests;
mod tiny;
mod walk;

pub use loops::Loop;
pub use operands::{Operands, Start};
pub use plan::Contraction;
pub use run::{run_f32, run_f64};
