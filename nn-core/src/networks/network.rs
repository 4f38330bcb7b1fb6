//! The methods of networks.

use super::memory::tile_of;
use super::{Accepts, Compiled, ForwardTile, Memory, Takes, role};
use crate::description::{Summary, check_table};
use crate::error::{Error, same_length};
use crate::kernels::instruction_set::InstructionSet;
use crate::tensors::{Plain, Scalar, plain};

/// The workspace for predictions of `TILE` samples at a time: `TILE` times [`INFER_BYTES`](Network::INFER_BYTES) bytes.
///
/// A workspace of one sample is the smallest. Larger ones, up to about [`Compiled::TILE`], are faster for a slice of
/// samples. The contents mean nothing between two calls.
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net { fc: Linear(3 => 2) }
///     fn forward(x: [3]) -> [2] { fc(x).relu() }
/// }
///
/// let network = Net::init(1);
/// let mut workspace: nn_core::Workspace<Net, 16> = nn_core::zeroed();
/// let (inputs, mut outputs) = (vec![Tensor::filled(0.5); 100], vec![Tensor::zeros(); 100]);
/// network.forward_batch(&inputs, &mut workspace, &mut outputs)?;
/// assert_eq!(outputs[0], outputs[99]);
/// # Ok::<(), nn_core::Error>(())
/// ```
pub type Workspace<N, const TILE: usize = 1> = [<N as Compiled>::Scratch; TILE];

/// The methods of every network that is declared with [`network!`](macro@crate::network): predictions, and sizes.
///
/// Shapes are those of one sample, and many samples are a slice. `Input`, `Output` and `Scratch` (the workspace of one
/// sample) are types of [`Compiled`].
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net { fc: Linear(3 => 2) }
///     fn forward(x: [3]) -> [2] { fc(x).relu() }
/// }
///
/// let mut network = Net::init(42);
/// network.params.fc.bias = Tensor::from([1.0, -1.0]);
/// let mut output = Tensor::zeros();
/// network.forward(&Tensor::zeros(), &mut [nn_core::zeroed()], &mut output);
/// assert_eq!(output.as_slice(), [1.0, 0.0]);
/// ```
pub trait Network: Compiled {
    /// The number of trainable parameters.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::Network;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// assert_eq!(Line::PARAMS, 2 + 1);
    /// # }
    /// ```
    const PARAMS: usize = <Self::Params as Plain>::LEN;
    /// The bytes of workspace for the prediction of one sample.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::{Network, Workspace};
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// assert_eq!(size_of::<Workspace<Line, 16>>(), 16 * Line::INFER_BYTES);
    /// # }
    /// ```
    const INFER_BYTES: usize = size_of::<Self::Scratch>();

    /// All parameters as one slice, in the order of [`PARAMETERS`](Compiled::PARAMETERS), for example to save them.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let network = Line::init(1);
    /// let bytes: Vec<u8> = network.flat_params().iter().flat_map(|w| w.to_le_bytes()).collect();
    /// assert_eq!(bytes.len(), 3 * 4);
    /// # Ok(()) }
    /// ```
    fn flat_params(&self) -> &[Self::Scalar] {
        const { check_table(Self::PARAMETERS, <Self::Params as Plain>::LEN) }
        self.params().flat()
    }

    /// All parameters as one mutable slice, for example to load them.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut network = Line::init(1);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// assert_eq!(network.params.fc.weight[[0, 1]], -1.0);
    /// assert_eq!(network.params.fc.bias[[0]], 0.5);
    /// # Ok(()) }
    /// ```
    fn flat_params_mut(&mut self) -> &mut [Self::Scalar] {
        const { check_table(Self::PARAMETERS, <Self::Params as Plain>::LEN) }
        self.params_mut().flat_mut()
    }

    /// The parameters of all frozen layers as one slice, in the order of [`FROZEN`](Compiled::FROZEN): no optimiser sees
    /// them. Empty for most networks.
    ///
    /// ```
    /// use nn_core::prelude::*;
    ///
    /// network! {
    ///     struct Net { #[frozen] body: Linear(2 => 3), head: Linear(3 => 1) }
    ///     fn forward(x: [2]) -> [1] { head(body(x).relu()) }
    /// }
    ///
    /// let network = Net::init(1);
    /// assert_eq!((network.flat_params().len(), network.flat_frozen().len()), (3 + 1, 2 * 3 + 3));
    /// assert_eq!(network.frozen.body.bias.as_slice(), &network.flat_frozen()[6..]);
    /// ```
    fn flat_frozen(&self) -> &[Self::Scalar] {
        const { check_table(Self::FROZEN, <Self::Frozen as Plain>::LEN) }
        self.frozen().flat()
    }

    /// The same as one mutable slice, for example to take over what was trained elsewhere.
    ///
    /// ```
    /// use nn_core::prelude::*;
    ///
    /// network! {
    ///     struct Net { #[frozen] body: Linear(2 => 1), head: Linear(1 => 1) }
    ///     fn forward(x: [2]) -> [1] { head(body(x).relu()) }
    /// }
    ///
    /// let mut network = Net::init(1);
    /// network.flat_frozen_mut().copy_from_slice(&[0.5, 4.0, 0.0]);
    /// assert_eq!(network.frozen.body.weight[[0, 1]], 4.0);
    /// ```
    fn flat_frozen_mut(&mut self) -> &mut [Self::Scalar] {
        const { check_table(Self::FROZEN, <Self::Frozen as Plain>::LEN) }
        self.frozen_mut().flat_mut()
    }

    /// All of the state as one slice, in the order of [`STATES`](Compiled::STATES): running statistics, which no
    /// optimiser sees. Empty for most networks.
    ///
    /// ```
    /// use nn_core::prelude::*;
    ///
    /// network! {
    ///     struct Net { fc: Linear(2 => 3), norm: BatchNorm1d(3) }
    ///     fn forward(x: [2]) -> [3] { norm(fc(x)) }
    /// }
    ///
    /// let network = Net::init(1);
    /// assert_eq!(network.flat_state(), [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]); // means, then variances
    /// assert_eq!(network.state.norm.running_var.as_slice(), [1.0; 3]);
    /// ```
    fn flat_state(&self) -> &[Self::Scalar] {
        const { check_table(Self::STATES, <Self::State as Plain>::LEN) }
        self.state().flat()
    }

    /// All of the state as one mutable slice, for example to load what was trained elsewhere.
    ///
    /// ```
    /// use nn_core::prelude::*;
    ///
    /// network! {
    ///     struct Net { fc: Linear(2 => 1), norm: BatchNorm1d(1) }
    ///     fn forward(x: [2]) -> [1] { norm(fc(x)) }
    /// }
    ///
    /// let mut network = Net::init(1);
    /// network.flat_state_mut().copy_from_slice(&[0.5, 4.0]);
    /// assert_eq!(network.state.norm.running_mean[[0]], 0.5);
    /// ```
    fn flat_state_mut(&mut self) -> &mut [Self::Scalar] {
        const { check_table(Self::STATES, <Self::State as Plain>::LEN) }
        self.state_mut().flat_mut()
    }

    /// A network on the heap, with parameters drawn from a seed: for `f64`, or where the type is inferred.
    /// `Net::init(seed)` does the same for `f32`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut session = Session::new(Line::<f64>::init_as(0));
    /// let y: f64 = session.forward(&Tensor::from([0.1, 0.2]))[[0]];
    /// assert!(y.is_finite());
    /// # Ok(()) }
    /// ```
    #[cfg(feature = "alloc")]
    #[must_use]
    fn init_as(seed: u64) -> alloc::boxed::Box<Self> {
        super::init(seed)
    }

    /// A copy of the network on the heap, made without the stack: what `clone` does for a `Box<Net>`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let mut session = Line::session(1);
    /// let before = session.network.to_box();
    /// Trainer::new(Adam::new(0.1)).quiet().fit(&mut session, &points(64), None)?;
    /// assert_ne!(before.flat_params(), session.network.flat_params());
    /// # Ok(()) }
    /// ```
    #[cfg(feature = "alloc")]
    #[must_use]
    #[doc(alias = "clone")]
    fn to_box(&self) -> alloc::boxed::Box<Self> {
        plain::boxed(self)
    }

    /// The network as a table: layers, shapes, parameters, operations and bytes.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// println!("{}", Line::summary());
    /// assert_eq!(Line::summary().macs, 2);
    /// # Ok(()) }
    /// ```
    fn summary() -> Summary {
        Summary {
            name: Self::NAME,
            scalar: Self::Scalar::NAME,
            layers: Self::LAYERS,
            params: Self::PARAMS,
            frozen: <Self::Frozen as Plain>::LEN,
            macs: Self::MACS,
            params_bytes: size_of::<Self::Params>() + size_of::<Self::Frozen>(),
            infer_bytes: Self::INFER_BYTES,
        }
    }

    /// Predicts one sample. It allocates nothing. A [`Session`](crate::Session) has a workspace and an output of its
    /// own.
    ///
    /// # Panics
    /// If the workspace is empty, or an index in the input is out of range. Where that may happen, use
    /// [`forward_batch`](Network::forward_batch).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut network = Line::init(1);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// let (mut workspace, mut output) = ([nn_core::zeroed()], Tensor::zeros());
    /// network.forward(&Tensor::from([1.0, 1.0]), &mut workspace, &mut output);
    /// assert_eq!(output[[0]], 1.5);
    /// # Ok(()) }
    /// ```
    #[inline]
    fn forward<X, O>(&self, input: X, workspace: &mut [Self::Scratch], output: &mut O)
    where
        Self: Accepts<X, Own = Self::Input> + Takes<role::Output, O, Own = Self::Output>,
    {
        let inputs = core::slice::from_ref(Self::accept(&input));
        if let Err(error) = predict(self, inputs, workspace, Self::own_mut(core::slice::from_mut(output))) {
            refused(&error);
        }
    }

    /// Predicts a slice of samples, in tiles as large as the workspace. It allocates nothing.
    ///
    /// Each sample gets the same bits as it would alone.
    ///
    /// # Errors
    /// [`Error::Length`] if there are not as many outputs as inputs or the workspace is empty,
    /// [`Error::Class`] if an index in an input is out of range. The outputs are then as they were.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut network = Line::init(1);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// let inputs = [Tensor::from([1.0, 1.0]), Tensor::from([0.0, 1.0]), Tensor::from([0.0, 0.0])];
    /// let mut outputs = vec![Tensor::zeros(); 3];
    /// let mut workspace: nn_core::Workspace<Line, 2> = nn_core::zeroed();
    /// network.forward_batch(&inputs, &mut workspace, &mut outputs)?;
    /// assert_eq!(Tensor::flatten(&outputs), [1.5, -0.5, 0.5]);
    /// assert!(network.forward_batch(&inputs, &mut workspace, &mut outputs[..2]).is_err());
    /// # Ok(()) }
    /// ```
    #[inline]
    fn forward_batch<X, O>(&self, inputs: &[X], workspace: &mut [Self::Scratch], outputs: &mut [O]) -> Result<(), Error>
    where
        Self: Takes<role::Input, X, Own = Self::Input> + Takes<role::Output, O, Own = Self::Output>,
    {
        predict(self, <Self as Takes<role::Input, X>>::own(inputs), workspace, Self::own_mut(outputs))
    }
}

impl<N: Compiled> Network for N {}

pub(super) fn predict<N: Compiled>(
    network: &N,
    inputs: &[N::Input],
    workspace: &mut [N::Scratch],
    outputs: &mut [N::Output],
) -> Result<(), Error> {
    same_length("outputs for the inputs", inputs.len(), outputs.len())?;
    let tile = tile_of(workspace.len())?;
    for (sample, input) in inputs.iter().enumerate() {
        N::check_input(input, sample)?;
    }
    let instructions = InstructionSet::detect();
    let elements = plain::flatten_mut(workspace);
    for (inputs, outputs) in inputs.chunks(tile).zip(outputs.chunks_mut(tile)) {
        let memory = Memory::new(elements, tile, inputs.len());
        network.forward_tile(ForwardTile { instructions, inputs, memory, outputs });
    }
    Ok(())
}

#[cold]
#[track_caller]
fn refused(error: &Error) -> ! {
    panic!("{error}")
}
