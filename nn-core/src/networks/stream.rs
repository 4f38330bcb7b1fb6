//! Streams: a network that runs over time, one frame after the other.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

use super::compiled::StepTile;
#[cfg(feature = "alloc")]
use super::{Accepts, role};
use super::{CompiledStream, Memory};
use crate::kernels::instruction_set::{InstructionSet, Stage, dispatch};
use crate::tensors::plain;

/// The methods of a network with `#[stream]`.
///
/// A step takes one frame and gives what the whole network gives for it, with the same bits: its sums are added up in the
/// order of the whole. What a step needs of earlier frames, such as the states of recurrent layers and the inputs of causal
/// convolutions, is handed on in a
/// [`StreamMemory`]. Its type is that of the network, so that no state goes to another.
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     #[stream]
///     struct Net { lstm: LSTM(2 => 8), fc: Linear(8 => 1) }
///     fn forward(x: [100, 2]) -> [100, 1] { let (y, _, _) = lstm(x); fc(y) }
/// }
///
/// let mut session = Net::session(1);
/// let signal: Tensor![100, 2] = Tensor::filled(0.5);
/// let whole = *session.forward(&signal);
///
/// let mut stream = session.network.stream();
/// for t in 0..100 {
///     let y = stream.step(&Tensor::from([0.5, 0.5]));
///     assert_eq!(y[[0]], whole[[t, 0]]);
/// }
/// ```
pub trait Streamed: CompiledStream {
    /// A stream that begins in front of the first frame, on the heap.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/echo.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Echo` has a layer `conv: CausalConv1d(1 => 1, kernel = 2)` over frames of [1].
    /// let network = Echo::init(1);
    /// let mut stream = network.stream();
    /// stream.step(&Tensor::from([0.5]));
    /// # }
    /// ```
    #[cfg(feature = "alloc")]
    fn stream(&self) -> Stream<'_, Self> {
        Stream {
            network: self,
            carried: plain::zeroed_slice(2),
            turn: Turn::Begin,
            scratch: plain::zeroed_box(),
            output: plain::zeroed_box(),
        }
    }

    /// One step, with memory that is made elsewhere. It allocates nothing.
    ///
    /// # Panics
    /// If an index in the frame is out of range.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/echo.rs"));
    /// # fn main() {
    /// # use nn_core::{StreamMemory, prelude::*};
    /// // `Echo` has a layer `conv: CausalConv1d(1 => 1, kernel = 2)` over frames of [1].
    /// let network = Echo::init(1);
    /// let mut memory = StreamMemory::<Echo>::new();
    /// let y = *network.step(&Tensor::from([0.5]), &mut memory);
    /// assert_eq!(y, *network.stream().step(&Tensor::from([0.5])));
    /// # }
    /// ```
    fn step<'m>(&self, frame: &Self::Frame, memory: &'m mut StreamMemory<Self>) -> &'m Self::FrameOutput
    where
        Self: Sized,
    {
        let StreamMemory { carried, turn, scratch, output } = memory;
        step(self, frame, carried, turn, scratch, output);
        output
    }
}

impl<N: CompiledStream> Streamed for N {}

/// Which of the two tensors of carried frames is the present one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// The first, and no step has been.
    Begin,
    First,
    Second,
}

/// What a stream has in memory: what a step hands on to the next, a workspace and an output. On systems without a heap it
/// is a `static` or a field; [`Streamed::stream`] has it on the heap.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/echo.rs"));
/// # fn main() {
/// # use nn_core::{StreamMemory, prelude::*};
/// // `Echo` has a layer `conv: CausalConv1d(1 => 1, kernel = 2)` over frames of [1].
/// const BYTES: usize = size_of::<StreamMemory<Echo>>();
/// assert!(BYTES < 64);
/// # }
/// ```
pub struct StreamMemory<N: CompiledStream> {
    carried: [N::Carried; 2],
    turn: Turn,
    scratch: N::StepScratch,
    output: N::FrameOutput,
}

impl<N: CompiledStream> StreamMemory<N> {
    /// Memory in front of the first frame.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/echo.rs"));
    /// # fn main() {
    /// # use nn_core::{StreamMemory, prelude::*};
    /// // `Echo` has a layer `conv: CausalConv1d(1 => 1, kernel = 2)` over frames of [1].
    /// let mut memory = const { StreamMemory::<Echo>::new() };
    /// Echo::init(1).step(&Tensor::from([0.5]), &mut memory);
    /// # }
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        StreamMemory {
            carried: [plain::zeroed(), plain::zeroed()],
            turn: Turn::Begin,
            scratch: plain::zeroed(),
            output: plain::zeroed(),
        }
    }

    /// Forgets all frames.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/echo.rs"));
    /// # fn main() {
    /// # use nn_core::{StreamMemory, prelude::*};
    /// // `Echo` has a layer `conv: CausalConv1d(1 => 1, kernel = 2)` over frames of [1].
    /// let (network, mut memory) = (Echo::init(1), StreamMemory::<Echo>::new());
    /// let first = *network.step(&Tensor::from([0.5]), &mut memory);
    /// memory.reset();
    /// assert_eq!(*network.step(&Tensor::from([0.5]), &mut memory), first);
    /// # }
    /// ```
    pub fn reset(&mut self) {
        self.turn = Turn::Begin;
    }
}

impl<N: CompiledStream> Default for StreamMemory<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// A network that runs over time, with its memory on the heap: see [`Streamed`].
///
/// It allocates when it is made and when it is cloned, and never again. Dropping it forgets all frames.
#[cfg(feature = "alloc")]
pub struct Stream<'n, N: CompiledStream> {
    network: &'n N,
    carried: Box<[N::Carried]>,
    turn: Turn,
    scratch: Box<N::StepScratch>,
    output: Box<N::FrameOutput>,
}

#[cfg(feature = "alloc")]
impl<N: CompiledStream> Stream<'_, N> {
    /// The output for the next frame. It belongs to the stream, until the next step: `*` in front copies it.
    ///
    /// # Panics
    /// If an index in the frame is out of range.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/echo.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Echo` has a layer `conv: CausalConv1d(1 => 1, kernel = 2)` over frames of [1].
    /// let mut network = Echo::init(1);
    /// network.flat_params_mut().copy_from_slice(&[0.5, 1.0, 0.0]); // half of the frame before, and the frame
    /// let mut stream = network.stream();
    /// let outputs = [4.0, 0.0, 1.0].map(|x| stream.step(&Tensor::from([x]))[[0]]);
    /// assert_eq!(outputs, [4.0, 2.0, 1.0]);
    /// # }
    /// ```
    pub fn step<X>(&mut self, frame: X) -> &N::FrameOutput
    where
        N: Accepts<X, role::Frame, Own = N::Frame>,
    {
        step(
            self.network,
            <N as Accepts<X, role::Frame>>::accept(&frame),
            &mut self.carried,
            &mut self.turn,
            &mut self.scratch,
            &mut self.output,
        );
        &self.output
    }

    /// Forgets all frames: the next one is the first.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/echo.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Echo` has a layer `conv: CausalConv1d(1 => 1, kernel = 2)` over frames of [1].
    /// let network = Echo::init(1);
    /// let mut stream = network.stream();
    /// let first = *stream.step(&Tensor::from([0.5]));
    /// stream.reset();
    /// assert_eq!(*stream.step(&Tensor::from([0.5])), first);
    /// # }
    /// ```
    pub fn reset(&mut self) {
        self.turn = Turn::Begin;
    }

    /// What the last step has handed on: a field for each tensor. `flat()` has its numbers, to be saved.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/echo.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Echo` has a layer `conv: CausalConv1d(1 => 1, kernel = 2)` over frames of [1].
    /// let network = Echo::init(1);
    /// let mut stream = network.stream();
    /// stream.step(&Tensor::from([0.5]));
    /// assert_eq!(stream.carried().flat(), [0.5]); // the frame before
    /// # }
    /// ```
    pub fn carried(&mut self) -> &N::Carried {
        begin::<N>(&mut self.carried, &mut self.turn);
        &self.carried[usize::from(self.turn == Turn::Second)]
    }

    /// Continues behind what another step has handed on, such as one of another day.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/echo.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Echo` has a layer `conv: CausalConv1d(1 => 1, kernel = 2)` over frames of [1].
    /// let network = Echo::init(1);
    /// let (mut one, mut other) = (network.stream(), network.stream());
    /// one.step(&Tensor::from([0.5]));
    /// other.continue_from(one.carried());
    /// assert_eq!(one.step(&Tensor::from([2.0])), other.step(&Tensor::from([2.0])));
    /// # }
    /// ```
    pub fn continue_from(&mut self, carried: &N::Carried) {
        self.carried[0].clone_from(carried);
        self.turn = Turn::First;
    }
}

/// A stream of its own with the same past.
#[cfg(feature = "alloc")]
impl<N: CompiledStream> Clone for Stream<'_, N> {
    fn clone(&self) -> Self {
        Stream {
            network: self.network,
            carried: self.carried.clone(),
            turn: self.turn,
            scratch: plain::zeroed_box(),
            output: self.output.clone(),
        }
    }
}

/// Sets what lies in front of the first frame, if no step has been.
fn begin<N: CompiledStream>(carried: &mut [N::Carried], turn: &mut Turn) {
    if *turn == Turn::Begin {
        plain::flatten_mut(&mut carried[..1]).fill(N::Scalar::default());
        N::begin(&mut carried[0]);
        *turn = Turn::First;
    }
}

fn step<N: CompiledStream>(
    network: &N,
    frame: &N::Frame,
    carried: &mut [N::Carried],
    turn: &mut Turn,
    scratch: &mut N::StepScratch,
    output: &mut N::FrameOutput,
) {
    if let Err(error) = N::check_frame(frame, 0) {
        panic!("{error}");
    }
    begin::<N>(carried, turn);
    let [first, second] = carried else { return };
    let (past, next) = match *turn {
        Turn::Second => (&*second, first),
        _ => (&*first, second),
    };
    let elements = plain::flatten_mut(core::slice::from_mut(scratch));
    let memory = Memory::new(elements, 1, 1);
    dispatch(InstructionSet::detect(), Step { network, frame, past, next, memory, output });
    *turn = if *turn == Turn::Second { Turn::First } else { Turn::Second };
}

struct Step<'a, N: CompiledStream> {
    network: &'a N,
    frame: &'a N::Frame,
    past: &'a N::Carried,
    next: &'a mut N::Carried,
    memory: Memory<'a, N::Scalar>,
    output: &'a mut N::FrameOutput,
}

impl<N: CompiledStream> Stage for Step<'_, N> {
    type Output = ();
    #[inline(always)]
    fn run(self, instructions: InstructionSet) {
        self.network.step_tile(StepTile {
            instructions,
            inputs: core::slice::from_ref(self.frame),
            past: self.past,
            next: self.next,
            memory: self.memory,
            outputs: core::slice::from_mut(self.output),
        });
    }
}
