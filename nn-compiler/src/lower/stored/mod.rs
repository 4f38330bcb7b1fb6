//! Stored tensors: parameters and states.

pub(in crate::lower) mod parameters;
pub(in crate::lower) mod states;
