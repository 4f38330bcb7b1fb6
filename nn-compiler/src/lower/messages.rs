//! The wording of mistakes about shapes.

use super::Lowering;
use crate::shape::{Dim, display_shape};
use crate::syntax::ast::{Argument, Arguments, Expression, ExpressionKind, Operator};

/// A step of the forward pass as a shape message shows it.
#[derive(Debug, Clone)]
pub(super) struct TraceLine {
    pub label: String,
    pub shape: Vec<Dim>,
    /// Such as `= 32 × 14 × 14`.
    pub note: String,
}

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
}

/// A call's arguments as they were written.
pub(super) fn arguments_text(arguments: &Arguments) -> String {
    let positional = arguments.positional.iter().map(argument_text);
    let keywords = arguments.keywords.iter().map(|(name, value)| format!("{name} = {}", argument_text(value)));
    positional.chain(keywords).collect::<Vec<_>>().join(", ")
}

/// A condition on parameters, under the names by which they are given.
pub(super) fn condition_text(condition: &Expression, environment: &super::environment::Environment) -> String {
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
        ExpressionKind::Infer => "_".into(),
        ExpressionKind::Negate(value) => format!("-{}", expression_text(value)),
        ExpressionKind::Binary(operator, left, right) => {
            format!("{} {} {}", expression_text(left), operator.text(), expression_text(right))
        }
        ExpressionKind::Call(name, arguments) => format!("{name}({})", arguments_text(arguments)),
        ExpressionKind::Tuple(values) => {
            format!("({})", values.iter().map(expression_text).collect::<Vec<_>>().join(", "))
        }
        ExpressionKind::Index(..) | ExpressionKind::Reduce(..) => "…".into(),
    }
}
