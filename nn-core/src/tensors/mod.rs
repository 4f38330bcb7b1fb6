//! Numbers in memory: elements, plain data, shapes and tensors, and loops over slices of numbers.

pub(crate) mod constant_size;
mod fields;
mod index;
pub(crate) mod loops;
mod nested;
pub(crate) mod plain;
pub(crate) mod sample;
mod scalar;
mod shape;
mod size;
pub(crate) mod size_message;
mod tensor;
mod text;

pub use fields::{Either, Fields, Pair};
pub use plain::{Element, Plain, zeroed};
pub use sample::Sample;
pub use scalar::Scalar;
pub use shape::Shape;
pub use size::Dim;
pub use tensor::Tensor;
