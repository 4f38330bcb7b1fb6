//! Stored tensors: parameters and states.

mod names;
pub(in crate::lower) mod parameters;
pub(in crate::lower) mod states;
