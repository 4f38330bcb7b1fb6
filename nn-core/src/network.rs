//! Networks as their users meet them.

use crate::compiled::{Compiled, CompiledLoss, GradientTile, MAX_TERMS, Pass};
use crate::draw::Draw;
use crate::error::Error;
use crate::kernels::instruction_set::{InstructionSet, Stage, dispatch};
use crate::memory::Memory;
use crate::plain::{self, Plain};
use crate::scalar::Scalar;
use crate::summary::Summary;

/// The memory for predictions, for tiles of `TILE` samples.
pub type Workspace<N, const TILE: usize = 1> = [<N as Compiled>::Scratch; TILE];

/// The memory for training, for tiles of `TILE` samples.
pub type TrainWorkspace<N, const TILE: usize = 1> = [<N as CompiledLoss>::TrainScratch; TILE];

/// What every network declared with `network!` can do.
pub trait Network: Compiled {
    /// The number of parameters.
    const PARAMS: usize = <Self::Params as Plain>::LEN;
    /// The bytes of workspace that the prediction of one sample takes.
    const INFER_BYTES: usize = size_of::<Self::Scratch>();

    /// All parameters as one slice, in the order of [`PARAMETERS`](Compiled::PARAMETERS).
    fn flat_params(&self) -> &[Self::Scalar] {
        self.params().flat()
    }

    /// All parameters as one slice, in the order of [`PARAMETERS`](Compiled::PARAMETERS).
    fn flat_params_mut(&mut self) -> &mut [Self::Scalar] {
        self.params_mut().flat_mut()
    }

    /// A network on the heap, its parameters drawn from a seed: for `f64`, or where the type follows
    /// from elsewhere. `Net::init(seed)` does the same for `f32`.
    #[cfg(feature = "alloc")]
    #[must_use]
    fn init_as(seed: u64) -> alloc::boxed::Box<Self> {
        crate::init(seed)
    }

    /// The network as a table: layers, shapes, parameters, operations and bytes.
    fn summary() -> Summary {
        Summary::of::<Self>()
    }

    /// Predicts one sample. Allocates nothing.
    ///
    /// # Panics
    /// If the workspace has no room for a sample, or an index in the input is out of range: use
    /// [`forward_batch`](Network::forward_batch) where it is not known to be good.
    #[inline]
    fn forward(&self, input: &Self::Input, workspace: &mut [Self::Scratch], output: &mut Self::Output) {
        let (inputs, outputs) = (core::slice::from_ref(input), core::slice::from_mut(output));
        if let Err(error) = self.forward_batch(inputs, workspace, outputs) {
            refused(&error);
        }
    }

    /// Predicts a slice of samples, in tiles as large as the workspace. Allocates nothing.
    ///
    /// Every sample gets the same bits as it would alone.
    ///
    /// # Errors
    /// [`Error::Length`] if there are not as many outputs as inputs or the workspace is empty,
    /// [`Error::Class`] if an index in an input is out of range.
    #[inline]
    fn forward_batch(
        &self,
        inputs: &[Self::Input],
        workspace: &mut [Self::Scratch],
        outputs: &mut [Self::Output],
    ) -> Result<(), Error> {
        same_length("outputs for the inputs", inputs.len(), outputs.len())?;
        let tile = tile_of(workspace.len())?;
        for (sample, input) in inputs.iter().enumerate() {
            Self::check_input(input, sample)?;
        }
        let instructions = InstructionSet::detect();
        let elements = plain::flatten_mut(workspace);
        for (inputs, outputs) in inputs.chunks(tile).zip(outputs.chunks_mut(tile)) {
            let memory = Memory::new(elements, tile, inputs.len());
            dispatch(instructions, Forward { network: self, inputs, memory, outputs });
        }
        Ok(())
    }
}

impl<N: Compiled> Network for N {}

/// What every network with a loss can do.
pub trait Train: CompiledLoss + Network {
    /// The bytes of workspace that training takes with tiles of [`TILE`](Compiled::TILE) samples.
    const TRAIN_BYTES: usize = size_of::<Self::TrainScratch>() * Self::TILE;

    /// The loss of a slice of samples, with the network as it predicts (no dropout).
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::Length`] or [`Error::Class`] if the samples do not fit.
    fn loss(
        &self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        workspace: &mut [Self::TrainScratch],
    ) -> Result<Self::Scalar, Error> {
        let denominators = prepare::<Self>("loss", inputs, targets)?;
        let tile = tile_of(workspace.len())?;
        let pass = Pass::new(Draw::new(0, 0), scale::<Self>(&denominators));
        let elements = plain::flatten_mut(workspace);
        let mut sums = [0.0; MAX_TERMS];
        for (inputs, targets) in inputs.chunks(tile).zip(targets.chunks(tile)) {
            let memory = Memory::new(elements, tile, inputs.len());
            let (gradient, gradients) = (None, None);
            let tile = GradientTile { pass: &pass, inputs, targets, memory, gradient, gradients, sums: &mut sums };
            dispatch(pass.instructions, Loss(self, tile));
        }
        Ok(total::<Self>(&sums, &denominators))
    }

    /// The loss of a slice of samples and its gradient by the parameters. Allocates nothing.
    ///
    /// The gradient has the same bits whatever the size of the workspace. Random numbers (dropout)
    /// come from `draw`.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::Length`] or [`Error::Class`] if the samples do not fit; `gradient`
    /// is then as it was.
    fn gradient(
        &self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        draw: Draw,
        workspace: &mut [Self::TrainScratch],
        gradient: &mut Self::Params,
    ) -> Result<Self::Scalar, Error> {
        self.gradients(inputs, targets, draw, workspace, Some(gradient), None)
    }

    /// The loss of a slice of samples and its gradient by each input. Allocates nothing.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::Length`] or [`Error::Class`] if the samples do not fit.
    fn input_gradient(
        &self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        draw: Draw,
        workspace: &mut [Self::TrainScratch],
        gradients: &mut [Self::InputGradient],
    ) -> Result<Self::Scalar, Error> {
        self.gradients(inputs, targets, draw, workspace, None, Some(gradients))
    }

    /// The loss of a slice of samples and those of its gradients that are wanted. Allocates nothing.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::Length`] or [`Error::Class`] if the samples do not fit.
    fn gradients(
        &self,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        draw: Draw,
        workspace: &mut [Self::TrainScratch],
        mut gradient: Option<&mut Self::Params>,
        mut gradients: Option<&mut [Self::InputGradient]>,
    ) -> Result<Self::Scalar, Error> {
        let denominators = prepare::<Self>("gradient", inputs, targets)?;
        if let Some(gradients) = &gradients {
            same_length("gradients for the inputs", inputs.len(), gradients.len())?;
        }
        let tile = tile_of(workspace.len())?;
        let tile = if Self::ONE_BY_ONE { 1 } else { tile };
        let mut pass = Pass::new(draw, scale::<Self>(&denominators));
        let elements = plain::flatten_mut(workspace);
        let mut sums = [0.0; MAX_TERMS];
        for (at, (inputs, targets)) in inputs.chunks(tile).zip(targets.chunks(tile)).enumerate() {
            pass.draw = draw.starting_at(at * tile);
            pass.first = at == 0;
            let memory = Memory::new(elements, tile, inputs.len());
            let gradients = gradients.as_deref_mut().map(|all| &mut all[at * tile..][..inputs.len()]);
            let gradient = gradient.as_deref_mut();
            let tile = GradientTile { pass: &pass, inputs, targets, memory, gradient, gradients, sums: &mut sums };
            dispatch(pass.instructions, Gradient(self, tile));
        }
        Ok(total::<Self>(&sums, &denominators))
    }
}

impl<N: CompiledLoss> Train for N {}

#[cold]
#[track_caller]
fn refused(error: &Error) -> ! {
    panic!("{error}")
}

fn same_length(what: &'static str, expected: usize, found: usize) -> Result<(), Error> {
    if expected == found { Ok(()) } else { Err(Error::Length { what, expected, found }) }
}

fn tile_of(samples: usize) -> Result<usize, Error> {
    if samples > 0 {
        Ok(samples)
    } else {
        Err(Error::Length { what: "samples in the workspace", expected: 1, found: 0 })
    }
}

/// Checks the samples and says what each term of the loss is to be divided by.
fn prepare<N: CompiledLoss>(
    what: &'static str,
    inputs: &[N::Input],
    targets: &[N::Target],
) -> Result<[f64; MAX_TERMS], Error> {
    if inputs.is_empty() {
        return Err(Error::Empty { what });
    }
    same_length("targets for the inputs", inputs.len(), targets.len())?;
    for (sample, (input, target)) in inputs.iter().zip(targets).enumerate() {
        N::check_input(input, sample)?;
        N::check_target(target, sample)?;
    }
    let denominators = N::denominators(targets);
    if denominators[..N::COEFFICIENTS.len()].contains(&0.0) {
        return Err(Error::NothingToAverage);
    }
    Ok(denominators)
}

fn scale<N: CompiledLoss>(denominators: &[f64; MAX_TERMS]) -> [N::Scalar; MAX_TERMS] {
    let mut scale = [N::Scalar::ZERO; MAX_TERMS];
    for ((scale, coefficient), denominator) in scale.iter_mut().zip(N::COEFFICIENTS).zip(denominators) {
        *scale = N::Scalar::from_f64(coefficient / denominator);
    }
    scale
}

fn total<N: CompiledLoss>(sums: &[f64; MAX_TERMS], denominators: &[f64; MAX_TERMS]) -> N::Scalar {
    let terms = N::COEFFICIENTS.iter().zip(sums.iter().zip(denominators));
    N::Scalar::from_f64(terms.map(|(coefficient, (sum, denominator))| coefficient * sum / denominator).sum())
}

struct Forward<'a, N: Compiled> {
    network: &'a N,
    inputs: &'a [N::Input],
    memory: Memory<'a, N::Scalar>,
    outputs: &'a mut [N::Output],
}

impl<N: Compiled> Stage for Forward<'_, N> {
    type Output = ();
    #[inline(always)]
    fn run(self, instructions: InstructionSet) {
        self.network.forward_tile(instructions, self.inputs, self.memory, self.outputs);
    }
}

struct Loss<'a, N: CompiledLoss>(&'a N, GradientTile<'a, N>);

impl<N: CompiledLoss> Stage for Loss<'_, N> {
    type Output = ();
    #[inline(always)]
    fn run(self, _: InstructionSet) {
        self.0.loss_tile(self.1);
    }
}

struct Gradient<'a, N: CompiledLoss>(&'a N, GradientTile<'a, N>);

impl<N: CompiledLoss> Stage for Gradient<'_, N> {
    type Output = ();
    #[inline(always)]
    fn run(self, _: InstructionSet) {
        self.0.gradient_tile(self.1);
    }
}
