//! The bodies of emitted functions: blocks, loops, statements and scalar expressions as Rust.

mod contract;
mod memory;
mod nest;
mod places;
mod reduction;
mod scalar;
mod stages;
pub(in crate::emit) mod tile;
mod windows;

pub(in crate::emit) use places::stored_path;
pub(in crate::emit) use scalar::{signed, wrapped};
