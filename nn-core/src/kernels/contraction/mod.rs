//! Sums of products: `out[…] = start[…] + sum[…](left[…] * right[…])`.
//!
//! Dense layers, convolutions and all their gradients are of this form. A contraction is a set of loops, each with a
//! stride in each of the four operands. A loop whose stride in `out` is 0 is summed over.
//!
//! # The order of every sum
//! It depends on the loops alone, never on the number of samples or the registers of the processor:
//! - In the *dot* kernel a sum has 16 lanes of `f32` or 8 of `f64`, which are added at the end, halves to halves: one
//!   register of AVX-512, two of AVX2 ([`Vector::PARTS`](crate::kernels::vector::Vector::PARTS)). Where products are not
//!   fused, it has the 4 or 2 lanes that every processor of such a target has. A sum of more than [`plan::DOT_CUT`]
//!   elements is done in parts. A sum over the samples too is done in parts of one sample each, so that it has the same
//!   bits whatever the size of the tiles.
//! - In all other kernels the terms are added one by one to the initial value. The samples are the outermost loop, so
//!   that the bits do not depend on the size of the tiles either. A scatter finishes all lanes of one iteration of its
//!   batch loops before the next, however many a vector has.
//! - Tiny and small contractions are code where they are called, in the order of the kernel that would run them.
//! - The contractions of a step of a stream have other loops than those of the whole. They are planned
//!   [like them](Contraction::like), with a kernel of the same order.

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
mod small;
mod sums;
#[cfg(test)]
mod tests;
mod tiny;
mod walk;

pub use loops::Loop;
pub use operands::{Operands, Start};
pub use plan::Contraction;
pub use run::{run_f32, run_f64};
pub use small::{run_small_f32, run_small_f64};
