//! The requirements of formulas on their arguments.

use proc_macro2::Span;
use syn::LitStr;

use crate::errors::Code;
use crate::lower::environment::{Binding, Environment};
use crate::lower::lowering::Lowering;
use crate::lower::messages::filled_in;
use crate::lowered::Obligation;
use crate::shape::Dim;
use crate::syntax::ast::{Argument, Expression, ExpressionKind, Operator};

impl Lowering<'_> {
    /// `require rate < 1;`: whether it holds, as far as sizes are known. Sizes that the macro cannot see are compared
    /// once rustc knows them.
    pub(in crate::lower) fn require(
        &mut self,
        condition: &Expression,
        message: Option<&LitStr>,
        environment: &mut Environment,
    ) -> bool {
        let message = match message {
            Some(text) => format!("`{}`: {}", environment.label, filled_in(&text.value(), environment)),
            None => {
                let text = crate::lower::messages::condition_text(condition, environment);
                format!("`{}` requires that {text}", environment.label)
            }
        };
        let holds = match &condition.kind {
            ExpressionKind::Binary(operator, left, right)
                if self.is_size(left, environment) && self.is_size(right, environment) =>
            {
                self.compare(*operator, left, right, &message, environment)
            }
            _ => self.condition(condition, environment),
        };
        if holds == Some(false) {
            self.errors.report(
                Code::Requirement,
                given_place(condition, environment).unwrap_or(environment.call),
                message,
            );
        }
        holds == Some(true)
    }

    /// Whether a comparison of sizes holds; one that is not decided yet is kept for later. `None` after a mistake.
    fn compare(
        &mut self,
        operator: Operator,
        left: &Expression,
        right: &Expression,
        message: &str,
        environment: &Environment,
    ) -> Option<bool> {
        let place = environment.place(left.span);
        let (left, right) = (self.size(left, environment)?, self.size(right, environment)?);
        let room = self.fits(left.subtract(&right), place)?;
        let less = self.fits(Dim::default().subtract(&room), place)?;
        let below = |size: Dim| size.subtract(&Dim::from(1)).unwrap_or_default();
        let (not_negative, zero) = match operator {
            Operator::Less => (below(less), false),
            Operator::LessEqual => (less, false),
            Operator::Greater => (below(room), false),
            Operator::GreaterEqual => (room, false),
            Operator::Equal => (room, true),
            _ => match room.literal() {
                Some(difference) => return Some(operator == Operator::NotEqual && difference != 0),
                None => return self.mistake(Code::UndecidedSize, place, "this condition needs sizes that are numbers"),
            },
        };
        if let Some(known) = not_negative.literal() {
            return Some(if zero { known == 0 } else { known >= 0 });
        }
        self.out.obligations.push(Obligation {
            not_negative,
            zero,
            code: Code::Requirement,
            message: message.into(),
            place,
        });
        Some(true)
    }
}

/// The place of the first argument by keyword that a condition names.
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
