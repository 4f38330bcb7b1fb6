//! The defaults of type parameters.

use crate::errors::Code;
use crate::lower::lowering::Lowering;
use crate::lower::shape::sizes::literal_size;
use crate::syntax::ast::{Expression, ExpressionKind, Network, Operator};

impl Lowering<'_> {
    /// Reports defaults that are no sizes: no layer need ever use them.
    pub(super) fn check_defaults(&mut self, network: &Network) {
        for (name, default) in network.generics.iter().zip(&network.defaults) {
            let Some(default) = default else { continue };
            match literal_size(default) {
                Some(size) if size < 1 => {
                    let message = format!("`{name}` is {size} by default, and every size must be at least 1");
                    self.errors.report(Code::NegativeSize, default.span, message);
                }
                None if !is_written_size(default) => {
                    self.errors.report(
                        Code::NotASize,
                        default.span,
                        "expected a size: a number, a name, or arithmetic of these",
                    );
                }
                _ => {}
            }
        }
    }
}

/// Whether an expression is a size in a place where the formulas of sizes are not known.
fn is_written_size(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Number { whole, .. } => whole.is_some(),
        ExpressionKind::Name(_) | ExpressionKind::Path(_) | ExpressionKind::Braced(Some(_), _) => true,
        ExpressionKind::Binary(operator, left, right) => {
            let is_known =
                matches!(operator, Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide);
            is_known && is_written_size(left) && is_written_size(right)
        }
        _ => false,
    }
}
