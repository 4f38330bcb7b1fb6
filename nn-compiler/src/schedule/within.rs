//! Results that are computed where a larger operand lies, such as those of pooling: what a row of them is stored over has been
//! read before, and the memory behind the result is free as soon as all of it is computed.

use rustc_hash::FxHashMap;

use super::order::in_order;
use super::{Block, LoopNode, Schedule, Sequence, Statement, statements};
use crate::equation::{Program, Role, Tensor};
use crate::symbolic::{Affine, IndexId, Node, TensorId};

/// A result that can be computed within the memory of an operand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within {
    /// The time of the block.
    pub at: usize,
    pub result: TensorId,
    pub operand: TensorId,
}

/// The results that can be computed so, as far as the loops and the accesses decide it.
pub(super) fn candidates(schedule: &Schedule) -> Vec<Within> {
    let mut written: FxHashMap<TensorId, usize> = FxHashMap::default();
    let blocks = in_order(&schedule.blocks);
    for (_, block, _) in &blocks {
        let roots = block.accesses(&schedule.program).1.into_iter().map(|tensor| schedule.program.root(tensor));
        roots.for_each(|tensor| *written.entry(tensor).or_default() += 1);
    }
    let mut found = Vec::new();
    for (at, block, _) in blocks {
        let Block::Nest(nodes) = block else { continue };
        let nest = Nest { schedule, nodes, all: statements(nodes) };
        for (number, (_, statement)) in nest.all.iter().enumerate() {
            let result = statement.target;
            if written.get(&result) == Some(&1) {
                found.extend(nest.operands(number).into_iter().map(|operand| Within { at, result, operand }));
            }
        }
    }
    found
}

/// Has the statements of results, the first of each pair, write to tensors of their own, which lie where the operands do and
/// take the places of the results in the pairs.
pub(super) fn apply(schedule: &mut Schedule, inside: &mut [(TensorId, TensorId)]) {
    let mut own: FxHashMap<TensorId, TensorId> = FxHashMap::default();
    for (result, _) in inside {
        let copy = Tensor { role: Role::Value, ..schedule.program.at(*result).clone() };
        let copy = schedule.program.tensor(copy);
        schedule.layout.lay_out_like(copy, *result);
        own.insert(*result, copy);
        *result = copy;
    }
    schedule.blocks.iter_mut().for_each(|block| write_to(block, &own));
}

fn write_to(block: &mut Block, own: &FxHashMap<TensorId, TensorId>) {
    fn nodes(all: &mut [LoopNode], own: &FxHashMap<TensorId, TensorId>) {
        for node in all {
            match node {
                LoopNode::Loop { body, .. } => nodes(body, own),
                LoopNode::Statement(statement) => {
                    statement.target = own.get(&statement.target).copied().unwrap_or(statement.target);
                }
            }
        }
    }
    match block {
        Block::Nest(all) => nodes(all, own),
        Block::Sequence(Sequence { blocks, .. }) => blocks.iter_mut().for_each(|block| write_to(block, own)),
        _ => {}
    }
}

/// The statements of a nest, in order, with their paths.
struct Nest<'a> {
    schedule: &'a Schedule,
    nodes: &'a [LoopNode],
    all: Vec<(Vec<usize>, &'a Statement)>,
}

impl Nest<'_> {
    /// The operands of a statement in whose memory its rows can be stored, one after the other.
    fn operands(&self, number: usize) -> Vec<TensorId> {
        let (schedule, program) = (self.schedule, &self.schedule.program);
        let (path, statement) = &self.all[number];
        let lies_plainly = |tensor: TensorId| {
            let of = program.at(tensor);
            let is_in_memory = schedule.is_between(tensor) && !schedule.locals.contains(&tensor);
            is_in_memory && of.view_of.is_none() && schedule.layout.padding(tensor).is_none()
        };
        let target = statement.target;
        let is_read_here = || self.all.iter().any(|(_, other)| self.offsets(other, target).next().is_some());
        if statement.row.is_none() || statement.add || statement.clip || !lies_plainly(target) || is_read_here() {
            return Vec::new();
        }
        let offset = schedule.offset(target, &statement.write);
        let Some(write) = offset.and_then(|offset| Offsets::of(program, &offset, &self.loops(path))) else {
            return Vec::new();
        };
        let fits = |tensor: &TensorId| {
            let is_like = lies_plainly(*tensor) && program.at(*tensor).number == program.at(target).number;
            is_like && (0..self.all.len()).all(|other| self.is_done_before(&write, number, other, *tensor))
        };
        program.pool.tensors(statement.body).filter(fits).collect()
    }

    /// Whether what an iteration of a statement writes is nothing of a tensor that the iterations behind it access, here in
    /// another statement or in the same.
    fn is_done_before(&self, write: &Offsets, number: usize, other: usize, tensor: TensorId) -> bool {
        let ((path, _), (other_path, statement)) = (&self.all[number], &self.all[other]);
        let same = path.iter().zip(other_path).take_while(|(own, other)| own == other).count();
        let around = self.loops(&path[..same]);
        let program = &self.schedule.program;
        let written = statement.written().filter(|written| program.root(*written) == tensor);
        let written = written.map(|written| self.schedule.offset(written, &statement.write));
        self.offsets(statement, tensor).chain(written).all(|offset| {
            let accessed = offset.and_then(|offset| Offsets::of(program, &offset, &around));
            other <= number && accessed.is_some_and(|accessed| write.stay_in_front_of(&accessed))
        })
    }

    /// Where a statement reads a tensor; `None` for each place that is not known.
    fn offsets(&self, statement: &Statement, tensor: TensorId) -> impl Iterator<Item = Option<Affine>> {
        let program = &self.schedule.program;
        program.pool.reads(statement.body).into_iter().filter_map(move |read| match program.pool.node(read) {
            Node::Read { tensor: other, at, .. } if program.root(*other) == tensor => {
                Some(self.schedule.offset(*other, at))
            }
            _ => None,
        })
    }

    /// The loops around the node at a path, from the outside in.
    fn loops(&self, path: &[usize]) -> Vec<IndexId> {
        let (mut nodes, mut loops) = (self.nodes, Vec::new());
        for at in path {
            let LoopNode::Loop { index, body } = &nodes[*at] else { break };
            loops.push(*index);
            nodes = body;
        }
        loops
    }
}

/// The offsets that the iterations of loops access.
struct Offsets {
    /// The least and the greatest offset of the first iteration.
    first: [i64; 2],
    /// How far each loop advances them, and its trip count where it is known, from the outside in.
    loops: Vec<(i64, Option<i64>)>,
}

impl Offsets {
    /// `None` if the macro does not know them, or if a loop goes back.
    fn of(program: &Program, offset: &Affine, loops: &[IndexId]) -> Option<Self> {
        let mut first = [offset.constant.literal()?; 2];
        for (index, factor) in offset.terms.iter().filter(|(index, _)| !loops.contains(index)) {
            let reach = factor.literal()?.checked_mul(program.extent(*index).literal()? - 1)?;
            let end = &mut first[usize::from(reach > 0)];
            *end = end.checked_add(reach)?;
        }
        let along = |index: &IndexId| {
            let step = offset.factor(*index).literal().filter(|step| *step >= 0)?;
            Some((step, program.extent(*index).literal()))
        };
        Some(Offsets { first, loops: loops.iter().map(along).collect::<Option<_>>()? })
    }

    /// Whether no iteration accesses what a later one accesses by others, which have some of the same loops around them.
    fn stay_in_front_of(&self, others: &Offsets) -> bool {
        // of all that the loops further inside access
        let mut greatest = Some(self.first[1]);
        self.loops.iter().enumerate().rev().all(|(at, (own, count))| {
            // the next iteration of this loop, whose inner loops begin again
            let is_apart = others.loops.get(at).is_none_or(|(other, _)| {
                let next = other.checked_add(others.first[0]);
                own <= other && greatest.zip(next).is_some_and(|(greatest, next)| greatest < next)
            });
            let more = count.and_then(|count| own.checked_mul(count - 1));
            greatest = greatest.zip(more).and_then(|(greatest, more)| greatest.checked_add(more));
            is_apart
        })
    }
}
