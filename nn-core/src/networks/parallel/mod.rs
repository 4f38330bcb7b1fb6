//! Tiles on several threads.

mod team;

use core::ops::Range;
use core::ptr::NonNull;
use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use core::sync::atomic::{AtomicBool, AtomicUsize};
use std::boxed::Box;
use std::sync::{Mutex, PoisonError};
use std::vec::Vec;

pub use team::Team;
use team::pause;

use super::batch::{gradient_tile, prepare, scale, total};
use super::gradient::own;
use super::turns::Ordered;
use super::{CompiledLoss, ForwardTile, GradientTile, MAX_TERMS, Memory, Network, Pass, Takes, Train, role};
use crate::error::{Error, same_length};
use crate::kernels::instruction_set::InstructionSet;
use crate::random::Draw;
use crate::tensors::plain;

/// How many tiles have finished each group of a gradient.
pub(crate) struct Finished {
    groups: Box<[Counter]>,
    /// A thread has panicked: nobody waits for it.
    is_broken: AtomicBool,
}

/// Alone in its lines of the cache.
#[derive(Default)]
#[repr(align(128))]
struct Counter(AtomicUsize);

impl Finished {
    fn new(groups: usize) -> Self {
        Finished { groups: (0..groups).map(|_| Counter::default()).collect(), is_broken: AtomicBool::new(false) }
    }

    /// Waits until all tiles in front of this one have finished the group.
    pub(crate) fn wait(&self, group: usize, tile: usize) {
        let mut waited = 0;
        while self.groups[group].0.load(Acquire) < tile {
            assert!(!self.is_broken.load(Relaxed), "another thread with tiles of this gradient has panicked");
            pause(&mut waited);
        }
    }

    pub(crate) fn finish(&self, group: usize, tile: usize) {
        self.groups[group].0.store(tile + 1, Release);
    }
}

/// Says so when its thread panics.
struct Watch<'a> {
    finished: &'a Finished,
    /// Whether it was about to end for another reason.
    panicked: bool,
}

impl<'a> Watch<'a> {
    fn new(finished: &'a Finished) -> Self {
        Watch { finished, panicked: std::thread::panicking() }
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() && !self.panicked {
            self.finished.is_broken.store(true, Relaxed);
        }
    }
}

/// Where the tiles of several threads add to.
struct Shared<V>(NonNull<V>);

// SAFETY: the tiles use it in turns, which `Ordered` gives them.
unsafe impl<V: Send> Sync for Shared<V> {}

/// The methods of networks on several threads.
pub trait Parallel: Network {
    /// The same as [`forward_batch`](Network::forward_batch), with the same bits, on the threads of a team, among which the
    /// workspace is divided. It allocates some bytes for each thread.
    ///
    /// # Errors
    /// As [`forward_batch`](Network::forward_batch).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// use nn_core::{Parallel as _, Team};
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let (network, data, mut team) = (Line::init(0), points(100), Team::new(2));
    /// let mut workspace: nn_core::Workspace<Line, 16> = nn_core::zeroed();
    /// let (mut one, mut two) = (vec![Tensor::zeros(); 100], vec![Tensor::zeros(); 100]);
    /// network.forward_batch(data.inputs(), &mut workspace, &mut one)?;
    /// network.parallel_forward_batch(data.inputs(), &mut workspace, &mut two, &mut team)?;
    /// assert_eq!(one, two);
    /// # Ok(()) }
    /// ```
    fn parallel_forward_batch<X, O>(
        &self,
        inputs: &[X],
        workspace: &mut [Self::Scratch],
        outputs: &mut [O],
        team: &mut Team,
    ) -> Result<(), Error>
    where
        Self: Takes<role::Input, X, Own = Self::Input> + Takes<role::Output, O, Own = Self::Output>,
    {
        let inputs = <Self as Takes<role::Input, X>>::own(inputs);
        predict(self, inputs, workspace, Self::own_mut(outputs), team)
    }

    /// The same as [`gradient`](Train::gradient), with the same bits, on the threads of a team. Each thread takes tiles of
    /// samples. They add to the gradient in the order of the samples, so that the bits do not depend on the number of
    /// threads.
    ///
    /// The workspace is divided among the threads: [`TILE`](crate::Compiled::TILE) samples for each are as many as are used
    /// well. A network that takes statistics of the batch uses one thread. It allocates 128 bytes for each layer or two.
    ///
    /// # Errors
    /// As [`gradient`](Train::gradient).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// use nn_core::{Parallel as _, Team};
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let (mut network, data, draw) = (Line::init(0), points(100), Draw::new(0, 0));
    /// let (mut workspace, mut team): (nn_core::TrainWorkspace<Line, 64>, _) = (nn_core::zeroed(), Team::new(2));
    /// let (mut one, mut two) = (nn_core::zero_gradient::<Line>(), nn_core::zero_gradient::<Line>());
    /// network.gradient(data.inputs(), data.targets(), draw, &mut workspace, &mut one)?;
    /// network.parallel_gradient(data.inputs(), data.targets(), draw, &mut workspace, &mut two, &mut team)?;
    /// assert_eq!(one.flat(), two.flat());
    /// # Ok(()) }
    /// ```
    fn parallel_gradient<X, Y>(
        &mut self,
        inputs: &[X],
        targets: &[Y],
        draw: Draw,
        workspace: &mut [Self::TrainScratch],
        gradient: &mut Self::Params,
        team: &mut Team,
    ) -> Result<Self::Scalar, Error>
    where
        Self: Train + Takes<role::Input, X, Own = Self::Input> + Takes<role::Target, Y, Own = Self::Target>,
    {
        if team.threads().min(workspace.len()) <= 1 || Self::WHOLE_BATCH {
            return self.gradient(inputs, targets, draw, workspace, gradient);
        }
        let samples = own::<Self, _, _>(inputs, targets);
        let (loss, last, tile) = derive(self, samples, draw, workspace, gradient, team)?;
        self.update_state(Memory::new(plain::flatten_mut(&mut workspace[last]), tile, 1));
        Ok(loss)
    }
}

impl<N: Network> Parallel for N {}

fn predict<N: Network>(
    network: &N,
    inputs: &[N::Input],
    workspace: &mut [N::Scratch],
    outputs: &mut [N::Output],
    team: &mut Team,
) -> Result<(), Error> {
    let threads = team.threads().min(workspace.len()).min(inputs.len());
    if threads <= 1 {
        return super::network::predict(network, inputs, workspace, outputs);
    }
    same_length("outputs for the inputs", inputs.len(), outputs.len())?;
    inputs.iter().enumerate().try_for_each(|(sample, input)| N::check_input(input, sample))?;
    let capacity = workspace.len() / threads;
    let tile = capacity.min(inputs.len().div_ceil(threads));
    let workspaces: Vec<Mutex<_>> =
        workspace.chunks_exact_mut(capacity).map(|own| Mutex::new(plain::flatten_mut(own))).collect();
    let tiles = Mutex::new(inputs.chunks(tile).zip(outputs.chunks_mut(tile)));
    let instructions = InstructionSet::detect();
    team.run(&|number| {
        let Some(own) = workspaces.get(number) else { return };
        let mut own = own.lock().unwrap_or_else(PoisonError::into_inner);
        let next = || tiles.lock().unwrap_or_else(PoisonError::into_inner).next();
        while let Some((inputs, outputs)) = next() {
            let memory = Memory::new(&mut own, tile, inputs.len());
            network.forward_tile(ForwardTile { instructions, inputs, memory, outputs });
        }
    });
    Ok(())
}

/// The gradient. Returns the loss, the part of the workspace in which the last tile was computed, and the size of tiles.
fn derive<N: CompiledLoss>(
    network: &N,
    (inputs, targets): (&[N::Input], &[N::Target]),
    draw: Draw,
    workspace: &mut [N::TrainScratch],
    gradient: &mut N::Params,
    team: &mut Team,
) -> Result<(N::Scalar, Range<usize>, usize), Error> {
    let threads = team.threads().min(workspace.len()).min(inputs.len()).max(1);
    let denominators = prepare::<N>("gradient", inputs, targets)?;
    let capacity = workspace.len() / threads;
    let tile = gradient_tile::<N>(capacity.min(inputs.len().div_ceil(threads)))?;
    let all = &Pass::new(draw, scale::<N>(&denominators));
    let mut sums = [0.0; MAX_TERMS];
    let finished = Finished::new(N::GROUPS);
    let (by_params, all_sums) = (Shared(NonNull::from(gradient)), Shared(NonNull::from(&mut sums)));
    let workspaces: Vec<Mutex<_>> =
        workspace.chunks_exact_mut(capacity).map(|own| Mutex::new(plain::flatten_mut(own))).collect();
    let (next, last) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = |number: usize, elements: &mut [N::Scalar]| {
        let _watch = Watch::new(&finished);
        let (by_params, all_sums) = (&by_params, &all_sums);
        // a tile begins when all in front of it have begun
        let at = next.fetch_add(1, Relaxed);
        if at * tile >= inputs.len() {
            return false;
        }
        let part = at * tile..inputs.len().min((at + 1) * tile);
        if part.end == inputs.len() {
            last.store(number, Relaxed);
        }
        let mut pass = *all;
        (pass.draw, pass.first) = (draw.starting_at(part.start), at == 0);
        network.gradient_tile(GradientTile {
            pass: &pass,
            inputs: &inputs[part.clone()],
            targets: &targets[part.clone()],
            memory: Memory::new(elements, tile, part.len()),
            // SAFETY: only these tiles use them, each with its own number, while both are borrowed
            gradient: Some(unsafe { Ordered::among(by_params.0, &finished, at) }),
            gradients: None,
            // SAFETY: as above
            sums: unsafe { Ordered::among(all_sums.0, &finished, at) },
        });
        true
    };
    team.run(&|number| {
        if let Some(own) = workspaces.get(number) {
            let mut own = own.lock().unwrap_or_else(PoisonError::into_inner);
            while work(number, &mut own) {}
        }
    });
    let last = last.into_inner() * capacity;
    Ok((total::<N>(&sums, &denominators), last..last + capacity, tile))
}
