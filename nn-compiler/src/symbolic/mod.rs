//! Scalar expressions: built simplified, differentiated by one table.

mod build;
mod derivative;
mod display;
mod node;
mod rewrite;
pub mod rule;
pub mod table;

pub use derivative::derivative;
pub use display::Names;
pub use node::{Affine, ExpressionId, IndexId, Node, Pool, Position, Relation, Table, TensorId};
