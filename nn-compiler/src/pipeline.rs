//! The pipeline: from a syntax tree to schedules.

use crate::derivatives;
use crate::equation::{Program, Role};
use crate::errors::{Code, Errors};
use crate::fold::{Folded, fold};
use crate::gradient::gradient;
use crate::layout::lay_out;
use crate::lints::check_allowed;
use crate::lower::{self, Library, LibraryText, Mode};
use crate::lowered::Lowered;
use crate::schedule::{Schedule, schedule};
use crate::simplify::{move_out, simplify};
use crate::syntax::ast::DerivativeKind;
use crate::syntax::{ast, check_names};
use crate::weights::{EmbeddedWeights, embed};

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
    let folded = network.folded.is_some().then(|| compile_folded(&infer));
    let stream = match &network.stream {
        Some(stream) => Some(compile_step(network, *stream, &infer, &forward, errors)?),
        None => None,
    };
    let derivatives = compile_derivatives(network, &train, errors)?;
    let weights = embed(network, &train, errors)?;
    Some(Compiled { infer, train, forward, training, folded, stream, derivatives, weights })
}

/// The derivatives that are functions; `None` after a mistake.
fn compile_derivatives(network: &ast::Network, train: &Lowered, errors: &mut Errors) -> Option<Vec<Derivative>> {
    if network.derivatives.is_empty() {
        return Some(Vec::new());
    }
    let text = LibraryText::default();
    let library = Library::new(&network.formulas, &text);
    let without_loss = ast::Network { loss: None, ..network.clone() };
    let mut derivatives = Vec::new();
    for ast::DerivativeName { kind, span } in network.derivatives.iter().copied() {
        if kind == DerivativeKind::Hvp && network.loss.is_none() {
            errors.report(Code::Attribute, span, "`hvp` is that of the loss, and this network has none");
            continue;
        }
        if kind == DerivativeKind::Jvp && train.inputs.iter().all(|port| train.program.at(port.tensor).bound.is_some())
        {
            errors.report(Code::Attribute, span, "`jvp` is along a direction of the inputs, and these are indices");
            continue;
        }
        let mode = if kind == DerivativeKind::Pullback { Mode::Train } else { Mode::Infer };
        let mut forward = || lowered(&without_loss, &library, mode, errors);
        let derivative = match kind {
            DerivativeKind::Hvp => derivatives::hessian_product(train),
            DerivativeKind::Jvp => derivatives::along_inputs(&forward()),
            DerivativeKind::Vjp | DerivativeKind::Pullback => derivatives::pullback(&forward()),
        };
        let outputs = (kind == DerivativeKind::Pullback).then(|| {
            let lowered = forward();
            let wanted = |role| matches!(role, Role::Output(_) | Role::NextState(_));
            plan(&lowered, lowered.program.clone(), &wanted, &mut |_| {})
        });
        let wanted = |role| match role {
            Role::Gradient(_) | Role::InputGradient(_) => kind != DerivativeKind::Jvp,
            Role::Output(_) | Role::Tangent(_) => kind == DerivativeKind::Jvp,
            _ => false,
        };
        let schedule = plan(&derivative, derivative.program.clone(), &wanted, &mut |_| {});
        derivatives.push(Derivative { kind, network: derivative, schedule, outputs });
    }
    (!errors.any()).then_some(derivatives)
}

/// The step of a network that is a stream; `None` after a mistake. Its equations are those of the simplified network: were
/// they simplified again, more of them would be inlined, and sums would be added up in another order.
fn compile_step(
    network: &ast::Network,
    stream: ast::StreamAttribute,
    infer: &Lowered,
    forward: &Schedule,
    errors: &mut Errors,
) -> Option<Step> {
    match crate::stream::stream(infer, stream.axis) {
        Ok(step) => {
            let schedule = laid_out(&step, step.program.clone(), Some(forward));
            Some(Step { network: step, schedule })
        }
        Err(no_stream) => {
            let (place, message) = no_stream.of(network, stream);
            errors.report(Code::Stream, place, message);
            None
        }
    }
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

fn compile_training(train: &Lowered, infer: &Lowered, watch: &mut dyn FnMut(Snapshot, &Program)) -> Training {
    let of_infer =
        |wanted: &dyn Fn(Role) -> bool| plan(infer, without_outputs(infer.program.clone()), wanted, &mut |_| {});
    let derived = without_outputs(gradient(train));
    watch(Snapshot::Derived, &derived);
    let wanted = |role| matches!(role, Role::Loss(_) | Role::Gradient(_) | Role::InputGradient(_) | Role::NextState(_));
    Training {
        loss: train.has_modes.then(|| of_infer(&|role| matches!(role, Role::Loss(_)))),
        gradient: plan(train, derived, &wanted, &mut |program| watch(Snapshot::Simplified, program)),
        divisors: (infer.terms.iter().any(|term| term.divisor.is_some()))
            .then(|| of_infer(&|role| matches!(role, Role::Divisor(_)))),
    }
}

/// The folded network: values that do not depend on the samples become its parameters.
fn compile_folded(infer: &Lowered) -> Folding {
    let Folded { network, preparation } = fold(infer);
    let preparation = plan(infer, preparation, &|role| matches!(role, Role::Folded(_)), &mut |_| {});
    let forward = plan(&network, network.program.clone(), &|role| matches!(role, Role::Output(_)), &mut |_| {});
    let network = Compiled {
        infer: network.clone(),
        train: network,
        forward,
        training: None,
        folded: None,
        stream: None,
        derivatives: Vec::new(),
        weights: None,
    };
    Folding { network: Box::new(network), preparation }
}

/// Simplifies, lays out and schedules a program whose results are the tensors with some roles.
fn plan(
    lowered: &Lowered,
    mut program: Program,
    wanted: &dyn Fn(Role) -> bool,
    watch: &mut dyn FnMut(&Program),
) -> Schedule {
    verify(&program);
    simplify(&mut program, wanted);
    verify(&program);
    watch(&program);
    laid_out(lowered, program, None)
}

/// Lays out and schedules a simplified program; a step of a stream like the whole.
fn laid_out(lowered: &Lowered, mut program: Program, whole: Option<&Schedule>) -> Schedule {
    let layout = lay_out(&mut program);
    verify(&program);
    let schedule = schedule(program, layout, &|role| lowered.is_copied(role), whole);
    held(|| crate::schedule::check(&schedule));
    schedule
}

/// The program with its outputs as intermediate values.
fn without_outputs(mut program: Program) -> Program {
    for tensor in &mut program.tensors {
        if matches!(tensor.role, Role::Output(_)) {
            tensor.role = Role::Value;
        }
    }
    program
}

/// Checks the invariants of a program, in tests alone.
fn verify(program: &Program) {
    held(|| crate::equation::check(program));
}

/// Panics where an invariant does not hold, in tests alone.
fn held(_law: impl Fn() -> Result<(), String>) {
    #[cfg(any(test, feature = "verify"))]
    if let Err(message) = _law() {
        panic!("{message}");
    }
}
