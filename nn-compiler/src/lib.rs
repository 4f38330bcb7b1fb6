//! The compiler behind `network!`: tokens in, tokens out.
//!
//! A plain library, so that its passes can be tested and its results read. Users depend on `nn-core`,
//! which brings it along through the macro.

pub mod derivatives;
pub mod differentiate;
pub mod emit;
pub mod entry;
pub mod equation;
pub mod errors;
pub mod expand;
pub mod explain;
pub mod fold;
pub mod gradient;
pub mod layout;
pub mod lints;
pub mod lower;
pub mod lowered;
pub mod pipeline;
pub mod schedule;
pub mod shape;
pub mod simplify;
mod stored;
mod stream;
pub mod symbolic;
pub mod syntax;
pub mod weights;
