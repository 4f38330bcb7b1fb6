//! The loops in which a network spends its time. They know nothing of tensors and networks.

pub mod contraction;
pub mod instruction_set;
pub mod maths;
mod number;
mod vector;
