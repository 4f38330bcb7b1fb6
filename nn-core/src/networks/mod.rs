//! Networks: the traits that `network!` implements, and the methods that users call.

mod accepts;
mod batch;
mod compiled;
pub mod derivatives;
pub(crate) mod embedded;
mod fold;
mod gradient;
#[cfg(feature = "alloc")]
mod heap;
mod memory;
mod network;
#[cfg(feature = "parallel")]
mod parallel;
mod pass;
pub(crate) mod samples;
#[cfg(feature = "alloc")]
mod session;
pub(crate) mod stage;
mod stream;
mod turns;
pub(crate) mod unknown;

pub use accepts::{Accepts, Is, Same, Takes, role};
pub use compiled::{
    Compiled, CompiledFold, CompiledLoss, CompiledStream, DerivedByInputs, ForwardTile, GradientTile, StepTile,
};
pub use derivatives::{CompiledDerivative, DerivativeTile, Derivatives, Hvp, Jvp, Pullback, Vjp};
pub use fold::Fold;
pub use gradient::{Train, TrainWorkspace};
#[cfg(feature = "alloc")]
pub use heap::{init, train_workspace, train_workspace_for, zero_gradient};
pub use memory::Memory;
pub use network::{Network, Workspace};
#[cfg(feature = "parallel")]
pub use parallel::{Parallel, Team};
pub use pass::{MAX_TERMS, Pass};
#[cfg(feature = "alloc")]
pub use session::Session;
#[cfg(feature = "alloc")]
pub use stream::Stream;
pub use stream::{StreamMemory, Streamed};
