//! Derivatives that are functions.

use super::{Derivative, lowered, plan};
use crate::derivatives::{along_inputs, hessian_product, pullback};
use crate::equation::Role;
use crate::errors::{Code, Errors};
use crate::lower::{Library, LibraryText, Mode};
use crate::lowered::Lowered;
use crate::syntax::ast::{self, DerivativeKind, DerivativeName};

/// The derivatives that are functions; `None` after a mistake.
pub(super) fn compile_derivatives(
    network: &ast::Network,
    train: &Lowered,
    errors: &mut Errors,
) -> Option<Vec<Derivative>> {
    if network.derivatives.is_empty() {
        return Some(Vec::new());
    }
    let text = LibraryText::default();
    let library = Library::new(&network.formulas, &text);
    let without_loss = ast::Network { loss: None, ..network.clone() };
    let mut derivatives = Vec::new();
    for name in &network.derivatives {
        match undefined(*name, network, train) {
            Some(reason) => errors.report(Code::Attribute, name.span, reason),
            None => derivatives.push(compile_derivative(name.kind, &without_loss, &library, train, errors)),
        }
    }
    (!errors.any()).then_some(derivatives)
}

/// Why a network has no such derivative.
fn undefined(name: DerivativeName, network: &ast::Network, train: &Lowered) -> Option<&'static str> {
    let mut inputs = train.inputs.iter();
    match name.kind {
        DerivativeKind::Hvp if network.loss.is_none() => Some("`hvp` is that of the loss, and this network has none"),
        DerivativeKind::Jvp if inputs.all(|port| train.program.at(port.tensor).bound.is_some()) => {
            Some("`jvp` is along a direction of the inputs, and these are indices")
        }
        _ => None,
    }
}

fn compile_derivative(
    kind: DerivativeKind,
    without_loss: &ast::Network,
    library: &Library<'_>,
    train: &Lowered,
    errors: &mut Errors,
) -> Derivative {
    let mode = if kind == DerivativeKind::Pullback { Mode::Train } else { Mode::Infer };
    let mut forward = || lowered(without_loss, library, mode, errors);
    let network = match kind {
        DerivativeKind::Hvp => hessian_product(train),
        DerivativeKind::Jvp => along_inputs(&forward()),
        DerivativeKind::Vjp | DerivativeKind::Pullback => pullback(&forward()),
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
    let schedule = plan(&network, network.program.clone(), &wanted, &mut |_| {});
    Derivative { kind, network, schedule, outputs }
}
