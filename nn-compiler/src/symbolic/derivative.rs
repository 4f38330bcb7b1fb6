//! Differentiation of scalar expressions.

use std::collections::HashMap;

use super::ids::{ExpressionId, Function};
use super::node::Node;
use super::pool::Pool;

/// The derivative of `of` by the node `by`, as if that were a variable.
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
        let outer = pool.apply_rule(*rule, arguments, result);
        terms.push((1.0, pool.multiply(outer, inner)));
    }
    pool.sum(&terms)
}
