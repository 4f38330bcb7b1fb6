//! All that emitted code may name. Not for users: it changes without notice.

pub use crate::compiled::{Compiled, CompiledLoss, MAX_TERMS, Pass, TrainScratch, check_indices, denominators, tile};
#[cfg(feature = "alloc")]
pub use alloc::boxed::Box;
pub use crate::kernels::contraction::{Contraction, Loop, Operands, Start};
pub use crate::kernels::instruction_set::InstructionSet;
pub use crate::memory::{Buffer, Memory};
pub use crate::plain::{Either, Fields, Pair, flatten, flatten_mut, zeroed};
