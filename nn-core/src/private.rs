//! All that emitted code may name. Not for users: it changes without notice.

#[cfg(feature = "alloc")]
pub use alloc::boxed::Box;

pub use crate::compiled::{
    Compiled, CompiledLoss, Layer, MAX_TERMS, Parameter, Pass, TrainScratch, check_indices, denominators, tile,
};
pub use crate::error::Error;
pub use crate::init::Init;
pub use crate::kernels::contraction::{Contraction, Loop, Operands, Start};
pub use crate::kernels::instruction_set::InstructionSet;
pub use crate::memory::{Buffer, Memory};
pub use crate::plain::{Either, Fields, Pair, Plain, flatten, flatten_mut, zeroed};
pub use crate::scalar::Scalar;
#[cfg(feature = "alloc")]
pub use crate::session::{Session, init};
pub use crate::shape::Dim;
pub use crate::size;
pub use crate::tensor::Tensor;
pub use typenum;

/// A loop of a contraction over the samples.
pub const fn samples([out, left, right, start]: [usize; 4]) -> Loop {
    Loop { extent: Loop::SAMPLES, out, left, right, start }
}

/// A loop of a contraction, and the steps of the result, of both factors and of the start.
pub const fn along(extent: usize, [out, left, right, start]: [usize; 4]) -> Loop {
    Loop { extent, out, left, right, start }
}
