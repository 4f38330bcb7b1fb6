//! Losses of something else than what they expect.

use syn::Ident;

use crate::lints::flow::Flow;
use crate::lints::{Lint, Warning, is_of_library};
use crate::lowered::Lowered;
use crate::syntax::ast::{Argument, Expression, ExpressionKind, Network};

/// The last function in front of a loss that is suspicious, or the only ones that are not.
enum Expected {
    Without(&'static [&'static str]),
    With(&'static [&'static str]),
}

/// A loss, what it expects, and the texts that say so; `{found}` is the name of what is there.
struct Rule {
    loss: &'static str,
    expected: Expected,
    lint: Lint,
    text: &'static str,
}

const RULES: [Rule; 4] = [
    Rule {
        loss: "cross_entropy",
        expected: Expected::Without(&["softmax", "log_softmax", "sigmoid"]),
        lint: Lint::SoftmaxBeforeCrossEntropy,
        text: "`cross_entropy` takes logits and applies `log_softmax` itself: with `{found}` in front of it the network \
               learns slowly or not at all\n\nhelp: leave out `{found}`; the greatest logit is the most likely class",
    },
    Rule {
        loss: "bce_with_logits",
        expected: Expected::Without(&["sigmoid", "softmax"]),
        lint: Lint::SigmoidBeforeLogits,
        text: "`bce_with_logits` takes logits and applies `sigmoid` itself\n\nhelp: leave out `{found}`, or write `bce`, \
               which takes probabilities",
    },
    Rule {
        loss: "nll",
        expected: Expected::With(&["log_softmax", "log_sigmoid", "ln", "logsumexp"]),
        lint: Lint::NllWithoutLogSoftmax,
        text: "`nll` takes logarithms of probabilities, and the output comes from `{found}`\n\nhelp: end with \
               `.log_softmax()`, or write `cross_entropy`, which does both",
    },
    Rule {
        loss: "bce",
        expected: Expected::With(&["sigmoid", "softmax", "hardsigmoid", "clamp"]),
        lint: Lint::BceWithoutSigmoid,
        text: "`bce` takes probabilities, and the output comes from `{found}`\n\nhelp: end with `.sigmoid()`, or write \
               `bce_with_logits`, which does both",
    },
];

/// The functions that leave values as they are.
const LAYOUT: [&str; 8] = ["flatten", "reshape", "squeeze", "unsqueeze", "transpose", "permute", "narrow", "select"];

/// The warnings for the losses of a network.
pub(super) fn of_losses(network: &Network, infer: &Lowered) -> Vec<Warning> {
    let mut terms = Vec::new();
    if let Some(loss) = &network.loss {
        visit(&loss.value, &mut terms);
    }
    let of_term = |(loss, output)| [of_one_class(network, infer, loss, output), of_term(network, loss, output)];
    terms.into_iter().flat_map(of_term).flatten().collect()
}

/// Shows each name of a loss, with the output that it is given, if it is named.
fn visit<'a>(value: &'a Expression, terms: &mut Vec<(&'a Ident, Option<&'a Ident>)>) {
    match &value.kind {
        ExpressionKind::Name(name) => terms.push((name, None)),
        ExpressionKind::Call(name, arguments) => {
            let output = arguments.positional.first().and_then(|argument| match argument {
                Argument::Value(Expression { kind: ExpressionKind::Name(output), .. }) => Some(output),
                _ => None,
            });
            terms.push((name, output));
        }
        ExpressionKind::Binary(_, left, right) => {
            visit(left, terms);
            visit(right, terms);
        }
        _ => {}
    }
}

/// The warning for one loss of an output, the only one if it is not named.
fn of_term(network: &Network, loss: &Ident, output: Option<&Ident>) -> Option<Warning> {
    let rule = RULES.iter().find(|rule| loss == rule.loss).filter(|_| is_of_library(network, loss))?;
    let forward = network.forward.as_ref()?;
    let at = number_of(network, output)?;
    let flow = Flow::new(&forward.body);
    let mut call = flow.call(flow.last(forward.results.get(at)?))?;
    while LAYOUT.iter().any(|name| call.name == name) {
        call = flow.call(*call.inputs.first()?)?;
    }
    let field = network.layers.iter().find(|layer| layer.name == *call.name);
    let known = is_of_library(network, field.map_or(call.name, |layer| &layer.kind));
    let suspicious = match rule.expected {
        Expected::Without(names) => names.iter().any(|name| call.name == name) && field.is_none(),
        Expected::With(names) => field.is_some() || !names.iter().any(|name| call.name == name),
    };
    (suspicious && known).then(|| Warning {
        lint: rule.lint,
        place: call.name.span(),
        text: rule.text.replace("{found}", &call.name.to_string()),
    })
}

/// The names of the losses of a network.
pub(crate) fn loss_names(network: &Network) -> Vec<String> {
    let mut terms = Vec::new();
    if let Some(loss) = &network.loss {
        visit(&loss.value, &mut terms);
    }
    terms.into_iter().map(|(name, _)| name.to_string()).collect()
}

/// The number of an output, the only one if it is not named.
fn number_of(network: &Network, output: Option<&Ident>) -> Option<usize> {
    let outputs = &network.forward.as_ref()?.outputs;
    output.map_or(Some(0), |output| outputs.iter().position(|port| port.name == *output))
}

/// The warning for a `cross_entropy` whose value is always 0: the classes lie along the first axis.
fn of_one_class(network: &Network, infer: &Lowered, loss: &Ident, output: Option<&Ident>) -> Option<Warning> {
    if loss != "cross_entropy" || !is_of_library(network, loss) {
        return None;
    }
    let output = infer.outputs.get(number_of(network, output)?)?;
    let classes = infer.program.at(output.tensor).sample_shape().first()?.literal()?;
    let text = "`cross_entropy` of one class is always 0, since there is no other that it could be\n\nhelp: for yes or no, end \
                with `.sigmoid()` and write `loss = bce;`";
    let lint = Lint::CrossEntropyOfOneClass;
    (classes == 1).then(|| Warning { lint, place: loss.span(), text: text.into() })
}
