//! The functions of a network beside its prediction: training, the step of a stream, the folded network.

use super::plan::{laid_out, plan};
use super::{Compiled, Folding, Snapshot, Step, Training};
use crate::equation::{Program, Role};
use crate::errors::{Code, Errors};
use crate::fold::{Folded, fold};
use crate::gradient::gradient;
use crate::lowered::Lowered;
use crate::schedule::Schedule;
use crate::syntax::ast;
use crate::weights::embed;

/// The loss and its gradients.
pub(super) fn compile_training(
    train: &Lowered,
    infer: &Lowered,
    watch: &mut dyn FnMut(Snapshot, &Program),
) -> Training {
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

/// The folded network: values that do not depend on the samples become its parameters; `None` after a mistake.
pub(super) fn compile_folded(
    declared: &ast::Network,
    attribute: &ast::FoldedAttribute,
    infer: &Lowered,
    errors: &mut Errors,
) -> Option<Folding> {
    let Folded { network, preparation } = fold(infer);
    let preparation = plan(infer, preparation, &|role| matches!(role, Role::Folded(_)), &mut |_| {});
    let forward = plan(&network, network.program.clone(), &|role| matches!(role, Role::Output(_)), &mut |_| {});
    let weights = embed(declared, attribute.weights.as_ref(), &network, errors)?;
    let network = Compiled {
        infer: network.clone(),
        train: network,
        forward,
        training: None,
        folded: None,
        stream: None,
        derivatives: Vec::new(),
        weights,
    };
    Some(Folding { network: Box::new(network), preparation })
}

/// The step of a network that is a stream; `None` after a mistake. Its equations are those of the simplified network: were
/// they simplified again, more of them would be inlined, and sums would be added up in another order.
pub(super) fn compile_step(
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

/// The program with its outputs as intermediate values.
fn without_outputs(mut program: Program) -> Program {
    for tensor in &mut program.tensors {
        if matches!(tensor.role, Role::Output(_)) {
            tensor.role = Role::Value;
        }
    }
    program
}
