//! Which tensors need no place for each iteration of a sequence: those of which an iteration needs only its own, and those
//! that an iteration takes over from the one before.

use std::collections::{BTreeMap, HashMap};

use super::contraction::recognise;
use crate::equation::{Equation, Program, Role, Tensor};
use crate::layout::Layout;
use crate::symbolic::{Node, Position, TensorId};

/// An access: in which equation, where along the axes of iterations, and how.
struct Access {
    equation: usize,
    iterations: Vec<Position>,
    /// Where in all.
    at: Vec<Position>,
    written: bool,
}

/// Lets each iteration take the place of the one before where that loses nothing. Answers for each such tensor in how
/// many sequences it is made anew in each iteration.
pub(super) fn replace(program: &Program, layout: &mut Layout) -> BTreeMap<TensorId, usize> {
    let mut replaced = BTreeMap::new();
    for (tensor, accesses) in &accesses(program) {
        let of = program.at(*tensor);
        let axes = of.sequence_axes;
        if of.role != Role::Value {
            continue;
        }
        if (0..axes).all(|axis| in_one_iteration(program, accesses, axis)) {
            replaced.insert(*tensor, axes);
        } else if is_carry(program, layout, accesses, axes) {
            replaced.insert(*tensor, axes - 1);
        }
    }
    replaced.keys().for_each(|tensor| layout.replace_iterations(*tensor));
    replaced
}

/// Puts a tensor between sums of products and what they read where that is the same one: an iteration's from the iteration's
/// before.
pub(super) fn separate(program: &mut Program, layout: &Layout) {
    let mut at = 0;
    while at < program.equations.len() {
        let equation = program.equations[at].clone();
        let reads_itself = recognise(program, layout, &equation).is_some_and(|contraction| {
            let read = [Some(contraction.left), contraction.right];
            read.into_iter().flatten().any(|tensor| program.root(tensor) == program.root(contraction.out))
        });
        if reads_itself {
            let apart = by_way_of(program, &equation);
            let more = apart.len() - 1;
            program.equations.splice(at..=at, apart);
            at += more;
        }
        at += 1;
    }
}

/// The sum into a tensor of its own, and the copy of that to where it belongs.
fn by_way_of(program: &mut Program, equation: &Equation) -> Vec<Equation> {
    let of = program.at(equation.target);
    let (name, samples) = (format!("{}_next", of.name), usize::from(of.for_each_sample()));
    let (leading, mut shape) = (of.leading(), of.shape.clone());
    let sequences = program.sequences(equation);
    for (size, iteration) in shape[samples..leading].iter_mut().zip(&sequences) {
        *size = program.extent(*iteration).clone();
    }
    let target = program.tensor(Tensor { sequence_axes: leading - samples, ..Tensor::new(name, shape, Role::Value) });
    let own = program.indices_over(target, &sequences);
    let body = program.element(target, &own);
    let mut copy = Equation { accumulate: equation.accumulate, ..Equation::elementwise(equation.target, own, body) };
    let mut sum = Equation { target, accumulate: false, ..equation.clone() };
    for axis in samples..leading {
        copy.write[axis] = equation.write[axis].clone();
        sum.write[axis] = Position::index(sequences[axis - samples]);
    }
    let mut equations = Vec::new();
    if sum.clip || !program.covers_iteration(target, &sum.write) {
        // a scatter is added to zeros
        let own = program.indices_over(target, &sequences);
        let nothing = program.pool.constant(0.0);
        equations.push(Equation::elementwise(target, own, nothing));
        sum.accumulate = true;
    }
    equations.extend([sum, copy]);
    equations
}

/// All accesses to the tensors that have iterations.
fn accesses(program: &Program) -> HashMap<TensorId, Vec<Access>> {
    let mut found: HashMap<TensorId, Vec<Access>> = HashMap::new();
    let mut add = |equation: usize, tensor: TensorId, at: &[Position], written: bool| {
        let of = program.at(tensor);
        if of.sequence_axes == 0 {
            return;
        }
        let iterations = at[of.leading() - of.sequence_axes..of.leading()].to_vec();
        found.entry(program.root(tensor)).or_default().push(Access { equation, iterations, at: at.to_vec(), written });
    };
    for (number, equation) in program.equations.iter().enumerate() {
        for read in program.reads_of(equation) {
            if let Node::Read { tensor, at, .. } = program.pool.node(read) {
                add(number, *tensor, at, false);
            }
        }
        add(number, equation.target, &equation.write, true);
    }
    found
}

/// Whether a tensor is met in the iterations of one sequence, always in the iteration at hand.
fn in_one_iteration(program: &Program, accesses: &[Access], axis: usize) -> bool {
    let iteration = |access: &Access| access.iterations[axis].as_index().filter(|index| program.is_sequence(*index));
    accesses.iter().map(iteration).all(|found| found.is_some() && found == iteration(&accesses[0]))
}

/// Whether each iteration of one sequence reads what the one before has left, and nothing of it once it has begun to
/// write its own.
fn is_carry(program: &Program, layout: &Layout, accesses: &[Access], axes: usize) -> bool {
    let sequence = |access: &Access| access.iterations[axes - 1].indices().next();
    let Some(iteration) = accesses.iter().find_map(sequence) else { return false };
    if !accesses.iter().filter_map(sequence).all(|index| index == iteration)
        || !(0..axes - 1).all(|axis| in_one_iteration(program, accesses, axis))
    {
        return false;
    }
    let inside: Vec<&Access> = accesses.iter().filter(|access| sequence(access).is_some()).collect();
    let Some(first) = inside.iter().filter(|access| access.written).map(|access| access.equation).min() else {
        return false;
    };
    let own = inside.iter().find(|access| access.equation == first && access.written).map(|access| &access.iterations);
    let is_own = |access: &Access| own == Some(&access.iterations);
    let equation = &program.equations[first];
    !equation.accumulate
        && program.reduced(equation).next().is_none()
        && recognise(program, layout, equation).is_none()
        && inside.iter().all(|access| match (access.written, is_own(access)) {
            (true, own) => own,
            (false, true) => access.equation > first,
            (false, false) => access.equation < first || access.equation == first && at_same_place(access, equation),
        })
        && outside_fits(accesses, &inside)
}

/// Whether a read of the iteration before is of the element that is written.
fn at_same_place(access: &Access, equation: &Equation) -> bool {
    let differing = access.at.iter().zip(&equation.write).filter(|(read, write)| read != write).count();
    differing <= 1
}

/// Whether what lies outside of the sequence is written before it and read behind it.
fn outside_fits(accesses: &[Access], inside: &[&Access]) -> bool {
    let (Some(begin), Some(end)) =
        (inside.iter().map(|access| access.equation).min(), inside.iter().map(|access| access.equation).max())
    else {
        return false;
    };
    let is_inside = |access: &Access| (begin..=end).contains(&access.equation);
    accesses
        .iter()
        .filter(|access| !is_inside(access))
        .all(|access| if access.written { access.equation < begin } else { access.equation > end })
}
