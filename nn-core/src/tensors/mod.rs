//! Numbers in memory: elements, plain data, shapes and tensors, and loops over slices of numbers.

pub(crate) mod constant_size;
mod conversion;
mod display;
pub(crate) mod extremum;
mod fields;
mod index;
mod iterate;
pub(crate) mod loops;
#[cfg(feature = "ndarray")]
mod ndarray;
pub(crate) mod plain;
pub(crate) mod sample;
mod scalar;
mod shape;
mod size;
pub(crate) mod size_message;
mod tensor;

pub use conversion::Holds;
pub use fields::{Either, Fields, Pair};
pub use index::Indexes;
pub use plain::{Element, Plain, zeroed};
pub use sample::Sample;
pub use scalar::Scalar;
pub use shape::Shape;
pub use size::Dim;
pub use tensor::Tensor;
