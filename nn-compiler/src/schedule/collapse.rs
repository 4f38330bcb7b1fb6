//! Two loops of which one is all that the other holds become one, where their accesses run along memory without a gap:
//! the elements of an image are one row then, as long as all of them.

use std::collections::HashMap;

use rustc_hash::FxHashSet;

use super::nest::rename;
use super::{Block, LoopNode, Schedule, Sequence, Statement};
use crate::equation::Program;
use crate::layout::Layout;
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Node, Position, TensorId};

/// Collapses the loops of all nests.
pub(super) fn collapse(schedule: &mut Schedule) {
    let Schedule { program, layout, locals, blocks, .. } = schedule;
    let mut loops = Loops { program, layout, locals };
    blocks.iter_mut().for_each(|block| loops.block(block));
}

struct Loops<'a> {
    program: &'a mut Program,
    layout: &'a Layout,
    locals: &'a FxHashSet<TensorId>,
}

/// A loop and the one inside of it.
#[derive(Clone, Copy)]
struct Pair {
    outer: IndexId,
    inner: IndexId,
}

impl Loops<'_> {
    fn block(&mut self, block: &mut Block) {
        match block {
            Block::Nest(nodes) => nodes.iter_mut().for_each(|node| self.node(node)),
            Block::EachSample(blocks) | Block::Sequence(Sequence { blocks, .. }) => {
                blocks.iter_mut().for_each(|block| self.block(block));
            }
            _ => {}
        }
    }

    /// From the innermost loops outwards.
    fn node(&mut self, node: &mut LoopNode) {
        let LoopNode::Loop { index: outer, body } = node else { return };
        body.iter_mut().for_each(|node| self.node(node));
        if *outer == IndexId::SAMPLE {
            return;
        }
        let [LoopNode::Loop { index: inner, body: both }] = body.as_mut_slice() else { return };
        if let Some(one) = self.one_loop(Pair { outer: *outer, inner: *inner }, both) {
            *node = one;
        }
    }

    /// The one loop for a body that two run.
    fn one_loop(&mut self, pair: Pair, body: &[LoopNode]) -> Option<LoopNode> {
        let [outer, inner] = [pair.outer, pair.inner].map(|index| self.program.extent(index).clone());
        let is_one = |size: &Dim| size.literal() == Some(1);
        let (index, dropped) = match (is_one(&outer), is_one(&inner)) {
            (true, _) => (pair.inner, vec![pair.outer]),
            (_, true) => (pair.outer, vec![pair.inner]),
            _ if self.run_along(body, pair) => (self.index_of_both(pair)?, vec![pair.outer, pair.inner]),
            _ => return None,
        };
        let mut with: HashMap<IndexId, Position> =
            dropped.into_iter().map(|index| (index, Position::Affine(Affine::default()))).collect();
        if index != pair.inner && index != pair.outer {
            with.insert(pair.inner, Position::index(index));
        }
        let mut body = body.to_vec();
        rename(self.program, &mut body, &with).then_some(LoopNode::Loop { index, body })
    }

    fn index_of_both(&mut self, Pair { outer, inner }: Pair) -> Option<IndexId> {
        let extent = self.program.extent(outer).multiply(self.program.extent(inner))?;
        let name = |index: IndexId| &self.program.indices[index.0 as usize].name;
        let name = format!("{}_{}", name(outer), name(inner));
        Some(self.program.index(name, extent))
    }

    /// Whether all that nodes compute with two indices depends on `outer * extent of inner + inner` alone.
    fn run_along(&self, nodes: &[LoopNode], pair: Pair) -> bool {
        nodes.iter().all(|node| match node {
            LoopNode::Loop { body, .. } => self.run_along(body, pair),
            LoopNode::Statement(statement) => self.runs_along(statement, pair),
        })
    }

    fn runs_along(&self, statement: &Statement, pair: Pair) -> bool {
        let mut all =
            statement.written().all(|tensor| self.access_runs_along(tensor, &statement.write, statement.clip, pair));
        self.program.pool.visit(statement.body, &mut |_, node| {
            all &= match node {
                Node::Index(affine) | Node::Random { element: affine, .. } => self.affine_runs_along(affine, pair),
                Node::Read { tensor, at, outside } => self.access_runs_along(*tensor, at, outside.is_some(), pair),
                _ => true,
            };
        });
        all
    }

    /// The same for the access to an element; where that may lie outside, each of its positions counts.
    fn access_runs_along(&self, tensor: TensorId, at: &[Position], may_leave: bool, pair: Pair) -> bool {
        if self.locals.contains(&self.program.root(tensor)) {
            return true;
        }
        let affine = |position: &Position| match position {
            Position::Affine(affine) => affine.clone(),
            Position::Gather(_) | Position::Table(_) => Affine::default(),
        };
        let alone = |position: &Position| match position {
            Position::Affine(affine) => !may_leave || self.affine_runs_along(affine, pair),
            Position::Table(table) => self.affine_runs_along(&table.at, pair),
            // the expression is visited too
            Position::Gather(_) => true,
        };
        let positions: Vec<Position> = at.iter().map(|position| Position::Affine(affine(position))).collect();
        let offset = self.layout.offset(self.program, tensor, &positions);
        at.iter().all(alone) && offset.is_some_and(|offset| self.affine_runs_along(&offset, pair))
    }

    fn affine_runs_along(&self, affine: &Affine, Pair { outer, inner }: Pair) -> bool {
        affine.factor(inner).multiply(self.program.extent(inner)) == Some(affine.factor(outer))
    }
}
