//! Common parts: what two equations define alike is computed once.

use std::collections::HashMap;

use crate::equation::{Equation, Program, Reduce, Role};
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

/// Lets the first of equal definitions stand for all.
pub(super) fn share(program: &mut Program) {
    let mut known: HashMap<Key, TensorId> = HashMap::new();
    let mut canonical: HashMap<(usize, Dim), IndexId> = HashMap::new();
    let mut at = 0;
    while at < program.equations.len() {
        let equation = program.equations[at].clone();
        let key = if is_candidate(program, &equation) { key(program, &equation, &mut canonical) } else { None };
        let first = key.map(|key| *known.entry(key).or_insert(equation.target));
        if let Some(first) = first.filter(|first| *first != equation.target) {
            program.equations.remove(at);
            let same = HashMap::from([(equation.target, first)]);
            for later in at..program.equations.len() {
                program.equations[later].body = program.pool.redirect(program.equations[later].body, &same);
            }
        } else {
            at += 1;
        }
    }
}

/// Whether an equation alone defines something in between that has no views and is meant to be computed once.
fn is_candidate(program: &Program, equation: &Equation) -> bool {
    let target = program.at(equation.target);
    target.role == Role::Value
        && !target.again
        && target.view_of.is_none()
        && !equation.accumulate
        && !equation.clip
        && !program.tensors.iter().any(|other| other.view_of == Some(equation.target))
        && program.equations.iter().filter(|other| other.target == equation.target).count() == 1
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
