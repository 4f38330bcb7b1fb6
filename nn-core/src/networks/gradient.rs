//! The methods of networks with a loss.

use super::batch::{fits, gradient_tile, prepare, scale, total};
use super::memory::tile_of;
use super::turns::Ordered;
use super::{Compiled, CompiledLoss, DerivedByInputs, GradientTile, MAX_TERMS, Memory, Network, Pass, Takes, role};
use crate::error::{Error, same_length};
use crate::random::Draw;
use crate::tensors::plain;

/// The workspace for training on `TILE` samples at a time. [`train_workspace`](crate::train_workspace) makes one of
/// [`Compiled::TILE`](crate::Compiled::TILE) samples on the heap.
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net { fc: Linear(3 => 2) }
///     fn forward(x: [3]) -> [2] { fc(x) }
///     loss = mse;
/// }
///
/// let network = Net::init(1);
/// let mut workspace: nn_core::TrainWorkspace<Net, 4> = nn_core::zeroed();
/// let (inputs, targets) = (vec![Tensor::filled(0.5); 10], vec![Tensor::zeros(); 10]);
/// assert!(network.loss(&inputs, &targets, &mut workspace)? > 0.0);
/// # Ok::<(), nn_core::Error>(())
/// ```
pub type TrainWorkspace<N, const TILE: usize = 1> = [<N as CompiledLoss>::TrainScratch; TILE];

/// The methods of every network with a loss: the loss, and its gradients.
///
/// Inputs and targets are slices of one length, of any number of samples. The workspace may be shorter.
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net { fc: Linear(3 => 2) }
///     fn forward(x: [3]) -> [2] { fc(x) }
///     loss = mse;
/// }
///
/// let mut network = Net::init(1);
/// let (inputs, targets) = ([Tensor::from([0.1, 0.2, 0.3])], [Tensor::from([1.0, -1.0])]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let mut gradient = nn_core::zero_gradient::<Net>();
/// let sgd = Sgd::new(0.5);
/// let mut state = sgd.state();
///
/// let before = network.gradient(&inputs, &targets, Draw::new(0, 0), &mut workspace, &mut gradient)?;
/// sgd.step(&mut network.params, &gradient, &mut state, 1.0)?;
/// assert!(network.loss(&inputs, &targets, &mut workspace)? < before);
/// # Ok::<(), nn_core::Error>(())
/// ```
pub trait Train: CompiledLoss + Network {
    /// The bytes of workspace for training with tiles of [`TILE`](crate::Compiled::TILE) samples.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::Train;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let workspace = nn_core::train_workspace::<Line>();
    /// assert_eq!(size_of_val(&*workspace), Line::TRAIN_BYTES);
    /// # }
    /// ```
    const TRAIN_BYTES: usize = size_of::<Self::TrainScratch>() * Self::TILE;

    /// The loss of a slice of samples, for the network as it predicts: without dropout, with running statistics. It
    /// allocates nothing.
    ///
    /// # Errors
    /// - [`Error::Empty`] if there is no sample;
    /// - [`Error::Length`] if there are not as many targets as inputs, or the workspace is empty;
    /// - [`Error::Class`] if a class or index is out of range;
    /// - [`Error::NothingToAverage`] if the loss ignores every sample.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut network = Line::init(0);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// let (inputs, targets) = ([Tensor::from([1.0, 3.0])], [Tensor::from([1.5])]); // the prediction is -0.5
    /// let mut workspace = nn_core::train_workspace::<Line>();
    /// assert_eq!(network.loss(&inputs, &targets, &mut workspace)?, 4.0);
    /// let none = points(0);
    /// assert!(network.loss(none.inputs(), none.targets(), &mut workspace).is_err());
    /// # Ok(()) }
    /// ```
    fn loss<X, Y>(
        &self,
        inputs: &[X],
        targets: &[Y],
        workspace: &mut [Self::TrainScratch],
    ) -> Result<Self::Scalar, Error>
    where
        Self: Takes<role::Input, X, Own = Self::Input> + Takes<role::Target, Y, Own = Self::Target>,
    {
        let (inputs, targets) = own::<Self, _, _>(inputs, targets);
        let denominators = prepare::<Self>("loss", inputs, targets)?;
        let tile = tile_of(workspace.len())?;
        let pass = Pass::new(Draw::new(0, 0), scale::<Self>(&denominators));
        let elements = plain::flatten_mut(workspace);
        let mut sums = [0.0; MAX_TERMS];
        for (inputs, targets) in inputs.chunks(tile).zip(targets.chunks(tile)) {
            let memory = Memory::new(elements, tile, inputs.len());
            let (gradient, sums) = (None, Ordered::alone(&mut sums));
            self.loss_tile(GradientTile { pass: &pass, inputs, targets, memory, gradient, gradients: None, sums });
        }
        Ok(total::<Self>(&sums, &denominators))
    }

    /// The loss of a slice of samples and its gradient by the parameters. It allocates nothing.
    ///
    /// `gradient` is overwritten. Its bits do not depend on the size of the workspace. Random numbers, as for dropout,
    /// come from `draw`: give each step another one. Running statistics of the network are updated as by a step of
    /// training; [`gradients`](Train::gradients) does not update them.
    ///
    /// # Errors
    /// - [`Error::Empty`] if there is no sample;
    /// - [`Error::Length`] if there are not as many targets as inputs, or the workspace is empty;
    /// - [`Error::Class`] if a class or index is out of range;
    /// - [`Error::NothingToAverage`] if the loss ignores every sample;
    /// - [`Error::BatchOfOne`] and [`Error::BatchTooLong`] if the network takes statistics of the batch.
    ///
    /// `gradient` is then as it was.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut network = Line::init(0);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// let (inputs, targets) = ([Tensor::from([1.0, 3.0])], [Tensor::from([1.5])]); // the prediction is -0.5
    /// let mut workspace = nn_core::train_workspace::<Line>();
    /// let mut gradient = nn_core::zero_gradient::<Line>();
    /// let loss = network.gradient(&inputs, &targets, Draw::new(0, 0), &mut workspace, &mut gradient)?;
    /// assert_eq!(loss, 4.0);
    /// assert_eq!(gradient.fc.weight.as_slice(), [-4.0, -12.0]); // 2 (y - t) x
    /// assert_eq!(gradient.fc.bias[[0]], -4.0);
    /// # Ok(()) }
    /// ```
    fn gradient<X, Y>(
        &mut self,
        inputs: &[X],
        targets: &[Y],
        draw: Draw,
        workspace: &mut [Self::TrainScratch],
        gradient: &mut Self::Params,
    ) -> Result<Self::Scalar, Error>
    where
        Self: Takes<role::Input, X, Own = Self::Input> + Takes<role::Target, Y, Own = Self::Target>,
    {
        let (inputs, targets) = own::<Self, _, _>(inputs, targets);
        let loss = derive(self, inputs, targets, draw, workspace, (Some(gradient), None))?;
        let tile = gradient_tile::<Self>(workspace.len())?;
        self.update_state(Memory::new(plain::flatten_mut(workspace), tile, 1));
        Ok(loss)
    }

    /// The loss of a slice of samples and its gradient by each input. It allocates nothing.
    ///
    /// The gradient of a mean over samples is divided by their number. With one sample at a time it is that of the loss
    /// of this sample.
    ///
    /// # Errors
    /// - [`Error::Empty`] if there is no sample;
    /// - [`Error::Length`] if there are not as many targets or `gradients` as inputs, or the
    ///   workspace is empty;
    /// - [`Error::Class`] if a class or index is out of range;
    /// - [`Error::NothingToAverage`] if the loss ignores every sample;
    /// - [`Error::BatchOfOne`] and [`Error::BatchTooLong`] if the network takes statistics of the batch.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut network = Line::init(0);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// let (inputs, targets) = ([Tensor::from([1.0, 3.0])], [Tensor::from([1.5])]); // the prediction is -0.5
    /// let mut workspace = nn_core::train_workspace::<Line>();
    /// let mut gradients = [Tensor::zeros()];
    /// network.input_gradient(&inputs, &targets, Draw::new(0, 0), &mut workspace, &mut gradients)?;
    /// assert_eq!(gradients[0].as_slice(), [-8.0, 4.0]); // 2 (y - t) weight
    /// # Ok(()) }
    /// ```
    fn input_gradient<X, Y>(
        &self,
        inputs: &[X],
        targets: &[Y],
        draw: Draw,
        workspace: &mut [Self::TrainScratch],
        gradients: &mut [Self::InputGradient],
    ) -> Result<Self::Scalar, Error>
    where
        Self: DerivedByInputs + Takes<role::Input, X, Own = Self::Input> + Takes<role::Target, Y, Own = Self::Target>,
    {
        self.gradients(inputs, targets, draw, workspace, None, Some(gradients))
    }

    /// The loss of a slice of samples and those of its gradients that are wanted: by the parameters, as
    /// [`gradient`](Train::gradient), and by each input, as [`input_gradient`](Train::input_gradient). It allocates
    /// nothing.
    ///
    /// # Errors
    /// - [`Error::Empty`] if there is no sample;
    /// - [`Error::Length`] if there are not as many targets or `gradients` as inputs, or the
    ///   workspace is empty;
    /// - [`Error::Class`] if a class or index is out of range;
    /// - [`Error::NothingToAverage`] if the loss ignores every sample;
    /// - [`Error::BatchOfOne`] and [`Error::BatchTooLong`] if the network takes statistics of the batch.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut network = Line::init(0);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// let (inputs, targets) = ([Tensor::from([1.0, 3.0])], [Tensor::from([1.5])]); // the prediction is -0.5
    /// let mut workspace = nn_core::train_workspace::<Line>();
    /// let (mut gradient, mut gradients) = (nn_core::zero_gradient::<Line>(), [Tensor::zeros()]);
    /// let (by_params, by_inputs) = (Some(&mut *gradient), Some(&mut gradients[..]));
    /// network.gradients(&inputs, &targets, Draw::new(0, 0), &mut workspace, by_params, by_inputs)?;
    /// assert_eq!((gradient.fc.bias[[0]], gradients[0][[0]]), (-4.0, -8.0));
    /// # Ok(()) }
    /// ```
    fn gradients<X, Y>(
        &self,
        inputs: &[X],
        targets: &[Y],
        draw: Draw,
        workspace: &mut [Self::TrainScratch],
        gradient: Option<&mut Self::Params>,
        gradients: Option<&mut [Self::InputGradient]>,
    ) -> Result<Self::Scalar, Error>
    where
        Self: DerivedByInputs + Takes<role::Input, X, Own = Self::Input> + Takes<role::Target, Y, Own = Self::Target>,
    {
        let (inputs, targets) = own::<Self, _, _>(inputs, targets);
        derive(self, inputs, targets, draw, workspace, (gradient, gradients))
    }
}

impl<N: CompiledLoss> Train for N {}

/// Samples as the network's own.
pub(super) fn own<'s, N, X, Y>(inputs: &'s [X], targets: &'s [Y]) -> (&'s [N::Input], &'s [N::Target])
where
    N: CompiledLoss + Takes<role::Input, X, Own = N::Input> + Takes<role::Target, Y, Own = N::Target>,
{
    (<N as Takes<role::Input, X>>::own(inputs), <N as Takes<role::Target, Y>>::own(targets))
}

/// What is wanted: the gradient by the parameters, and that by each input.
type Wanted<'g, N> = (Option<&'g mut <N as Compiled>::Params>, Option<&'g mut [<N as CompiledLoss>::InputGradient]>);

/// The loss of a slice of samples and those of its gradients that are wanted.
fn derive<N: CompiledLoss>(
    network: &N,
    inputs: &[N::Input],
    targets: &[N::Target],
    draw: Draw,
    workspace: &mut [N::TrainScratch],
    (mut gradient, mut gradients): Wanted<'_, N>,
) -> Result<N::Scalar, Error> {
    let denominators = prepare::<N>("gradient", inputs, targets)?;
    if let Some(gradients) = &gradients {
        same_length("gradients for the inputs", inputs.len(), gradients.len())?;
    }
    let tile = gradient_tile::<N>(workspace.len())?;
    if N::WHOLE_BATCH {
        fits(inputs.len(), N::LEAST_BATCH, tile)?;
    }
    let mut pass = Pass::new(draw, scale::<N>(&denominators));
    let elements = plain::flatten_mut(workspace);
    let mut sums = [0.0; MAX_TERMS];
    for (at, (inputs, targets)) in inputs.chunks(tile).zip(targets.chunks(tile)).enumerate() {
        pass.draw = draw.starting_at(at * tile);
        pass.first = at == 0;
        let memory = Memory::new(elements, tile, inputs.len());
        let gradients = gradients.as_deref_mut().map(|all| &mut all[at * tile..][..inputs.len()]);
        let (gradient, sums) = (gradient.as_deref_mut().map(Ordered::alone), Ordered::alone(&mut sums));
        network.gradient_tile(GradientTile { pass: &pass, inputs, targets, memory, gradient, gradients, sums });
    }
    Ok(total::<N>(&sums, &denominators))
}
