//! Reports of inputs, targets and values that nothing depends on.

use std::collections::HashSet;

use syn::Ident;

use crate::errors::{Code, Errors};
use crate::lowered::Lowered;
use crate::symbolic::Node;
use crate::syntax::ast::{
    Argument, Expression, ExpressionKind, Forward, Network, SizeItem, Statement, Subscript, TypedName,
};

/// Reports them for a network without other mistakes, from which they might follow.
pub fn report_unused(network: &Network, train: &Lowered, infer: &Lowered, errors: &mut Errors) {
    let read: HashSet<String> = [train, infer].into_iter().flat_map(names_read).collect();
    network.forward.iter().for_each(|forward| unused_values(forward, errors));
    let inputs = network.forward.iter().flat_map(|forward| &forward.inputs).map(|input| (input, "input"));
    let targets = network.loss.iter().flat_map(|loss| &loss.targets).map(|target| (target, "target"));
    let ports = inputs.chain(targets).map(|(TypedName { name, .. }, what)| (name, what));
    let parameters = network.parameters.iter().map(|parameter| (&parameter.statement.name, "parameter"));
    for (name, what) in ports.chain(parameters) {
        if !read.contains(&format!("{what} {name}")) {
            let message = format!("the {what} `{name}` is never used\n\nhelp: take it out, or use it");
            errors.report(Code::UnusedValue, name.span(), message);
        }
    }
}

/// Reports what a `let` names and no later line of `forward` mentions before the name means something else.
fn unused_values(forward: &Forward, errors: &mut Errors) {
    let lets: Vec<(Vec<&Ident>, &Expression)> = forward.body.iter().filter_map(named_values).collect();
    for (at, (names, _)) in lets.iter().enumerate() {
        for name in names {
            let later = &lets[at + 1..];
            let redefinition = later.iter().position(|(others, _)| others.contains(name));
            let until = redefinition.map_or(later.len(), |place| place + 1);
            let results = forward.results.iter().filter(|_| redefinition.is_none());
            let mut values = later[..until].iter().map(|(_, value)| *value).chain(results);
            if !values.any(|value| mentions(value, &name.to_string())) {
                let help = if names.len() == 1 { "take it out, or use it" } else { "write `_` for it, or use it" };
                errors.report(
                    Code::UnusedValue,
                    name.span(),
                    format!("the value `{name}` is never used\n\nhelp: {help}"),
                );
            }
        }
    }
}

/// The names that a `let` gives, and the value.
fn named_values(statement: &Statement) -> Option<(Vec<&Ident>, &Expression)> {
    match statement {
        Statement::Assign(assign) => Some((vec![&assign.name], &assign.value)),
        Statement::Several(several) => Some((several.names.iter().flatten().collect(), &several.value)),
        _ => None,
    }
}

/// Whether a name stands for a value somewhere in an expression.
pub(in crate::lower) fn mentions(expression: &Expression, name: &str) -> bool {
    any(expression, &|kind| matches!(kind, ExpressionKind::Name(found) if found == name))
}

/// Whether a layer is called in `forward`, or its name stands where a value is expected.
pub(super) fn is_named(forward: &Forward, layer: &str) -> bool {
    let names = |kind: &ExpressionKind| match kind {
        ExpressionKind::Name(found) | ExpressionKind::Call(found, _) => found == layer,
        _ => false,
    };
    let values = forward.body.iter().filter_map(named_values).map(|(_, value)| value);
    values.chain(&forward.results).any(|value| any(value, &names))
}

/// Whether a test holds for an expression or a part of it.
fn any(expression: &Expression, test: &dyn Fn(&ExpressionKind) -> bool) -> bool {
    let within = |part: &Expression| any(part, test);
    test(&expression.kind)
        || match &expression.kind {
            ExpressionKind::Negate(value) | ExpressionKind::Reduce(_, _, value) | ExpressionKind::Field(value, _) => {
                within(value)
            }
            ExpressionKind::Binary(_, left, right) => within(left) || within(right),
            ExpressionKind::Index(value, subscripts) => {
                within(value) || subscripts.iter().any(|at| matches!(at, Subscript::At(at) if within(at)))
            }
            ExpressionKind::Call(_, arguments) => {
                let keywords = arguments.keywords.iter().map(|(_, argument)| argument);
                arguments.positional.iter().chain(keywords).any(|argument| match argument {
                    Argument::Value(value) => within(value),
                    Argument::Arrow(left, right) => within(left) || within(right),
                })
            }
            ExpressionKind::Tuple(parts) => parts.iter().any(within),
            ExpressionKind::Shape(shape) => {
                shape.sizes.iter().any(|size| matches!(size, SizeItem::Size(size) if within(size)))
            }
            ExpressionKind::Braced(_, value) => value.as_ref().as_ref().is_ok_and(within),
            ExpressionKind::Name(_)
            | ExpressionKind::Number { .. }
            | ExpressionKind::Bool(_)
            | ExpressionKind::Path(_)
            | ExpressionKind::Infer => false,
        }
}

/// The inputs, targets and parameters of its own that are read somewhere: `input x`, `target t`, `parameter p`.
fn names_read(lowered: &Lowered) -> Vec<String> {
    let program = &lowered.program;
    let reads = program.equations.iter().flat_map(|equation| program.pool.reads(equation.body));
    let tensors: HashSet<_> = reads
        .filter_map(|read| match program.pool.node(read) {
            Node::Read { tensor, .. } => Some(program.root(*tensor)),
            _ => None,
        })
        .collect();
    let inputs = lowered.inputs.iter().map(|port| (port, "input"));
    let ports = inputs.chain(lowered.targets.iter().map(|port| (port, "target")));
    let ports = ports.map(|(port, what)| (&port.name, port.tensor, what));
    let parameters = lowered.parameters.iter().chain(&lowered.frozen).filter(|parameter| parameter.path.is_empty());
    let parameters = parameters.map(|parameter| (&parameter.name, parameter.tensor, "parameter"));
    let read = ports.chain(parameters).filter(|(_, tensor, _)| tensors.contains(tensor));
    read.map(|(name, _, what)| format!("{what} {name}")).collect()
}
