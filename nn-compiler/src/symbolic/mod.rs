//! Scalar expressions: built simplified, differentiated by one table.

mod affine;
mod build;
mod derivative;
mod display;
mod ids;
mod node;
mod pool;
mod product;
mod relation;
mod rewrite;
pub mod rule;
pub mod table;

pub use affine::{Affine, Position, Table};
pub use derivative::derivative;
pub use display::{Names, Precedence};
pub use ids::{ExpressionId, Function, IndexId, TensorId};
pub use node::Node;
pub use pool::Pool;
pub use relation::Relation;
