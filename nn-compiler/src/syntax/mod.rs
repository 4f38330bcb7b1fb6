//! The language: from tokens to a tree that keeps every place in the source.

pub mod ast;
mod expression;
mod formula;
mod network;
mod recover;

pub use expression::parse_expression;
pub use formula::parse_formulas;
pub use network::parse_network;
pub use recover::recover_network;
