//! Layers whose work is undone or repeated by the next one.

use syn::Ident;

use crate::lints::flow::{Call, Flow, Value};
use crate::lints::{Lint, Warning, is_of_library};
use crate::lower::literal_size;
use crate::syntax::ast::{Argument, Expression, ExpressionKind, Formula, FormulaKind, LayerField, Network, Statement};

/// The warnings for the layers of a network, and for those inside of its own layers.
pub(super) fn of_layers<'n>(network: &'n Network) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if let Some(forward) = &network.forward {
        let body = Body { network, layers: network.layers.iter().collect(), flow: Flow::new(&forward.body) };
        body.check(&forward.results, &mut warnings);
        // without a layer, dropout itself is what the network is about
        if !network.layers.is_empty() {
            warnings.extend(forward.results.iter().filter_map(|result| body.dropout(result)));
        }
    }
    let is_own = |formula: &&Formula| formula.kind == FormulaKind::Layer && !formula.library && !formula.imported;
    for formula in network.formulas.iter().filter(is_own) {
        let field = |statement: &'n Statement| match statement {
            Statement::Layer(field) => Some(field),
            _ => None,
        };
        let layers = formula.body.iter().filter_map(field).collect();
        Body { network, layers, flow: Flow::new(&formula.body) }.check(&[], &mut warnings);
    }
    warnings
}

/// The body of a network or layer, with the layers that it calls.
struct Body<'a> {
    network: &'a Network,
    layers: Vec<&'a LayerField>,
    flow: Flow<'a>,
}

impl<'a> Body<'a> {
    fn check(&self, results: &'a [Expression], warnings: &mut Vec<Warning>) {
        let results = results.iter().map(|result| self.flow.last(result));
        for value in self.flow.values().chain(results) {
            self.flow.visit(value, &mut |value| {
                if matches!(value.expression.kind, ExpressionKind::Call(..)) {
                    warnings.extend(self.bias(value));
                    warnings.extend(self.linear(value));
                }
            });
        }
    }

    /// The layer of the library that a call calls.
    fn layer(&self, call: &Call<'a>) -> Option<&'a LayerField> {
        let layer = self.layers.iter().find(|layer| layer.name == *call.name)?;
        is_of_library(self.network, &layer.kind).then_some(layer)
    }

    /// The layer that is called, and the layer whose result it is given.
    fn pair(&self, value: Value<'a>) -> Option<(&'a LayerField, &'a LayerField, &'a Ident)> {
        let call = self.flow.call(value)?;
        let inner = self.flow.call(*call.inputs.first()?)?;
        Some((self.layer(&call)?, self.layer(&inner)?, inner.name))
    }

    fn bias(&self, value: Value<'a>) -> Option<Warning> {
        let (norm, layer, _) = self.pair(value)?;
        // a file has the bias, or has not
        let with_bias = !self.network.names_weights
            && ["Linear", "Conv"].iter().any(|kind| layer.kind.to_string().starts_with(kind));
        if !norm.kind.to_string().starts_with("BatchNorm") || !with_bias || keyword(layer, "bias").is_some() {
            return None;
        }
        let text = format!(
            "the bias of `{}` has no effect on training: `{}` behind it subtracts the mean\n\nhelp: write `bias = false`, \
             unless weights are loaded that were trained with the bias: their running mean counts it",
            layer.name, norm.name
        );
        Some(Warning { lint: Lint::BiasBeforeBatchNorm, place: layer.name.span(), text })
    }

    fn linear(&self, value: Value<'a>) -> Option<Warning> {
        let (outer, inner, name) = self.pair(value)?;
        if outer.kind != "Linear" || inner.kind != "Linear" || is_bottleneck(inner, outer) {
            return None;
        }
        let text = format!(
            "`{}` follows `{name}` with nothing between them: together they compute no more than one linear \
             layer\n\nhelp: put an activation between them, such as `.relu()`",
            outer.name
        );
        Some(Warning { lint: Lint::LinearAfterLinear, place: value.expression.span, text })
    }

    fn dropout(&self, result: &'a Expression) -> Option<Warning> {
        let call = self.flow.call(self.flow.last(result))?;
        let is_field = self.layers.iter().any(|layer| layer.name == *call.name);
        if call.name != "dropout" || is_field || !is_of_library(self.network, call.name) {
            return None;
        }
        let text =
            "`dropout` of the output zeroes what the loss is computed of\n\nhelp: put it in front of the last layer";
        Some(Warning { lint: Lint::DropoutOfOutput, place: call.name.span(), text: text.into() })
    }
}

fn keyword<'a>(layer: &'a LayerField, name: &str) -> Option<&'a Argument> {
    layer.arguments.keywords.iter().find(|(keyword, _)| keyword == name).map(|(_, value)| value)
}

/// Whether two linear layers have fewer values between them than in front and behind: a product of two thin matrices.
fn is_bottleneck(inner: &LayerField, outer: &LayerField) -> bool {
    let sizes = |layer: &LayerField| match layer.arguments.positional.first() {
        Some(Argument::Arrow(from, to)) => (literal_size(from), literal_size(to)),
        _ => (None, None),
    };
    let ((from, between), (_, to)) = (sizes(inner), sizes(outer));
    match (from, between, to) {
        (Some(from), Some(between), Some(to)) => between < from.min(to),
        (None, Some(between), Some(to)) => between < to,
        _ => true, // unknown
    }
}
