//! Scatters turned into gathers: `x̄[h + i] += b[h, i]` is `x̄[u] += sum[i](b[u - i, i])`.
//!
//! A gather accumulates each element in registers and needs no fill with zeros, but it also visits terms that do not
//! exist. It is chosen where these are few: where an axis has no more places than there are windows along it, as in a
//! convolution that keeps the size. That follows from the padding and the kernel alone, so that networks with literal
//! and with generic sizes add in the same order.

use std::collections::{BTreeMap, HashMap};

use crate::equation::{Equation, Program};
use crate::errors::OrBug;
use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, Relation};

/// An axis that is written at `index + rest`, solved for the index.
struct Solved {
    index: IndexId,
    /// The index in place of the whole position.
    whole: IndexId,
    /// `whole - rest`
    value: Affine,
}

/// The contribution as a gather, in which every axis is written at an index of its own, if it has that form and costs
/// less. `reduced` are the indices of the reduction in the equation that is differentiated; `to_input` says whether it
/// contributes to the gradient by an input.
pub(super) fn gather(program: &mut Program, contribution: Equation, reduced: &[IndexId], to_input: bool) -> Equation {
    let contribution = forwards(program, contribution);
    if program.writes_plainly(&contribution) {
        return contribution;
    }
    // a gather reads outside of its operand, which then needs padding; the gradient by an input is wanted so rarely
    // that nothing else should pay for it
    let sums = contribution.write.iter().any(|p| matches!(p, Position::Affine(affine) if affine.terms.len() > 1));
    if sums && to_input {
        return contribution;
    }
    let Some(solved) = solve(program, &contribution, reduced) else { return contribution };
    apply(program, &contribution, &solved).unwrap_or(contribution)
}

/// The contribution with reversed axes written forwards, since kernels write forwards.
fn forwards(program: &mut Program, equation: Equation) -> Equation {
    let mut reversed = HashMap::new();
    for (position, size) in equation.write.iter().zip(&program.at(equation.target).shape) {
        let Position::Affine(affine) = position else { continue };
        if let Some(index) = program.runs_back(affine, size).filter(|index| !program.is_sequence(*index)) {
            reversed.insert(index, Position::Affine(affine.clone()));
        }
    }
    if reversed.is_empty() {
        return equation;
    }
    let write = equation.write.iter().map(|position| program.pool.substitute_position(position, &reversed));
    let write: Option<Vec<Position>> = write.collect();
    match (write, program.pool.substitute(equation.body, &reversed)) {
        (Some(write), Some(body)) => Equation { write, body, ..equation },
        _ => equation,
    }
}

fn solve(program: &mut Program, equation: &Equation, reduced: &[IndexId]) -> Option<BTreeMap<usize, Solved>> {
    let used = |index: IndexId| equation.write.iter().filter(|p| p.indices().any(|i| i == index)).count();
    let mut chosen = Vec::new();
    for (axis, position) in equation.write.iter().enumerate() {
        let Position::Affine(affine) = position else { return None };
        let size = program.at(equation.target).shape[axis].clone();
        let alone = affine.indices().all(|index| used(index) == 1);
        let of_iterations = |index: IndexId| program.is_sequence(index);
        if affine.indices().next().is_some() && affine.indices().all(of_iterations)
            || alone && program.is_plain(position, &size, equation.clip)
        {
            continue;
        }
        let can_be_solved = |(index, factor): &&(IndexId, Dim)| {
            let is_free = *index != IndexId::SAMPLE && !program.is_sequence(*index);
            let counts = is_free && (affine.terms.len() == 1 || !reduced.contains(index));
            counts && factor.literal() == Some(1) && used(*index) == 1
        };
        // if the position is a mere shift, every term exists
        let few_more = |index: IndexId| {
            let more = size.subtract(program.extent(index)).and_then(|more| more.most());
            affine.terms.len() == 1 || more.is_some_and(|more| more <= 0)
        };
        let (index, _) = affine.terms.iter().filter(can_be_solved).find(|(index, _)| few_more(*index))?;
        chosen.push((axis, *index, affine.clone(), size));
    }
    let mut solved = BTreeMap::new();
    for (axis, index, affine, size) in chosen {
        let name = program.indices[index.0 as usize].name.clone();
        let whole = program.index(name, size);
        let rest = affine.add(&Affine::index(index).scale(&Dim::from(-1))?)?;
        let value = Affine::index(whole).add(&rest.scale(&Dim::from(-1))?)?;
        solved.insert(axis, Solved { index, whole, value });
    }
    Some(solved)
}

fn apply(program: &mut Program, equation: &Equation, solved: &BTreeMap<usize, Solved>) -> Option<Equation> {
    let with: HashMap<IndexId, Position> =
        solved.values().map(|s| (s.index, Position::Affine(s.value.clone()))).collect();
    let body = program.pool.substitute(equation.body, &with)?;
    let body = pad_reads(program, body);
    let conditions = conditions(program, solved);
    let body = if conditions.is_empty() || vanishes(program, body, solved) {
        body
    } else {
        conditions.into_iter().fold(body, |body, (less, more)| {
            let pool = &mut program.pool;
            let (less, more, nothing) = (pool.index(less), pool.index(more), pool.constant(0.0));
            pool.choose(Relation::LessEqual, less, more, body, nothing)
        })
    };
    let mut write = equation.write.clone();
    let mut indices = equation.indices.clone();
    for (axis, s) in solved {
        write[*axis] = Position::index(s.whole);
        indices.retain(|index| *index != s.index);
        indices.push(s.whole);
    }
    let written: Vec<IndexId> = write.iter().flat_map(Position::indices).collect();
    indices.sort_by_key(|index| written.iter().position(|w| w == index).unwrap_or(usize::MAX));
    Some(Equation { write, indices, clip: false, body, ..equation.clone() })
}

/// Reads that can leave their tensors now give zero outside.
fn pad_reads(program: &mut Program, body: ExpressionId) -> ExpressionId {
    let leaving: Vec<ExpressionId> = program
        .pool
        .reads(body)
        .into_iter()
        .filter(|read| match program.pool.node(*read) {
            Node::Read { tensor, at, outside: None } => !program.lies_inside(*tensor, at),
            _ => false,
        })
        .collect();
    program.pool.rewrite(body, &mut |pool, id| {
        let Node::Read { tensor, at, .. } = pool.node(id).clone() else { return None };
        leaving.contains(&id).then(|| pool.read(tensor, at, Some(0.0)))
    })
}

/// The conditions for a term to exist: pairs of positions of which the first must not exceed the second.
fn conditions(program: &Program, solved: &BTreeMap<usize, Solved>) -> Vec<(Affine, Affine)> {
    let mut conditions = Vec::new();
    for s in solved.values() {
        let last = program.extent(s.index).subtract(&Dim::from(1)).or_bug("a size overflows");
        let range = program.range(&s.value);
        let (above, below) = sides(&s.value);
        if range.is_none_or(|(low, _)| low < 0) {
            conditions.push((below.clone(), above.clone()));
        }
        if range.zip(last.literal()).is_none_or(|((_, high), last)| high > last) {
            let end = below.add(&Affine::constant(last)).or_bug("a size overflows");
            conditions.push((above, end));
        }
    }
    conditions
}

/// A position as the difference of two that are not negative.
fn sides(affine: &Affine) -> (Affine, Affine) {
    let (plus, minus) = affine.constant.split_signs();
    let (mut above, mut below) = (Affine::constant(plus), Affine::constant(minus));
    for (index, factor) in &affine.terms {
        let (plus, minus) = factor.split_signs();
        for (side, factor) in [(&mut above, plus), (&mut below, minus)] {
            if factor != Dim::default() {
                side.terms.push((*index, factor));
            }
        }
    }
    (above, below)
}

/// Whether the value is zero wherever a term does not exist: a product of reads, one of which is zero
/// outside along every axis that was solved.
fn vanishes(program: &Program, body: ExpressionId, solved: &BTreeMap<usize, Solved>) -> bool {
    let factors = match program.pool.node(body) {
        Node::Product(factors) => factors.clone(),
        Node::Sum(terms) if terms.len() == 1 => vec![(terms[0].1, 1)],
        _ => vec![(body, 1)],
    };
    let is_read = |id: ExpressionId| matches!(program.pool.node(id), Node::Read { .. } | Node::Scale(_));
    let covers = |id: ExpressionId| match program.pool.node(id) {
        Node::Read { tensor, at, outside: Some(0) } => solved.values().all(|s| {
            at.iter().zip(&program.at(*tensor).shape).any(|(position, size)| {
                *position == Position::Affine(s.value.clone()) && program.extent(s.index) == size
            })
        }),
        _ => false,
    };
    factors.iter().all(|(id, power)| *power > 0 && is_read(*id)) && factors.iter().any(|(id, _)| covers(*id))
}
