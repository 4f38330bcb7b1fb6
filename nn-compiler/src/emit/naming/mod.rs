//! What things are called in emitted code: identifiers, types of layers, sizes, plans of contractions.

pub(in crate::emit) mod names;
pub(in crate::emit) mod plans;
pub(in crate::emit) mod sizes;
