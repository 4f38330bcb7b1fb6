//! Shapes: sizes, and fitting declared shapes to given ones.

pub(in crate::lower) mod axes;
pub(in crate::lower) mod fit;
mod mismatch;
pub(in crate::lower) mod program_sizes;
pub(in crate::lower) mod shapes;
pub(in crate::lower) mod sizes;
pub(in crate::lower) mod unify;
