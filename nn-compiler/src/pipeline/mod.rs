//! The pipeline: from a syntax tree to schedules.

mod derivatives;
mod functions;
mod plan;

use crate::equation::{Program, Role};
use crate::errors::Errors;
use crate::lints::check_allowed;
use crate::lower::{self, Library, LibraryText, Mode};
use crate::lowered::Lowered;
use crate::schedule::Schedule;
use crate::simplify::move_out;
use crate::syntax::ast::DerivativeKind;
use crate::syntax::{ast, check_names};
use crate::weights::{EmbeddedWeights, embed};

use self::derivatives::compile_derivatives;
use self::functions::{compile_folded, compile_step, compile_training};
use self::plan::plan;

/// A compiled network, from which the code is emitted.
#[derive(Debug)]
pub struct Compiled {
    /// The network in prediction.
    pub infer: Lowered,
    /// The network in training.
    pub train: Lowered,
    /// Prediction.
    pub forward: Schedule,
    /// The loss and its gradients, if there is a loss.
    pub training: Option<Training>,
    /// The network that it folds into.
    pub folded: Option<Folding>,
    /// Its step, if it is a stream.
    pub stream: Option<Step>,
    /// Its derivatives, as far as they are functions.
    pub derivatives: Vec<Derivative>,
    /// The file of weights that lies in the program.
    pub weights: Option<EmbeddedWeights>,
}

/// A derivative that is a function.
#[derive(Debug)]
pub struct Derivative {
    /// Which one.
    pub kind: DerivativeKind,
    /// The derivative as a network of its own.
    pub network: Lowered,
    /// The function.
    pub schedule: Schedule,
    /// The outputs as in training, which go with a pullback.
    pub outputs: Option<Schedule>,
}

/// The step of a stream.
#[derive(Debug)]
pub struct Step {
    /// The step as a network of its own.
    pub network: Lowered,
    /// One step.
    pub schedule: Schedule,
}

/// A folded network.
#[derive(Debug)]
pub struct Folding {
    /// The network.
    pub network: Box<Compiled>,
    /// The computation of its parameters.
    pub preparation: Schedule,
}

/// The schedules that belong to a loss.
#[derive(Debug)]
pub struct Training {
    /// The loss in prediction, where that differs from training.
    pub loss: Option<Schedule>,
    /// The gradients by the parameters and by the inputs.
    pub gradient: Schedule,
    /// The denominators of the terms of the loss, where these are not the number of samples.
    pub divisors: Option<Schedule>,
}

/// A program at a point of the pipeline, where its equations can be inspected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Snapshot {
    /// The loss as it is trained, with the gradient that was derived.
    Derived,
    /// The same, simplified.
    Simplified,
}

/// Checks, lowers, differentiates and schedules a network; `None` after a mistake, which is reported.
pub fn compile(network: &ast::Network, errors: &mut Errors) -> Option<Compiled> {
    compile_watched(network, errors, &mut |_, _| {})
}

/// The same; `watch` is shown the program at each of these points.
pub fn compile_watched(
    network: &ast::Network,
    errors: &mut Errors,
    watch: &mut dyn FnMut(Snapshot, &Program),
) -> Option<Compiled> {
    let [train, infer] = lower_modes(network, errors)?;
    let forward = plan(&infer, infer.program.clone(), &|role| matches!(role, Role::Output(_)), &mut |_| {});
    let training = (!infer.terms.is_empty()).then(|| compile_training(&train, &infer, watch));
    let folded = match &network.folded {
        Some(attribute) => Some(compile_folded(network, attribute, &infer, errors)?),
        None => None,
    };
    let stream = match &network.stream {
        Some(stream) => Some(compile_step(network, *stream, &infer, &forward, errors)?),
        None => None,
    };
    let derivatives = compile_derivatives(network, &train, errors)?;
    let weights = embed(network, network.weights.as_ref(), &train, errors)?;
    Some(Compiled { infer, train, forward, training, folded, stream, derivatives, weights })
}

/// The network in training, and in prediction.
fn lower_modes(network: &ast::Network, errors: &mut Errors) -> Option<[Lowered; 2]> {
    check_names(network, errors);
    check_allowed(network, errors);
    if errors.any() {
        return None;
    }
    let text = LibraryText::default();
    let library = Library::new(&network.formulas, &text);
    let train = lowered(network, &library, Mode::Train, errors);
    if errors.any() {
        return None;
    }
    let infer = lowered(network, &library, Mode::Infer, errors);
    if !errors.any() {
        lower::report_unused(network, &train, &infer, errors);
    }
    (!errors.any()).then_some([train, infer])
}

/// The equations of a network. Sums of its scans that do not depend on the steps before stand in front of them, in the
/// prediction and for its derivatives.
fn lowered(network: &ast::Network, library: &Library<'_>, mode: Mode, errors: &mut Errors) -> Lowered {
    let mut lowered = lower::lower(network, library, mode, errors);
    if !errors.any() {
        let mut kept: Vec<_> = lowered.checkpoints.iter().map(|layer| layer.equations.clone()).collect();
        move_out(&mut lowered.program, &mut kept);
        lowered.checkpoints.iter_mut().zip(kept).for_each(|(layer, equations)| layer.equations = equations);
    }
    lowered
}
