//! Equations: definitions, scalar expressions, reductions, and the positions of reads.

pub(in crate::lower) mod assign;
mod elements;
pub(in crate::lower) mod extents;
mod left_side;
pub(in crate::lower) mod numbers;
pub(in crate::lower) mod position_tables;
pub(in crate::lower) mod positions;
pub(in crate::lower) mod reductions;
pub(in crate::lower) mod scalars;
pub(in crate::lower) mod values;
