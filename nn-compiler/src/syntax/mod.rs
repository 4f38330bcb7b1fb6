//! The language: from tokens to a tree that keeps every place in the source.

mod argument_lists;
pub mod ast;
mod attributes;
mod check;
mod choices;
mod example;
mod expression;
mod formula;
mod habits;
mod name;
mod network;
mod recover;
mod scan;
mod statement;
mod submodel;
mod tokens;
mod types;
mod weights;

pub use check::check_names;
pub(crate) use check::is_reserved;
pub use expression::parse_expression;
pub use formula::parse_formulas;
pub(crate) use name::{RawOrPlain, is_keyword};
pub use network::parse_network;
pub use recover::recover_network;
pub use submodel::parse_imported;
pub(crate) use tokens::parse_all;
pub(crate) use types::parse_type;
