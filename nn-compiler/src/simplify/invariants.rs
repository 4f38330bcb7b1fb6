//! Sums that are the same in whatever order the steps of a scan are taken: they do not depend on what a step hands on to the
//! next. They are moved in front of the scan, where they are one sum for all positions.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::equation::{Equation, Program, Role, Tensor};
use crate::symbolic::{ExpressionId, IndexId, Node, Position, TensorId};

/// Moves the sums of scans that depend on no carry in front of them, with what they are computed from. The equations in
/// `kept` stay where they are; these ranges follow their equations.
pub(crate) fn move_out(program: &mut Program, kept: &mut [Range<usize>]) {
    let mut at = 0;
    while at < program.equations.len() {
        match movable(program, at, kept) {
            // what was moved out of a scan may be moved out of the one around too
            Some(moved) => at = move_all(program, moved, kept),
            None => at += 1,
        }
    }
}

/// Equations of one scan that can stand in front of it, the last of which is a sum.
struct Movable {
    scan: IndexId,
    /// The first equation of the scan.
    begin: usize,
    equations: BTreeSet<usize>,
}

/// What has to be moved for an equation to be moved, if it is a sum that can be.
fn movable(program: &Program, at: usize, kept: &[Range<usize>]) -> Option<Movable> {
    let equation = &program.equations[at];
    let sequences = program.sequences(equation);
    let scan = *sequences.last()?;
    program.reduced(equation).next()?;
    if program.counts_layers(scan) {
        return None;
    }
    let begin = program.group_begin(at, sequences.len() - 1);
    let mut equations = BTreeSet::new();
    let mut open = vec![at];
    while let Some(next) = open.pop() {
        if !equations.insert(next) {
            continue;
        }
        if !is_plain(program, next, &sequences) || kept.iter().any(|kept| kept.contains(&next)) {
            return None;
        }
        for tensor in program.tensors_read(&program.equations[next]) {
            let inside = definitions(program, program.root(tensor), begin);
            let inside: Vec<usize> =
                inside.filter(|definition| program.equations[*definition].indices.contains(&scan)).collect();
            // what a later equation defines is a carry
            if inside.iter().any(|definition| *definition >= next) {
                return None;
            }
            open.extend(inside);
        }
    }
    Some(Movable { scan, begin, equations })
}

/// The equations from one on that define a tensor.
fn definitions(program: &Program, root: TensorId, from: usize) -> impl Iterator<Item = usize> {
    let writes = move |(_, equation): &(usize, &Equation)| program.root(equation.target) == root;
    program.equations.iter().enumerate().skip(from).filter(writes).map(|(at, _)| at)
}

/// Whether an equation alone defines a tensor, as a whole in each step.
fn is_plain(program: &Program, at: usize, sequences: &[IndexId]) -> bool {
    let equation = &program.equations[at];
    let of = program.at(equation.target);
    let samples = usize::from(of.for_each_sample());
    let in_step = equation.write.iter().skip(samples).zip(sequences);
    program.sequences(equation) == sequences
        && of.role == Role::Value
        && of.view_of.is_none()
        && of.sequence_axes == sequences.len()
        && in_step.into_iter().all(|(position, sequence)| position.as_index() == Some(*sequence))
        && !equation.accumulate
        && !equation.clip
        && equation.start.is_none()
        && !equation.reduce.is_position()
        && program.covers_iteration(equation.target, &equation.write)
        && definitions(program, equation.target, 0).count() == 1
}

/// Moves equations in front of their scan, and copies what they define to where it was. Returns where to go on.
fn move_all(program: &mut Program, Movable { scan, begin, equations }: Movable, kept: &mut [Range<usize>]) -> usize {
    let mut moving = Moving { program, scan, tensors: BTreeMap::new() };
    let mut moved = Vec::new();
    for at in &equations {
        let equation = moving.program.equations[*at].clone();
        moved.push(moving.in_front(&equation));
        moving.program.equations[*at] = moving.copy(&equation);
    }
    let count = moved.len();
    program.equations.splice(begin..begin, moved);
    for range in kept {
        if range.start >= begin {
            *range = range.start + count..range.end + count;
        } else if range.end > begin {
            range.end += count;
        }
    }
    begin
}

/// The state of a move.
struct Moving<'p> {
    program: &'p mut Program,
    scan: IndexId,
    /// The tensors in front of the scan, and whether they have an axis for its steps.
    tensors: BTreeMap<TensorId, (TensorId, bool)>,
}

impl Moving<'_> {
    /// The axis of a tensor that counts the steps.
    fn axis(&self, tensor: TensorId) -> usize {
        self.program.at(tensor).leading() - 1
    }

    /// An equation for all steps at once; for none, if it is the same in each.
    fn in_front(&mut self, equation: &Equation) -> Equation {
        let reads = self.program.reads_of(equation);
        let of_step = |read: &ExpressionId| {
            let tensor = self.program.pool.tensor_of(*read).map(|tensor| self.program.root(tensor));
            tensor.and_then(|tensor| self.tensors.get(&tensor)).is_some_and(|(_, has_steps)| *has_steps)
        };
        let reads_steps = reads.iter().any(of_step);
        let body = self.without_steps(equation.body);
        let has_steps = reads_steps || self.program.pool.indices(body).contains(&self.scan);
        let target = self.moved(equation.target, has_steps);
        let axis = self.axis(equation.target);
        let mut in_front = Equation { target, body, ..equation.clone() };
        if !has_steps {
            in_front.write.remove(axis);
            in_front.indices.retain(|index| *index != self.scan);
            return in_front;
        }
        let of = self.program.indices[self.scan.0 as usize].clone();
        let step = self.program.index(of.name, of.extent);
        let with = HashMap::from([(self.scan, Position::index(step))]);
        in_front.write[axis] = Position::index(step);
        in_front.indices.iter_mut().filter(|index| **index == self.scan).for_each(|index| *index = step);
        in_front.body = self.program.pool.substitute(body, &with).unwrap_or(body);
        in_front
    }

    /// `in_step[t, i] = in_front[t, i]`
    fn copy(&mut self, equation: &Equation) -> Equation {
        let sequences = self.program.sequences(equation);
        let indices = self.program.indices_over(equation.target, &sequences);
        let mut at: Vec<Position> = indices.iter().copied().map(Position::index).collect();
        let (in_front, has_steps) = self.tensors[&equation.target];
        if !has_steps {
            at.remove(self.axis(equation.target));
        }
        let body = self.program.pool.read(in_front, at, None);
        Equation::elementwise(equation.target, indices, body)
    }

    /// The tensor in front of the scan for one in it; for a view, a view of that.
    fn moved(&mut self, tensor: TensorId, has_steps: bool) -> TensorId {
        if let Some((known, _)) = self.tensors.get(&tensor) {
            return *known;
        }
        let axis = self.axis(tensor);
        let mut of = self.program.at(tensor).clone();
        if !has_steps {
            of.shape.remove(axis);
        }
        let view_of = of.view_of.map(|of| self.moved(of, has_steps));
        let moved = self.program.tensor(Tensor { sequence_axes: of.sequence_axes - 1, view_of, ..of });
        self.tensors.insert(tensor, (moved, has_steps));
        moved
    }

    /// A value that reads what was moved in front of the scan.
    fn without_steps(&mut self, body: ExpressionId) -> ExpressionId {
        let mut pool = std::mem::take(&mut self.program.pool);
        let result = pool.rewrite(body, &mut |pool, id| {
            std::mem::swap(pool, &mut self.program.pool);
            let result = self.read(id);
            std::mem::swap(pool, &mut self.program.pool);
            result
        });
        self.program.pool = pool;
        result
    }

    fn read(&mut self, id: ExpressionId) -> Option<ExpressionId> {
        let Node::Read { tensor, mut at, outside } = self.program.pool.node(id).clone() else { return None };
        for position in &mut at {
            if let Position::Gather(id) = position {
                *id = self.without_steps(*id);
            }
        }
        let known = self.tensors.get(&self.program.root(tensor)).copied();
        let mut of = tensor;
        if let Some((_, has_steps)) = known {
            if !has_steps {
                at.remove(self.axis(tensor));
            }
            of = self.moved(tensor, has_steps);
        }
        Some(self.program.pool.read(of, at, outside.map(f64::from_bits)))
    }
}
