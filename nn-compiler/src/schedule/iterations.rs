//! Tensors of a sequence that need no memory for each iteration: values that live inside of one iteration, and carries
//! that can be updated in place.

use std::collections::{BTreeMap, HashMap};

use super::contraction::recognise;
use crate::equation::{Equation, Program, Role, Tensor};
use crate::layout::Layout;
use crate::symbolic::{Node, Position, TensorId};

/// An access: its equation, its positions along the axes of sequences, and whether it is a write.
struct Access {
    equation: usize,
    iterations: Vec<Position>,
    /// All positions.
    at: Vec<Position>,
    written: bool,
}

/// Lets iterations use the same memory where their live ranges allow it. Returns, for each such tensor, the number of
/// sequences in which each iteration replaces it.
pub(super) fn replace(program: &Program, layout: &mut Layout) -> BTreeMap<TensorId, usize> {
    let mut replaced = BTreeMap::new();
    for (tensor, accesses) in &accesses(program) {
        let of = program.at(*tensor);
        let axes = of.sequence_axes;
        if of.role != Role::Value {
            continue;
        }
        let outer = (0..axes).take_while(|axis| in_one_iteration(program, accesses, *axis)).count();
        if outer < axes && is_carry(program, layout, accesses, axes) {
            // the iterations of the innermost sequence replace each other too
            layout.replace_iterations(*tensor, axes);
            replaced.insert(*tensor, axes - 1);
        } else if outer > 0 {
            layout.replace_iterations(*tensor, outer);
            replaced.insert(*tensor, outer);
        }
    }
    replaced
}

/// Lets a contraction that reads the carry that it writes go through a new tensor, since kernels do not work in place.
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

/// The contraction into a new tensor, and the copy of that to the target.
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

/// All accesses to the tensors of sequences.
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

/// Whether all accesses are in one sequence and of the iteration at hand.
fn in_one_iteration(program: &Program, accesses: &[Access], axis: usize) -> bool {
    let iteration = |access: &Access| access.iterations[axis].as_index().filter(|index| program.is_sequence(*index));
    accesses.iter().map(iteration).all(|found| found.is_some() && found == iteration(&accesses[0]))
}

/// Whether a tensor is a carry that can be updated in place: an iteration reads the value of the one before, and no
/// longer once it has begun to write its own.
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

/// Whether a read of the previous iteration is of the element that is written.
fn at_same_place(access: &Access, equation: &Equation) -> bool {
    let differing = access.at.iter().zip(&equation.write).filter(|(read, write)| read != write).count();
    differing <= 1
}

/// Whether all writes outside of the sequence precede it, and all reads outside follow it.
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
