//! Common subexpressions: equal definitions are computed once.

use std::collections::HashMap;

use crate::equation::{Equation, Program, Reduce, Role, Uses};
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, IndexId, Position, TensorId};

/// An equation without the names of its indices.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    extents: Vec<Dim>,
    write: Vec<Position>,
    reduce: Reduce,
    body: ExpressionId,
}

/// Replaces equal definitions by the first of them.
pub(super) fn share(program: &mut Program) {
    let mut known: HashMap<Key, TensorId> = HashMap::new();
    let mut canonical: HashMap<(usize, Dim), IndexId> = HashMap::new();
    let mut same: HashMap<TensorId, TensorId> = HashMap::new();
    let uses = Uses::new(program);
    let mut definitions: HashMap<TensorId, usize> = HashMap::new();
    program.equations.iter().for_each(|equation| *definitions.entry(equation.target).or_default() += 1);
    let mut kept = Vec::with_capacity(program.equations.len());
    for mut equation in std::mem::take(&mut program.equations) {
        if program.pool.tensors(equation.body).any(|tensor| same.contains_key(&tensor)) {
            equation.body = program.pool.redirect(equation.body, &same);
        }
        let alone = definitions.get(&equation.target) == Some(&1);
        let key = if alone && is_candidate(program, &uses, &equation) {
            key(program, &equation, &mut canonical)
        } else {
            None
        };
        match key.map(|key| *known.entry(key).or_insert(equation.target)) {
            Some(first) if first != equation.target => drop(same.insert(equation.target, first)),
            _ => kept.push(equation),
        }
    }
    program.equations = kept;
}

/// Whether an equation defines an intermediate value without views that is not a recomputation.
fn is_candidate(program: &Program, uses: &Uses, equation: &Equation) -> bool {
    let target = program.at(equation.target);
    target.role == Role::Value
        && !target.recomputed
        && target.view_of.is_none()
        && !equation.accumulate
        && !equation.clip
        && !uses.is_viewed(equation.target)
}

/// The equation with its indices replaced by the first, second, … of their extents.
fn key(program: &mut Program, equation: &Equation, canonical: &mut HashMap<(usize, Dim), IndexId>) -> Option<Key> {
    let extents: Vec<Dim> = equation.indices.iter().map(|index| program.extent(*index).clone()).collect();
    let mut renamed = HashMap::new();
    for (at, (index, extent)) in equation.indices.iter().zip(&extents).enumerate() {
        if *index == IndexId::SAMPLE {
            continue;
        }
        let own = *canonical.entry((at, extent.clone())).or_insert_with(|| program.index("i", extent.clone()));
        renamed.insert(*index, Position::index(own));
    }
    let body = program.pool.substitute(equation.body, &renamed)?;
    let write = equation
        .write
        .iter()
        .map(|position| program.pool.substitute_position(position, &renamed))
        .collect::<Option<_>>()?;
    Some(Key { extents, write, reduce: equation.reduce, body })
}
