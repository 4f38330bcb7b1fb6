//! The checks before, and the sums after, the loss of a slice of samples.

use super::memory::tile_of;
use super::{CompiledLoss, MAX_TERMS};
use crate::error::{Error, same_length};
use crate::tensors::Scalar;

/// Checks the samples. Returns the denominator of each term of the loss.
pub(super) fn prepare<N: CompiledLoss>(
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

/// The number of samples in a tile of a gradient, for a workspace of `capacity` samples.
pub(super) fn gradient_tile<N: CompiledLoss>(capacity: usize) -> Result<usize, Error> {
    tile_of(capacity).map(|tile| if N::ONE_BY_ONE { 1 } else { tile })
}

/// Refuses a batch of whose samples no statistics can be taken, or not in this workspace.
pub(super) fn fits(samples: usize, least: usize, capacity: usize) -> Result<(), Error> {
    match samples {
        samples if samples < least => Err(Error::BatchOfOne),
        samples if samples > capacity => Err(Error::BatchTooLong { samples, capacity }),
        _ => Ok(()),
    }
}

/// The factor of each term of the loss, divided by its denominator.
pub(super) fn scale<N: CompiledLoss>(denominators: &[f64; MAX_TERMS]) -> [N::Scalar; MAX_TERMS] {
    let mut scale = [N::Scalar::ZERO; MAX_TERMS];
    for ((scale, coefficient), denominator) in scale.iter_mut().zip(N::COEFFICIENTS).zip(denominators) {
        *scale = N::Scalar::from_f64(coefficient / denominator);
    }
    scale
}

/// The loss, from the sum of each term.
pub(super) fn total<N: CompiledLoss>(sums: &[f64; MAX_TERMS], denominators: &[f64; MAX_TERMS]) -> N::Scalar {
    let terms = N::COEFFICIENTS.iter().zip(sums.iter().zip(denominators));
    N::Scalar::from_f64(terms.map(|(coefficient, (sum, denominator))| coefficient * sum / denominator).sum())
}
