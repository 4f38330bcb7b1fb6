//! The pool of expressions. Equal expressions are one node, so that common subexpressions are shared by construction.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::affine::Position;
use super::ids::{ExpressionId, IndexId, TensorId};
use super::node::Node;
use crate::errors::OrBug;

/// All expressions of a program.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    nodes: Vec<Node>,
    known: FxHashMap<Node, ExpressionId>,
    /// The cached reads of expressions.
    reads: RefCell<FxHashMap<ExpressionId, Rc<[ExpressionId]>>>,
    /// Whether terms and products with a factor of zero are left out.
    pub(super) zeros_are_nothing: bool,
}

impl Pool {
    /// The node of an expression.
    #[must_use]
    pub fn node(&self, id: ExpressionId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The expression of a node; an equal one is not added twice.
    pub(super) fn intern(&mut self, node: Node) -> ExpressionId {
        if let Some(id) = self.known.get(&node) {
            return *id;
        }
        let id = ExpressionId(u32::try_from(self.nodes.len()).or_bug("there are more nodes than can be numbered"));
        self.nodes.push(node.clone());
        self.known.insert(node, id);
        id
    }

    /// Calls `visit` for `id` and all below it, each once, children first.
    pub fn visit(&self, id: ExpressionId, visit: &mut dyn FnMut(ExpressionId, &Node)) {
        let mut seen = FxHashSet::default();
        // a node is on the stack a second time, behind all nodes below it
        let mut open = vec![(id, false)];
        while let Some((id, done)) = open.pop() {
            let node = self.node(id);
            if done {
                visit(id, node);
            } else if seen.insert(id) {
                open.push((id, true));
                open.extend(node.children().into_iter().rev().map(|child| (child, false)));
            }
        }
    }

    /// The reads below an expression, in the order in which they were built.
    #[must_use]
    pub fn reads(&self, id: ExpressionId) -> Vec<ExpressionId> {
        self.reads_shared(id).to_vec()
    }

    /// The same, shared with the cache.
    #[must_use]
    pub fn reads_shared(&self, id: ExpressionId) -> Rc<[ExpressionId]> {
        if let Some(known) = self.reads.borrow().get(&id) {
            return Rc::clone(known);
        }
        let (mut reads, mut found, mut seen) = (Vec::new(), FxHashSet::default(), FxHashSet::default());
        let known = self.reads.borrow();
        let mut open = vec![(id, false)];
        while let Some((id, done)) = open.pop() {
            let node = self.node(id);
            if let Some(known) = known.get(&id) {
                reads.extend(known.iter().filter(|read| found.insert(**read)));
            } else if done {
                reads.extend(Some(id).filter(|id| matches!(node, Node::Read { .. }) && found.insert(*id)));
            } else if seen.insert(id) {
                open.push((id, true));
                open.extend(node.children().into_iter().rev().map(|child| (child, false)));
            }
        }
        drop(known);
        let reads: Rc<[ExpressionId]> = reads.into();
        self.reads.borrow_mut().insert(id, Rc::clone(&reads));
        reads
    }

    /// Whether an expression has at most `most` different nodes.
    #[must_use]
    pub fn has_at_most(&self, id: ExpressionId, most: usize) -> bool {
        let (mut open, mut seen) = (vec![id], FxHashSet::from_iter([id]));
        while let Some(id) = open.pop() {
            if seen.len() > most {
                return false;
            }
            open.extend(self.node(id).children().into_iter().filter(|child| seen.insert(*child)));
        }
        seen.len() <= most
    }

    /// The tensor of a read; `None` for other nodes.
    #[must_use]
    pub fn tensor_of(&self, read: ExpressionId) -> Option<TensorId> {
        if let Node::Read { tensor, .. } = self.node(read) { Some(*tensor) } else { None }
    }

    /// The tensors that an expression reads, each once for each way in which it is read.
    pub fn tensors(&self, id: ExpressionId) -> impl Iterator<Item = TensorId> + '_ {
        self.reads(id).into_iter().filter_map(|read| self.tensor_of(read))
    }

    /// The indices that an expression depends on, sorted.
    #[must_use]
    pub fn indices(&self, id: ExpressionId) -> Vec<IndexId> {
        let mut found = Vec::new();
        self.visit(id, &mut |_, node| match node {
            Node::Index(affine) | Node::Random { element: affine, .. } => {
                found.extend(affine.indices());
                if matches!(node, Node::Random { .. }) {
                    found.push(IndexId::SAMPLE);
                }
            }
            Node::Read { at, .. } => found.extend(at.iter().flat_map(Position::indices)),
            _ => {}
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}
