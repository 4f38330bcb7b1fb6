//! Networks and their memory, made in place on the heap.

use alloc::boxed::Box;

use super::{Compiled, CompiledLoss};
use crate::tensors::plain;

/// A network on the heap, with parameters drawn from a seed: `Net::init(seed)`, for any network.
///
/// It is made in place, without the stack. The bits of the parameters depend on the seed alone, on every platform.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let network = nn_core::init::<Line>(42);
/// assert_eq!(network.flat_params(), Line::init(42).flat_params());
/// # }
/// ```
#[must_use]
pub fn init<N: Compiled>(seed: u64) -> Box<N> {
    let mut network = plain::zeroed_box::<N>();
    network.initialise(seed);
    network
}

/// A workspace for training with tiles of [`TILE`](Compiled::TILE) samples, on the heap.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() -> Result<(), nn_core::Error> {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let network = Line::init(1);
/// let mut workspace = nn_core::train_workspace::<Line>();
/// let data = points(1000);
/// println!("{}", network.loss(data.inputs(), data.targets(), &mut workspace)?);
/// # Ok(()) }
/// ```
#[must_use]
pub fn train_workspace<N: CompiledLoss>() -> Box<[N::TrainScratch]> {
    plain::zeroed_slice(N::TILE)
}

/// A workspace for training on batches of `batch` samples, on the heap.
///
/// It holds the whole batch if the network takes statistics of it, as with a
/// [`BatchNorm2d`](crate::library::layers::BatchNorm2d), else at most [`TILE`](Compiled::TILE) samples.
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net { norm: BatchNorm1d(3), fc: Linear(3 => 1) }
///     fn forward(x: [3]) -> [1] { fc(norm(x)) }
///     loss = mse;
/// }
///
/// assert_eq!(nn_core::train_workspace_for::<Net>(500).len(), 500);
/// ```
#[must_use]
pub fn train_workspace_for<N: CompiledLoss>(batch: usize) -> Box<[N::TrainScratch]> {
    plain::zeroed_slice(if N::WHOLE_BATCH { batch } else { batch.min(N::TILE) })
}

/// Parameters of zeros, on the heap: memory for a gradient.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let mut gradient = nn_core::zero_gradient::<Line>();
/// assert_eq!(gradient.fc.bias.as_slice(), [0.0]);
/// assert_eq!(gradient.flat_mut().len(), 3);
/// # }
/// ```
#[must_use]
pub fn zero_gradient<N: Compiled>() -> Box<N::Params> {
    plain::zeroed_box()
}
