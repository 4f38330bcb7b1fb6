//! The loops in which a network spends its time.

pub mod contraction;
pub mod instruction_set;
pub mod maths;
mod number;
mod vector;
