//! Stored tensors: parameters, frozen ones and states.

pub(in crate::lower) mod initial;
mod names;
pub(in crate::lower) mod parameters;
pub(in crate::lower) mod states;
