//! Comparisons: `a < b`.

use crate::symbolic::Relation;
use crate::syntax::ast::{Expression, ExpressionKind, Operator};

/// The relation and the sides of an expression, if it is a comparison.
pub(in crate::lower) fn comparison(expression: &Expression) -> Option<(Relation, &Expression, &Expression)> {
    let ExpressionKind::Binary(operator, left, right) = &expression.kind else { return None };
    Some((relation_of(*operator)?, left, right))
}

/// The relation of an operator, if it is that of a comparison.
pub(in crate::lower) fn relation_of(operator: Operator) -> Option<Relation> {
    Some(match operator {
        Operator::Less => Relation::Less,
        Operator::LessEqual => Relation::LessEqual,
        Operator::Greater => Relation::Greater,
        Operator::GreaterEqual => Relation::GreaterEqual,
        Operator::Equal => Relation::Equal,
        Operator::NotEqual => Relation::NotEqual,
        Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => return None,
    })
}
