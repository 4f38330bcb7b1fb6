//! What things are called in emitted code: identifiers, types of layers, sizes, type parameters, plans of contractions.

pub(in crate::emit) mod generics;
pub(in crate::emit) mod identifiers;
pub(in crate::emit) mod names;
pub(in crate::emit) mod offsets;
pub(in crate::emit) mod plans;
pub(in crate::emit) mod sizes;
pub(in crate::emit) mod type_names;
pub(in crate::emit) mod written_sizes;
