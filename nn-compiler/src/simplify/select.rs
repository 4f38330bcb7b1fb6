//! A sum that picks one of its terms: `sum[k](where(k == t, b[k], 0))` is `b[t]`.

use std::collections::HashMap;

use super::rewriting::Rewriting;
use crate::equation::{Program, Reduce};
use crate::symbolic::{ExpressionId, IndexId, Node, Position, Relation};

/// Replaces one such sum by the term that it picks. Returns whether there was one.
pub(super) fn select_one(rewriting: &mut Rewriting<'_>) -> bool {
    while let Some(at) = rewriting.next_sum() {
        let mut equation = rewriting.program.equations[at].clone();
        if equation.reduce != Reduce::Sum {
            continue;
        }
        let reduced: Vec<IndexId> = equation.reduced().collect();
        for index in reduced {
            if let Some(body) = selected(rewriting.program, equation.body, index) {
                equation.body = body;
                equation.indices.retain(|i| *i != index);
                rewriting.replace(at, equation);
                return true;
            }
        }
    }
    false
}

/// The body with `index` replaced by the other side of its comparison. The other side is a class, which is known to be
/// in range.
fn selected(program: &mut Program, body: ExpressionId, index: IndexId) -> Option<ExpressionId> {
    let Node::Where { relation: Relation::Equal, left, right, then, otherwise } = program.pool.node(body).clone()
    else {
        return None;
    };
    let Node::Index(affine) = program.pool.node(left) else { return None };
    let Node::Read { tensor, .. } = program.pool.node(right) else { return None };
    let is_class = program.at(*tensor).bound.as_ref() == Some(program.extent(index));
    if affine.as_index() != Some(index) || !is_class || !program.pool.is_zero(otherwise) {
        return None;
    }
    let ignored = program.at(program.root(*tensor)).ignored;
    let picked = program.pool.substitute(then, &HashMap::from([(index, Position::Gather(right))]))?;
    // a sentinel is no class: it picks nothing
    let Some(ignored) = ignored else { return Some(picked) };
    #[allow(clippy::cast_precision_loss)] // small
    let (ignored, nothing) = (program.pool.constant(ignored as f64), program.pool.constant(0.0));
    Some(program.pool.choose(Relation::Equal, right, ignored, nothing, picked))
}
