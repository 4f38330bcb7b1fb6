//! The wording of mistakes about shapes.

use crate::errors::{closest, plain, with_suggestion};
use crate::lower::builtins::{DERIVATIVE, OVER_BATCH, REDUCTIONS, STRUCTURAL, elsewhere, layer_elsewhere};
use crate::lower::environment::{Binding, Environment};
use crate::lower::lowering::{Lowering, TraceLine};
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;
use crate::syntax::ast::{
    Argument, Arguments, Expression, ExpressionKind, Formula, FormulaKind, Operator, Pattern, SizeItem, TypedName,
};

/// The help for `index<N or I>` where classes are declared without a use: the loss decides which class is ignored.
pub(in crate::lower) const IGNORED: &str =
    "write `index<N>` alone: which class is ignored is said by the loss, as in `cross_entropy(ignore_index = 255)`";

impl Lowering<'_> {
    /// Adds a step to the trace.
    pub(super) fn trace(&mut self, label: String, shape: Vec<Dim>, note: String) {
        self.trace.push(TraceLine { label, shape, note });
    }

    /// The shapes up to here, and the step that does not fit.
    pub(super) fn trace_text(&self, label: &str, takes: &str) -> String {
        const SHOWN: usize = 12;
        let lines = &self.trace[self.trace.len().saturating_sub(SHOWN)..];
        let width = lines.iter().map(|l| l.label.chars().count()).chain([label.chars().count()]).max().unwrap_or(0) + 2;
        let shapes: Vec<String> = lines.iter().map(|l| display_shape(&l.shape)).collect();
        let takes = format!("takes {takes}");
        let column = shapes.iter().map(String::len).chain([takes.chars().count()]).max().unwrap_or(0) + 2;
        let mut text = String::new();
        if self.trace.len() > SHOWN {
            text.push_str("  …\n");
        }
        for (line, shape) in lines.iter().zip(&shapes) {
            let row = format!("  {:width$}{shape:column$}{}", line.label, line.note);
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text.push_str(&format!("  {label:width$}{takes:column$}<-- here"));
        text
    }

    /// The message for a call of an unknown name. A layer that was probably meant counts as used.
    pub(super) fn unknown_function(&mut self, name: &str, environment: &Environment) -> String {
        if REDUCTIONS.contains(&name) {
            return format!(
                "`{name}` runs over axes, as in `x.{name}(axis = 0)`, or inside of a `fn` or `layer` over indices, as in `{name}[i](x[i])`"
            );
        }
        if OVER_BATCH.contains(&name) {
            return format!(
                "`{name}(…)` is a whole term of a network's loss, which can be added to others and multiplied by numbers: all else stands inside of its parentheses"
            );
        }
        if let Some(instead) = elsewhere(name) {
            return format!("there is no function `{name}`: {instead}");
        }
        if let Some(layer) = self.layers.iter_mut().find(|layer| layer.path == [name])
            && !environment.names.contains_key(name)
        {
            layer.used = true;
            return format!(
                "`{name}` is a layer of the network, and a formula sees its own arguments alone\n\nhelp: call it in `forward`, or \
                 write a `layer` that has it inside"
            );
        }
        let layers: Vec<(&str, usize)> = environment
            .names
            .iter()
            .filter_map(
                |(name, binding)| if let Binding::Layer(at) = binding { Some((name.as_str(), *at)) } else { None },
            )
            .collect();
        let mut known = self.library.function_names();
        known.extend(STRUCTURAL);
        known.extend([DERIVATIVE, "pow"]);
        known.extend(layers.iter().map(|(name, _)| *name));
        let meant = closest(name, known.iter().copied());
        let message = format!("there is no function{} `{name}`", if layers.is_empty() { "" } else { " or layer" });
        let message = with_suggestion(message, name, meant);
        if let Some((_, layer)) = layers.iter().find(|(name, _)| meant == Some(*name)) {
            self.layers[*layer].used = true;
        }
        message
    }

    /// The message for an unknown kind of layer.
    pub(super) fn unknown_layer(&self, kind: &str) -> String {
        let message = format!("there is no layer `{kind}`");
        if let Some(instead) = layer_elsewhere(kind) {
            return format!("{message}: {instead}");
        }
        let functions = self.library.function_names().into_iter().chain(STRUCTURAL);
        if let Some(function) = functions.into_iter().find(|function| plain(function) == plain(kind)) {
            return format!("{message}: `{function}` is a function, called in `forward`, as in `x.{function}(…)`");
        }
        let layers: Vec<&str> = self.library.layer_names();
        if closest(kind, layers.iter().copied()).is_some() {
            return with_suggestion(message, kind, layers);
        }
        format!(
            "{message}\n\nhelp: one of your own stands beside the struct: `layer {kind}<In => Out>(x: [In]) -> y: [Out] {{ … }}`; \
             `nn_core::guide` lists those of the library"
        )
    }

    /// The message for a formula that takes numbers and is given classes, or the other way round.
    pub(super) fn classes_message(&self, formula: &Formula, given: &[Option<TensorId>]) -> String {
        let wants_classes = |input: &TypedName| input.shape.as_ref().is_some_and(|shape| shape.index.is_some());
        for (input, given) in formula.inputs.iter().zip(given) {
            let Some(given) = given else { continue };
            let tensor = self.out.program.at(*given);
            let (wants, holds) = match (wants_classes(input), tensor.bound.is_some()) {
                (false, true) => ("numbers", "classes"),
                (true, false) => ("classes", "numbers"),
                _ => continue,
            };
            let (name, input, given) = (&formula.name, &input.name, &tensor.name);
            return format!("`{name}` takes {wants} for `{input}`, but `{given}` holds {holds}");
        }
        format!("`{}` does not take what it is given", formula.name)
    }
}

/// A call's arguments as they were written.
pub(super) fn arguments_text(arguments: &Arguments) -> String {
    let positional = arguments.positional.iter().map(argument_text);
    let keywords = arguments.keywords.iter().map(|(name, value)| format!("{name} = {}", argument_text(value)));
    positional.chain(keywords).collect::<Vec<_>>().join(", ")
}

/// A condition on parameters, under the names by which they are given.
pub(super) fn condition_text(condition: &Expression, environment: &Environment) -> String {
    match &condition.kind {
        ExpressionKind::Name(name) => {
            let name = name.to_string();
            format!("`{}`", environment.keywords.get(&name).unwrap_or(&name))
        }
        ExpressionKind::Binary(operator, left, right) => {
            let [left, right] = [left, right].map(|side| condition_text(side, environment));
            let relation = match operator {
                Operator::Less => "is less than",
                Operator::LessEqual => "is at most",
                Operator::Greater => "is greater than",
                Operator::GreaterEqual => "is at least",
                Operator::Equal => "is",
                Operator::NotEqual => "is not",
                other => other.text(),
            };
            format!("{left} {relation} {right}")
        }
        _ => expression_text(condition),
    }
}

fn argument_text(argument: &Argument) -> String {
    match argument {
        Argument::Value(value) => expression_text(value),
        Argument::Arrow(a, b) => format!("{} => {}", expression_text(a), expression_text(b)),
    }
}

/// A short expression as it was written; a long one as `…`.
pub(super) fn expression_text(expression: &Expression) -> String {
    match &expression.kind {
        ExpressionKind::Number { whole: Some(value), .. } => value.to_string(),
        ExpressionKind::Number { value, .. } => value.to_string(),
        ExpressionKind::Bool(value) => value.to_string(),
        ExpressionKind::Name(name) => name.to_string(),
        ExpressionKind::Path(path) => path.to_string().replace(' ', ""),
        ExpressionKind::Braced(_, value) if let Ok(value) = &**value => format!("{{{}}}", expression_text(value)),
        ExpressionKind::Braced(tokens, _) => format!("{{{}}}", tokens.clone().unwrap_or_default()),
        ExpressionKind::Infer => "_".into(),
        ExpressionKind::Negate(value) => format!("-{}", expression_text(value)),
        ExpressionKind::Binary(operator, left, right) => {
            format!("{} {} {}", expression_text(left), operator.text(), expression_text(right))
        }
        ExpressionKind::Call(name, arguments) => format!("{name}({})", arguments_text(arguments)),
        ExpressionKind::Field(base, name) => format!("{}.{name}", expression_text(base)),
        ExpressionKind::Tuple(values) => {
            format!("({})", values.iter().map(expression_text).collect::<Vec<_>>().join(", "))
        }
        ExpressionKind::Shape(shape) => {
            let sizes = shape.sizes.iter().map(|size| match size {
                SizeItem::Size(size) => expression_text(size),
                SizeItem::Rest(rest) => rest.text(),
            });
            format!("[{}]", sizes.collect::<Vec<_>>().join(", "))
        }
        ExpressionKind::Index(..) | ExpressionKind::Reduce(..) => "…".into(),
    }
}

/// The signature of a formula, for messages: `Conv2d(C => O, kernel, stride = 1)`.
pub(in crate::lower) fn signature(formula: &Formula) -> String {
    let mut parts: Vec<String> = Vec::new();
    if formula.kind != FormulaKind::Layer {
        parts.extend(formula.inputs.iter().map(|input| input.name.to_string()));
    }
    let mut arrow = false;
    for parameter in &formula.parameters {
        let mut text = match (&parameter.keyword, &parameter.pattern) {
            (Some(keyword), _) => keyword.to_string(),
            (None, Pattern::Name(name)) => name.to_string(),
            (None, Pattern::Tuple(_) | Pattern::Rest(_)) => "…".into(),
        };
        if let Some(default) = &parameter.default {
            text = format!("{text} = {}", expression_text(default));
        }
        match parts.last_mut() {
            Some(last) if arrow => *last = format!("{last} => {text}"),
            _ => parts.push(text),
        }
        arrow = parameter.arrow;
    }
    format!("{}({})", formula.name, parts.join(", "))
}

/// `1 input`, `2 inputs`
pub(in crate::lower) fn count_of(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A text with `{N}` replaced by the size that `N` is.
pub(in crate::lower) fn filled_in(text: &str, environment: &Environment) -> String {
    let mut filled = text.to_string();
    for (name, binding) in &environment.names {
        if let Binding::Size(size, _) = binding {
            filled = filled.replace(&format!("{{{name}}}"), &size.to_string());
        }
    }
    filled
}
