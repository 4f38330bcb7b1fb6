//! What depends on what: the tensors that have adjoints, and where these are complete.

use std::collections::{HashMap, HashSet};

use super::seed::Seed;
use crate::equation::{Equation, Program};
use crate::symbolic::{IndexId, TensorId};

/// For each tensor that holds elements, whether it is one of `wrt` or depends on one, and whether a seeded tensor is or
/// depends on it.
pub(super) fn depends_on(program: &Program, wrt: &[TensorId], seeds: &[(TensorId, Seed)]) -> (Vec<bool>, Vec<bool>) {
    let mut needed = vec![false; program.tensors.len()];
    wrt.iter().for_each(|tensor| needed[program.root(*tensor).0 as usize] = true);
    let mut reached = vec![false; program.tensors.len()];
    seeds.iter().for_each(|(tensor, _)| reached[program.root(*tensor).0 as usize] = true);
    // a carry makes an iteration depend on later equations, hence the fixed points
    until_nothing_changes(&mut needed, &mut |needed| {
        for equation in dependences(program) {
            let depends = reads(program, equation).any(|tensor| needed[tensor.0 as usize]);
            needed[program.root(equation.target).0 as usize] |= depends;
        }
    });
    until_nothing_changes(&mut reached, &mut |reached| {
        for equation in dependences(program).rev() {
            if reached[program.root(equation.target).0 as usize] {
                reads(program, equation).for_each(|tensor| reached[tensor.0 as usize] = true);
            }
        }
    });
    (needed, reached)
}

fn until_nothing_changes(marks: &mut [bool], step: &mut dyn FnMut(&mut [bool])) {
    let count = |marks: &[bool]| marks.iter().filter(|mark| **mark).count();
    let mut before = None;
    while before != Some(count(marks)) {
        before = Some(count(marks));
        step(marks);
    }
}

/// The equations through which derivatives pass. A position changes in steps, so that its derivative is zero.
fn dependences(program: &Program) -> impl DoubleEndedIterator<Item = &Equation> {
    program.equations.iter().filter(|equation| !equation.reduce.is_position())
}

/// The tensors that hold the elements which an equation reads.
fn reads<'p>(program: &'p Program, equation: &Equation) -> impl Iterator<Item = TensorId> + 'p {
    program.reads_of(equation).into_iter().filter_map(|read| Some(program.root(program.pool.tensor_of(read)?)))
}

/// The wanted tensors whose first use is an equation outside of all but the open sequences, by its number.
pub(super) fn first_uses(program: &Program, wrt: &[TensorId], open: usize) -> HashMap<usize, Vec<TensorId>> {
    let mut unseen: HashSet<TensorId> = wrt.iter().map(|tensor| program.root(*tensor)).collect();
    let mut first: HashMap<usize, Vec<TensorId>> = HashMap::new();
    for (at, equation) in program.equations.iter().enumerate() {
        for root in reads(program, equation) {
            if unseen.remove(&root) && program.sequences(equation).len() == open {
                first.entry(at).or_default().push(root);
            }
        }
    }
    first
}

/// The sequences in which each tensor is defined.
pub(super) fn defined_in(program: &Program) -> HashSet<(TensorId, IndexId)> {
    let of_equation = |equation: &Equation| {
        let root = program.root(equation.target);
        program.sequences(equation).into_iter().map(move |sequence| (root, sequence))
    };
    program.equations.iter().flat_map(of_equation).collect()
}
