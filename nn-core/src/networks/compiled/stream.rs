//! Networks that run one frame after the other.

use super::Compiled;
use crate::kernels::instruction_set::InstructionSet;
use crate::networks::samples::Checked;
use crate::networks::{Accepts, Memory, role};
use crate::tensors::{Plain, Sample};

/// The types of a network with `#[stream]`, which [`network!`](macro@crate::network) implements.
///
/// Do not implement it by hand. Every `CompiledStream` has the methods of [`Streamed`](crate::Streamed).
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     #[stream]
///     struct Net { rnn: RNN(3 => 2) }
///     fn forward(x: [50, 3]) -> [50, 2] { let (y, _) = rnn(x); y }
/// }
///
/// /// The numbers that a step hands on to the next.
/// fn carried<N: CompiledStream>() -> usize {
///     N::Carried::LEN
/// }
///
/// assert_eq!(carried::<Net>(), 2);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no stream",
    label = "needs a network with `#[stream]`",
    note = "write `#[stream]` over its struct: then it also runs one frame after the other"
)]
pub trait CompiledStream: Compiled + for<'a> Accepts<&'a Self::Frame, role::Frame, Own = Self::Frame> {
    /// The frame of one step: an input without the axis of time, or with as many places as a step has frames.
    type Frame: Sample;
    /// What a step gives: an output without the axis of time.
    type FrameOutput: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// What a step hands on to the next: a field for each tensor of which earlier frames are read.
    type Carried: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// The workspace of a step.
    type StepScratch: Plain<Element = Self::Scalar>;

    /// Sets what lies in front of the first frame, where that is not zero.
    #[doc(hidden)]
    fn begin(_carried: &mut Self::Carried) {}
    /// Checks that all indices of a frame are in range.
    #[doc(hidden)]
    fn check_frame(_frame: &Self::Frame, _sample: usize) -> Checked {
        Ok(())
    }
    /// Computes one step.
    #[doc(hidden)]
    fn step_tile(&self, tile: StepTile<'_, Self>);
}

/// One step of a stream.
pub struct StepTile<'a, N: CompiledStream> {
    /// The vector instructions in use.
    pub instructions: InstructionSet,
    /// The frame, as a slice of one.
    pub inputs: &'a [N::Frame],
    /// What the step before has handed on.
    pub past: &'a N::Carried,
    /// Takes what this step hands on.
    pub next: &'a mut N::Carried,
    /// The workspace.
    pub memory: Memory<'a, N::Scalar>,
    /// Takes the output, as a slice of one.
    pub outputs: &'a mut [N::FrameOutput],
}

impl<N: CompiledStream> StepTile<'_, N> {
    /// The same step, for one stage of the work on it.
    #[inline(always)]
    pub fn reborrow(&mut self) -> StepTile<'_, N> {
        StepTile { next: &mut *self.next, memory: self.memory.reborrow(), outputs: &mut *self.outputs, ..*self }
    }
}
