//! What is decided before a function is written: where it is split into stages, which buffers may be borrowed at once,
//! which loops are unrolled, which slices are cut in front of a loop, which sizes need a type.

pub(in crate::emit) mod associated;
pub(in crate::emit) mod buffers;
pub(in crate::emit) mod forms;
pub(in crate::emit) mod loops;
pub(in crate::emit) mod outlines;
pub(in crate::emit) mod stages;
pub(in crate::emit) mod turns;
pub(in crate::emit) mod typed_sizes;
pub(in crate::emit) mod windows;
