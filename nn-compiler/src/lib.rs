//! The compiler behind `network!`.

pub mod errors;
pub mod syntax;
pub mod shape;
pub mod symbolic;
pub mod equation;
pub mod lower;
pub mod differentiate;
pub mod simplify;
pub mod schedule;
