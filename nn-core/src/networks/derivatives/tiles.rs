//! The tiles of a slice of samples, of which a derivative is computed one after the other.

use super::{CompiledDerivative, DerivativeTile};
use crate::error::{Error, same_length};
use crate::networks::batch::fits;
use crate::networks::memory::tile_of;
use crate::networks::turns::Ordered;
use crate::networks::{Compiled, MAX_TERMS, Memory, Pass};
use crate::tensors::plain;
use crate::tensors::{Plain, Sample, Scalar};

/// No factors of a loss.
pub(super) fn zeros<T: Scalar>() -> [T; MAX_TERMS] {
    [T::ZERO; MAX_TERMS]
}

/// What a derivative is computed of.
pub(super) struct Given<'a, I, A, P, T> {
    pub inputs: &'a [I],
    pub along: &'a [A],
    pub direction: &'a P,
    pub pass: Pass<T>,
}

/// What of it is wanted.
pub(super) struct Wanted<'a, P, G, O> {
    pub gradient: Option<&'a mut P>,
    pub gradients: Option<&'a mut [G]>,
    pub outputs: &'a mut [O],
    pub tangents: &'a mut [O],
}

impl<P, G, O> Default for Wanted<'_, P, G, O> {
    fn default() -> Self {
        Wanted { gradient: None, gradients: None, outputs: &mut [], tangents: &mut [] }
    }
}

impl<I: Sample, A, P: Plain<Element = T>, T: Scalar> Given<'_, I, A, P, T> {
    /// Checks the inputs, and that there is as much to derive along.
    pub fn check<N, Kind>(&self) -> Result<(), Error>
    where
        N: CompiledDerivative<Kind, Along = A> + Compiled<Input = I>,
    {
        same_length("directions for the inputs", self.inputs.len(), self.along.len())?;
        self.inputs.iter().enumerate().try_for_each(|(sample, input)| N::check_input(input, sample))
    }

    /// Checks the inputs, and whether statistics of the batch can be taken.
    pub fn check_inputs<N, Kind>(&self, capacity: usize) -> Result<(), Error>
    where
        N: CompiledDerivative<Kind> + Compiled<Input = I>,
    {
        self.inputs.iter().enumerate().try_for_each(|(sample, input)| N::check_input(input, sample))?;
        if N::WHOLE_BATCH { fits(self.inputs.len(), N::LEAST_BATCH, tile_of(capacity)?) } else { Ok(()) }
    }

    /// Calls a function with one tile after the other.
    pub fn each_tile<N, Kind>(
        mut self,
        workspace: &mut [N::DerivativeScratch],
        mut wanted: Wanted<'_, P, N::InputGradient, N::Output>,
        run: impl Fn(DerivativeTile<'_, N, Kind>),
    ) -> Result<(), Error>
    where
        N: CompiledDerivative<Kind, Along = A> + Compiled<Input = I, Params = P, Scalar = T>,
    {
        if let Some(gradients) = &wanted.gradients {
            same_length("gradients for the inputs", self.inputs.len(), gradients.len())?;
        }
        let tile = tile_of(workspace.len()).map(|tile| if N::ONE_BY_ONE { 1 } else { tile })?;
        if let (Some(gradient), true) = (&mut wanted.gradient, self.inputs.is_empty()) {
            // the sum over no samples
            gradient.flat_mut().fill(T::ZERO);
        }
        let draw = self.pass.draw;
        let elements = plain::flatten_mut(workspace);
        for (at, inputs) in self.inputs.chunks(tile).enumerate() {
            let part = at * tile..at * tile + inputs.len();
            self.pass.draw = draw.starting_at(part.start);
            self.pass.first = at == 0;
            run(DerivativeTile {
                pass: &self.pass,
                inputs,
                targets: self.along.get(part.clone()).unwrap_or_default(),
                direction: self.direction,
                memory: Memory::new(elements, tile, inputs.len()),
                gradient: wanted.gradient.as_deref_mut().map(Ordered::alone),
                gradients: wanted.gradients.as_deref_mut().map(|all| &mut all[part.clone()]),
                outputs: wanted.outputs.get_mut(part.clone()).unwrap_or_default(),
                tangents: wanted.tangents.get_mut(part).unwrap_or_default(),
            });
        }
        Ok(())
    }
}
