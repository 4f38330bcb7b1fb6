//! The expressions that may contain a loss: the mean over the samples comes last, so that a term must be linear in
//! losses.

use crate::lower::lowering::Lowering;
use crate::syntax::ast::{Argument, Expression, ExpressionKind, Operator};

impl Lowering<'_> {
    /// The name of a loss in an expression that is not linear in it: there the mean over the samples would
    /// have to come first, but comes last.
    pub(in crate::lower) fn bent_loss(&self, expression: &Expression) -> Option<String> {
        match &expression.kind {
            ExpressionKind::Call(name, _) if !self.library.losses(&name.to_string()).is_empty() => None,
            ExpressionKind::Negate(value) => self.bent_loss(value),
            ExpressionKind::Binary(Operator::Add | Operator::Subtract, left, right) => {
                self.bent_loss(left).or_else(|| self.bent_loss(right))
            }
            ExpressionKind::Binary(Operator::Multiply, left, right) => {
                match (self.loss_within(left), self.loss_within(right)) {
                    (Some(name), Some(_)) => Some(name),
                    _ => self.bent_loss(left).or_else(|| self.bent_loss(right)),
                }
            }
            ExpressionKind::Binary(Operator::Divide, left, right) => {
                self.loss_within(right).or_else(|| self.bent_loss(left))
            }
            _ => self.loss_within(expression),
        }
    }

    /// The name of a loss that is called somewhere in an expression.
    fn loss_within(&self, expression: &Expression) -> Option<String> {
        match &expression.kind {
            ExpressionKind::Call(name, arguments) => {
                let text = name.to_string();
                if !self.library.losses(&text).is_empty() {
                    return Some(text);
                }
                arguments.positional.iter().find_map(|argument| match argument {
                    Argument::Value(value) => self.loss_within(value),
                    Argument::Arrow(..) => None,
                })
            }
            ExpressionKind::Negate(value) | ExpressionKind::Reduce(_, _, value) | ExpressionKind::Index(value, _) => {
                self.loss_within(value)
            }
            ExpressionKind::Binary(_, left, right) => self.loss_within(left).or_else(|| self.loss_within(right)),
            ExpressionKind::Tuple(values) => values.iter().find_map(|value| self.loss_within(value)),
            _ => None,
        }
    }
}

/// The value of a number, or of arithmetic of numbers.
pub(in crate::lower) fn number(expression: &Expression) -> Option<f64> {
    match &expression.kind {
        ExpressionKind::Number { value, .. } => Some(*value),
        ExpressionKind::Negate(value) => number(value).map(|value| -value),
        ExpressionKind::Binary(operator, left, right) => {
            let (left, right) = (number(left)?, number(right)?);
            match operator {
                Operator::Add => Some(left + right),
                Operator::Subtract => Some(left - right),
                Operator::Multiply => Some(left * right),
                Operator::Divide => Some(left / right),
                _ => None,
            }
        }
        _ => None,
    }
}
