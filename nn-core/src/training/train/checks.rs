//! Checks before a training begins, and of samples after it has failed.

use std::any::Any;

use crate::error::Error;
use crate::networks::Train;
use crate::tensors::{Plain, Scalar};

use super::Trainer;
use super::samples::Samples;

/// The names of the sets in errors.
pub(super) const TRAINING_SET: &str = "training set";
pub(super) const VALIDATION_SET: &str = "validation set";

/// Checks the settings of a trainer for a training set of so many samples.
pub(super) fn check_settings<N: Train, O>(trainer: &Trainer<'_, N, O>, samples: usize) -> Result<(), Error> {
    let refuse = |setting, must| Err(Error::Setting { setting, must });
    let allowed = |factor: f64| factor >= 0.0 && factor.is_finite();
    match trainer {
        _ if trainer.batch == 0 => refuse("batch", "be at least 1"),
        _ if trainer.epochs == 0 => refuse("epochs", "be at least 1"),
        _ if trainer.patience == Some(0) => refuse("early_stopping", "wait for at least 1 epoch"),
        #[cfg(feature = "safetensors")]
        _ if matches!(trainer.files.checkpoint, Some((_, 0))) => refuse("checkpoint", "wait for at least 1 epoch"),
        _ if trainer.drop_last && samples > 0 && trainer.batch > samples => {
            refuse("batch", "be at most the number of samples with `drop_last`, or no batch is left")
        }
        _ if N::LEAST_BATCH > 1 && samples > 1 && leaves_one(samples, trainer.batch, trainer.drop_last) => refuse(
            "batch",
            "leave no batch of one sample, whose variance a batch norm would need: choose another size, or \
             `drop_last(true)`",
        ),
        _ if !allowed(trainer.l1) => refuse("l1", "be a finite number of 0 or more"),
        _ if !allowed(trainer.l2) => refuse("l2", "be a finite number of 0 or more"),
        _ if !trainer.clip_norm.is_none_or(|norm| norm >= 0.0) => refuse("clip_norm", "be a number of 0 or more"),
        _ if !trainer.clip_value.is_none_or(|value| value >= 0.0) => refuse("clip_value", "be a number of 0 or more"),
        _ => Ok(()),
    }
}

/// Whether some batch consists of one sample.
fn leaves_one(samples: usize, batch: usize, drop_last: bool) -> bool {
    batch == 1 || (samples % batch == 1 && !drop_last)
}

/// Checks all samples of a set, so that an error has the number in the set, not in a batch.
pub(super) fn check_samples<N: Train>(what: &'static str, data: Samples<'_, N>) -> Result<(), Error> {
    if data.len() == 0 {
        return Err(Error::Empty { what });
    }
    for (sample, (input, target)) in data.inputs.iter().zip(data.targets).enumerate() {
        N::check_input(input, sample)?;
        N::check_target(target, sample)?;
    }
    Ok(())
}

/// The first sample that holds NaN or an infinite number: "input" or "target", and its position. It sees inputs of one
/// tensor, and targets of the type of the output.
pub(super) fn not_finite<N: Train>(inputs: &[N::Input], targets: &[N::Target]) -> Option<(&'static str, usize)> {
    inputs.iter().zip(targets).enumerate().find_map(|(sample, (input, target))| {
        let what =
            [("input", is_not_finite::<N::InputGradient>(input)), ("target", is_not_finite::<N::Output>(target))];
        what.into_iter().find(|(_, found)| *found).map(|(what, _)| (what, sample))
    })
}

/// Whether values are of type `P` and not all finite.
fn is_not_finite<P: Plain<Element: Scalar>>(values: &dyn Any) -> bool {
    values.downcast_ref::<P>().is_some_and(|values| !values.flat().iter().all(|value| value.is_finite()))
}
