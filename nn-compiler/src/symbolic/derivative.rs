//! Differentiation of scalar expressions.

use std::collections::HashMap;

use super::node::{ExpressionId, Node, Pool, Relation};
use super::table::Function;
use crate::syntax::ast::{Argument, Expression, ExpressionKind, Operator};
use crate::syntax::parse_expression;

/// The derivative of `of` by the node `by`, which is taken as a variable.
pub fn derivative(pool: &mut Pool, of: ExpressionId, by: ExpressionId) -> ExpressionId {
    let mut known = HashMap::new();
    pool.drop_zeros(|pool| differentiate(pool, of, by, &mut known))
}

fn differentiate(
    pool: &mut Pool,
    of: ExpressionId,
    by: ExpressionId,
    known: &mut HashMap<ExpressionId, ExpressionId>,
) -> ExpressionId {
    if of == by {
        return pool.constant(1.0);
    }
    // a child has a smaller number than its parent
    if of < by {
        return pool.constant(0.0);
    }
    if let Some(result) = known.get(&of) {
        return *result;
    }
    let result = match pool.node(of).clone() {
        Node::Sum(terms) => {
            let terms: Vec<_> = terms
                .into_iter()
                .map(|(factor, term)| (f64::from_bits(factor), differentiate(pool, term, by, known)))
                .collect();
            pool.sum(&terms)
        }
        Node::Product(factors) => product_rule(pool, &factors, by, known),
        Node::Apply(function, arguments) => chain_rule(pool, of, function, &arguments, by, known),
        Node::Where { relation, left, right, then, otherwise } => {
            let then = differentiate(pool, then, by, known);
            let otherwise = differentiate(pool, otherwise, by, known);
            pool.choose(relation, left, right, then, otherwise)
        }
        Node::Constant(_)
        | Node::Size(_)
        | Node::Index(_)
        | Node::Scale(_)
        | Node::Read { .. }
        | Node::Random { .. } => pool.constant(0.0),
    };
    known.insert(of, result);
    result
}

fn product_rule(
    pool: &mut Pool,
    factors: &[(ExpressionId, i32)],
    by: ExpressionId,
    known: &mut HashMap<ExpressionId, ExpressionId>,
) -> ExpressionId {
    let mut terms = Vec::new();
    for (at, (factor, power)) in factors.iter().enumerate() {
        let inner = differentiate(pool, *factor, by, known);
        if pool.is_zero(inner) {
            continue;
        }
        let mut rest = factors.to_vec();
        rest[at].1 -= 1;
        rest.push((inner, 1));
        terms.push((1.0, pool.product(f64::from(*power), &rest)));
    }
    pool.sum(&terms)
}

fn chain_rule(
    pool: &mut Pool,
    result: ExpressionId,
    function: Function,
    arguments: &[ExpressionId],
    by: ExpressionId,
    known: &mut HashMap<ExpressionId, ExpressionId>,
) -> ExpressionId {
    let mut terms = Vec::new();
    for (argument, rule) in arguments.iter().zip(function.row().derivatives) {
        let inner = differentiate(pool, *argument, by, known);
        if pool.is_zero(inner) {
            continue;
        }
        let outer = apply_rule(pool, rule, arguments, result);
        terms.push((1.0, pool.multiply(outer, inner)));
    }
    pool.sum(&terms)
}

/// Evaluates a rule of the table, with its arguments for `x` and `z` and its result for `y`.
fn apply_rule(pool: &mut Pool, rule: &str, arguments: &[ExpressionId], result: ExpressionId) -> ExpressionId {
    use syn::parse::Parser;
    let Ok(expression) = parse_expression.parse_str(rule) else {
        unreachable!("the rule `{rule}` of the table is not an expression: the tests would have found it")
    };
    evaluate_rule(pool, &expression, arguments, result)
}

fn evaluate_rule(pool: &mut Pool, rule: &Expression, arguments: &[ExpressionId], result: ExpressionId) -> ExpressionId {
    match &rule.kind {
        ExpressionKind::Number { value, .. } => pool.constant(*value),
        ExpressionKind::Name(name) => match name.to_string().as_str() {
            "x" => arguments[0],
            "z" => arguments[1],
            _ => result,
        },
        ExpressionKind::Negate(value) => {
            let value = evaluate_rule(pool, value, arguments, result);
            pool.negate(value)
        }
        ExpressionKind::Binary(operator, left, right) => {
            let left = evaluate_rule(pool, left, arguments, result);
            let right = evaluate_rule(pool, right, arguments, result);
            match operator {
                Operator::Add => pool.add(left, right),
                Operator::Subtract => pool.subtract(left, right),
                Operator::Multiply => pool.multiply(left, right),
                _ => pool.divide(left, right),
            }
        }
        ExpressionKind::Call(name, call) => {
            let values: Vec<&Expression> = call
                .positional
                .iter()
                .filter_map(|argument| if let Argument::Value(value) = argument { Some(value) } else { None })
                .collect();
            if name == "where" {
                return evaluate_where(pool, &values, arguments, result);
            }
            let values: Vec<ExpressionId> =
                values.into_iter().map(|value| evaluate_rule(pool, value, arguments, result)).collect();
            match Function::named(&name.to_string()) {
                Some(function) => pool.apply(function, &values),
                None => result,
            }
        }
        _ => result,
    }
}

fn evaluate_where(
    pool: &mut Pool,
    values: &[&Expression],
    arguments: &[ExpressionId],
    result: ExpressionId,
) -> ExpressionId {
    let [condition, then, otherwise] = values else { return result };
    let ExpressionKind::Binary(operator, left, right) = &condition.kind else { return result };
    let Some(relation) = Relation::of(*operator) else { return result };
    let left = evaluate_rule(pool, left, arguments, result);
    let right = evaluate_rule(pool, right, arguments, result);
    let then = evaluate_rule(pool, then, arguments, result);
    let otherwise = evaluate_rule(pool, otherwise, arguments, result);
    pool.choose(relation, left, right, then, otherwise)
}
