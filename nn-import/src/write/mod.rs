//! The network as text, and its weights as a file.

mod names;
mod print;
mod source;
mod uses;
mod weights;

pub(crate) use names::{type_name, unique};
pub(crate) use source::source;
pub(crate) use uses::Uses;
pub(crate) use weights::{tensors, to_file};
