//! What formulas require of their arguments.

use proc_macro2::Span;
use syn::LitStr;

use super::environment::{Binding, Environment};
use super::{Lowering, Obligation};
use crate::shape::Dim;
use crate::syntax::ast::{Argument, Expression, ExpressionKind, Operator};

impl Lowering<'_> {
    /// `require rate < 1;`: whether it holds as far as is known. Sizes that the macro does not see are compared once
    /// they are known.
    pub(super) fn require(
        &mut self,
        condition: &Expression,
        message: Option<&LitStr>,
        environment: &mut Environment,
    ) -> bool {
        let message = match message {
            Some(text) => format!("`{}`: {}", environment.label, filled_in(&text.value(), environment)),
            None => {
                let text = super::messages::condition_text(condition, environment);
                format!("`{}` requires that {text}", environment.label)
            }
        };
        if let ExpressionKind::Binary(operator, left, right) = &condition.kind
            && self.is_size(left, environment)
            && self.is_size(right, environment)
            && let Some(obligations) = self.obligations(*operator, left, right, &message, environment)
        {
            self.out.obligations.extend(obligations);
            return true;
        }
        let holds = self.condition(condition, environment);
        if holds == Some(false) {
            self.errors.report(given_place(condition, environment).unwrap_or(environment.call), message);
        }
        holds == Some(true)
    }

    /// What has to hold of sizes that are not known yet; `None` where they are, or after a mistake.
    fn obligations(
        &mut self,
        operator: Operator,
        left: &Expression,
        right: &Expression,
        message: &str,
        environment: &Environment,
    ) -> Option<Vec<Obligation>> {
        let (left, right) = (self.size(left, environment)?, self.size(right, environment)?);
        let room = left.subtract(&right)?;
        if room.literal().is_some() {
            return None;
        }
        let less = Dim::default().subtract(&room)?;
        let one = Dim::from(1);
        let (not_negative, zero) = match operator {
            Operator::Less => (less.subtract(&one)?, false),
            Operator::LessEqual => (less, false),
            Operator::Greater => (room.subtract(&one)?, false),
            Operator::GreaterEqual => (room, false),
            Operator::Equal => (room, true),
            _ => return None,
        };
        Some(vec![Obligation { not_negative, zero, message: message.into() }])
    }
}

/// Where the first argument by keyword was given that a condition names.
fn given_place(condition: &Expression, environment: &Environment) -> Option<Span> {
    match &condition.kind {
        ExpressionKind::Name(name) => match environment.names.get(&name.to_string()) {
            Some(Binding::Size(_, place)) if environment.keywords.contains_key(&name.to_string()) => Some(*place),
            _ => None,
        },
        ExpressionKind::Negate(value) => given_place(value, environment),
        ExpressionKind::Binary(_, left, right) => {
            given_place(left, environment).or_else(|| given_place(right, environment))
        }
        ExpressionKind::Call(_, arguments) => arguments.positional.iter().find_map(|argument| match argument {
            Argument::Value(value) => given_place(value, environment),
            Argument::Arrow(..) => None,
        }),
        _ => None,
    }
}

/// A text with `{N}` replaced by the size that `N` is.
fn filled_in(text: &str, environment: &Environment) -> String {
    let mut filled = text.to_string();
    for (name, binding) in &environment.names {
        if let Binding::Size(size, _) = binding {
            filled = filled.replace(&format!("{{{name}}}"), &size.to_string());
        }
    }
    filled
}
