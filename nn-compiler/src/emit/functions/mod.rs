//! The bodies of emitted functions: blocks, loops, statements and scalar expressions as Rust.

pub(in crate::emit) mod code;
mod contraction;
mod fill;
mod nest;
pub(in crate::emit) mod numbers;
mod offsets;
mod outline;
mod places;
mod positions;
mod reduction;
mod scalar;
pub(in crate::emit) mod stages;
pub(in crate::emit) mod tile;
mod windows;

pub(in crate::emit) use places::stored_path;
