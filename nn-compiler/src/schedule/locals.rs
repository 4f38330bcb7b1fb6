//! Intermediate values that need no memory: those that are used in the iteration that computes them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::order::in_order;
use super::{Block, Schedule, Statement, statements};
use crate::equation::{Program, Role};
use crate::symbolic::{Node, TensorId};

/// A statement of a nest with its path.
type Placed<'a> = (Vec<usize>, &'a Statement);

/// Finds the tensors that can be local variables.
pub(super) fn find(schedule: &mut Schedule) {
    let (viewed, blocks) = (schedule.program.viewed(), blocks_of(schedule));
    let mut locals = FxHashSet::default();
    for (at, block, _) in in_order(&schedule.blocks) {
        let Block::Nest(nodes) = block else { continue };
        let nest = Nest::new(&schedule.program, statements(nodes));
        for (path, statement) in &nest.all {
            for target in statement.written() {
                let alone = blocks.get(&target) == Some(&Some(at)) && !viewed[target.0 as usize];
                if alone && can_be_local(schedule, statement, target) && nest.reads_its_own(path, statement, target) {
                    locals.insert(target);
                }
            }
        }
    }
    schedule.locals = locals;
}

/// The only block that accesses each tensor, if there is one.
fn blocks_of(schedule: &Schedule) -> FxHashMap<TensorId, Option<usize>> {
    let mut blocks: FxHashMap<TensorId, Option<usize>> = FxHashMap::default();
    for (at, block, _) in in_order(&schedule.blocks) {
        let (read, written) = block.accesses(&schedule.program);
        for tensor in read.into_iter().chain(written) {
            let known = blocks.entry(tensor).or_insert(Some(at));
            *known = known.filter(|known| *known == at);
        }
    }
    blocks
}

fn can_be_local(schedule: &Schedule, statement: &Statement, target: TensorId) -> bool {
    let of = schedule.program.at(target);
    // the next state is stored at the end
    let kept =
        matches!(of.role, Role::NextState(_)) || schedule.layout.padding(target).is_some() || of.view_of.is_some();
    schedule.is_between(target) && !statement.add && !statement.clip && !kept
}

/// The statements of a nest, by what they write and read.
struct Nest<'a> {
    program: &'a Program,
    all: Vec<Placed<'a>>,
    /// The tensors that several statements write: an accumulation over several statements stays in memory.
    written_twice: FxHashSet<TensorId>,
    readers: FxHashMap<TensorId, Vec<usize>>,
}

impl<'a> Nest<'a> {
    fn new(program: &'a Program, all: Vec<Placed<'a>>) -> Self {
        let (mut written, mut written_twice) = (FxHashSet::default(), FxHashSet::default());
        let mut readers: FxHashMap<TensorId, Vec<usize>> = FxHashMap::default();
        for (number, (_, statement)) in all.iter().enumerate() {
            written_twice.extend(statement.written().filter(|tensor| !written.insert(*tensor)));
            program.pool.tensors(statement.body).for_each(|tensor| readers.entry(tensor).or_default().push(number));
        }
        Nest { program, all, written_twice, readers }
    }

    /// Whether all reads of a result stand behind its statement, in the same iteration of the loops around it, and are
    /// of the element that this iteration computes.
    fn reads_its_own(&self, path: &[usize], statement: &Statement, target: TensorId) -> bool {
        let (own, parent) = (path[path.len() - 1], &path[..path.len() - 1]);
        let same_element = |other: &Statement| {
            self.program.pool.reads(other.body).into_iter().all(|read| match self.program.pool.node(read) {
                Node::Read { tensor, at, outside } if *tensor == target => outside.is_none() && *at == statement.write,
                _ => true,
            })
        };
        let mut readers = self.readers.get(&target).into_iter().flatten().map(|number| &self.all[*number]);
        !self.written_twice.contains(&target)
            && readers.all(|(path, other)| path.starts_with(parent) && path[parent.len()] > own && same_element(other))
    }
}
