//! A network without its numbers: its parameters, its layers, and both as a table.

mod layer;
mod parameter;
pub(crate) mod pattern;
mod summary;

pub use layer::Layer;
pub use parameter::Parameter;
pub(crate) use parameter::check_table;
pub use summary::Summary;
