//! The emitted items: structs, the implementations of traits, tables, macros.

mod batch;
mod checks;
mod constants;
mod denominators;
pub(in crate::emit) mod export;
pub(in crate::emit) mod fallback;
mod fold;
pub(in crate::emit) mod generics;
mod initial;
pub(in crate::emit) mod once;
mod storage;
pub(in crate::emit) mod structs;
pub(in crate::emit) mod traits;
