//! The nodes of expressions. Equal expressions are one node, so that common subexpressions are shared by construction.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::table::Function;
use crate::errors::OrBug;
use crate::shape::Dim;

/// An expression in a [`Pool`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExpressionId(pub(super) u32);

/// An index variable of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IndexId(pub u32);

impl IndexId {
    /// The index that runs over the samples of a tile.
    pub const SAMPLE: IndexId = IndexId(0);
}

/// A tensor of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TensorId(pub u32);

impl TensorId {
    /// The tensor of this number.
    #[must_use]
    pub fn new(number: usize) -> Self {
        TensorId(u32::try_from(number).or_bug("there are more tensors than can be numbered"))
    }
}

impl IndexId {
    /// The index of this number.
    #[must_use]
    pub fn new(number: usize) -> Self {
        IndexId(u32::try_from(number).or_bug("there are more indices than can be numbered"))
    }
}

/// A whole number that depends on indices: `h*S + i - P`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Affine {
    /// The part that depends on no index.
    pub constant: Dim,
    /// The indices with their factors, sorted; no factor is zero.
    pub terms: Vec<(IndexId, Dim)>,
}

/// A position along one axis of a tensor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Position {
    /// Affine in the indices.
    Affine(Affine),
    /// Read from a tensor of indices.
    Gather(ExpressionId),
    /// Taken from a table that is known while compiling.
    Table(Table),
}

/// Positions that are known for every choice of the indices.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Table {
    /// All of them.
    pub values: Rc<[i64]>,
    /// Which one it is.
    pub at: Affine,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

/// One node. Children have smaller numbers than their parent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// A number, by its bits.
    Constant(u64),
    /// A size as a real number.
    Size(Dim),
    /// The value of an index as a real number.
    Index(Affine),
    /// The factor of a term of the loss: one by its denominator.
    Scale(usize),
    /// An element of a tensor; `outside` is the value where the position lies outside.
    Read {
        /// The tensor.
        tensor: TensorId,
        /// A position for each axis.
        at: Vec<Position>,
        /// The value of reads outside; `None` if all are inside.
        outside: Option<u64>,
    },
    /// A random number in 0 ≤ u < 1, for one element of a layer's draw.
    Random {
        /// Which layer draws.
        layer: u32,
        /// Which element.
        element: Affine,
    },
    /// A sum of expressions with factors; a constant is a term of the node for one.
    Sum(Vec<(u64, ExpressionId)>),
    /// A product of powers, without constants.
    Product(Vec<(ExpressionId, i32)>),
    /// A function of the table.
    Apply(Function, Vec<ExpressionId>),
    /// The one or the other.
    Where {
        /// The comparison.
        relation: Relation,
        /// Its left side.
        left: ExpressionId,
        /// Its right side.
        right: ExpressionId,
        /// The value where it holds.
        then: ExpressionId,
        /// The value where it does not.
        otherwise: ExpressionId,
    },
}

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

impl Node {
    /// The expressions directly below.
    #[must_use]
    pub fn children(&self) -> Vec<ExpressionId> {
        match self {
            Node::Constant(_) | Node::Size(_) | Node::Index(_) | Node::Scale(_) | Node::Random { .. } => Vec::new(),
            Node::Read { at, .. } => at
                .iter()
                .filter_map(|position| if let Position::Gather(id) = position { Some(*id) } else { None })
                .collect(),
            Node::Sum(terms) => terms.iter().map(|(_, id)| *id).collect(),
            Node::Product(factors) => factors.iter().map(|(id, _)| *id).collect(),
            Node::Apply(_, arguments) => arguments.clone(),
            Node::Where { left, right, then, otherwise, .. } => vec![*left, *right, *then, *otherwise],
        }
    }
}

impl Affine {
    /// A constant.
    #[must_use]
    pub fn constant(constant: Dim) -> Self {
        Affine { constant, terms: Vec::new() }
    }

    /// An index alone.
    #[must_use]
    pub fn index(index: IndexId) -> Self {
        Affine { constant: Dim::default(), terms: vec![(index, Dim::from(1))] }
    }

    /// The index, if it is one alone.
    #[must_use]
    pub fn as_index(&self) -> Option<IndexId> {
        match self.terms.as_slice() {
            [(index, factor)] if factor.literal() == Some(1) && self.constant.literal() == Some(0) => Some(*index),
            _ => None,
        }
    }

    /// The indices it depends on.
    pub fn indices(&self) -> impl Iterator<Item = IndexId> + '_ {
        self.terms.iter().map(|(index, _)| *index)
    }

    /// The factor of an index; zero where it does not occur.
    #[must_use]
    pub fn factor(&self, index: IndexId) -> Dim {
        self.terms.iter().find(|(i, _)| *i == index).map(|(_, factor)| factor.clone()).unwrap_or_default()
    }

    /// The sum; `None` where it overflows.
    #[must_use]
    pub fn add(&self, other: &Self) -> Option<Self> {
        let mut terms = self.terms.clone();
        for (index, factor) in &other.terms {
            match terms.iter_mut().find(|(i, _)| i == index) {
                Some((_, sum)) => *sum = sum.add(factor)?,
                None => terms.push((*index, factor.clone())),
            }
        }
        terms.retain(|(_, factor)| factor.literal() != Some(0));
        terms.sort_by_key(|(index, _)| *index);
        Some(Affine { constant: self.constant.add(&other.constant)?, terms })
    }

    /// The product with a size; `None` where it overflows.
    #[must_use]
    pub fn scale(&self, by: &Dim) -> Option<Self> {
        if by.literal() == Some(0) {
            return Some(Affine::default());
        }
        let mut terms = Vec::with_capacity(self.terms.len());
        for (index, factor) in &self.terms {
            terms.push((*index, factor.multiply(by)?));
        }
        Some(Affine { constant: self.constant.multiply(by)?, terms })
    }

    /// The same with every index replaced; `None` where one is replaced by something not affine.
    #[must_use]
    pub fn substitute(&self, with: &HashMap<IndexId, Position>) -> Option<Position> {
        if let Some(index) = self.as_index() {
            return Some(with.get(&index).cloned().unwrap_or_else(|| Position::Affine(self.clone())));
        }
        let mut result = Affine::constant(self.constant.clone());
        for (index, factor) in &self.terms {
            let value = match with.get(index) {
                None => Affine::index(*index),
                Some(Position::Affine(affine)) => affine.clone(),
                Some(Position::Gather(_) | Position::Table(_)) => return None,
            };
            result = result.add(&value.scale(factor)?)?;
        }
        Some(Position::Affine(result))
    }
}

impl Position {
    /// An index alone.
    #[must_use]
    pub fn index(index: IndexId) -> Self {
        Position::Affine(Affine::index(index))
    }

    /// The index, if it is one alone.
    #[must_use]
    pub fn as_index(&self) -> Option<IndexId> {
        if let Position::Affine(affine) = self { affine.as_index() } else { None }
    }

    /// The indices it depends on directly; those below a gather are found by walking its expression.
    pub fn indices(&self) -> impl Iterator<Item = IndexId> + '_ {
        let affine = match self {
            Position::Affine(affine) | Position::Table(Table { at: affine, .. }) => Some(affine),
            Position::Gather(_) => None,
        };
        affine.into_iter().flat_map(Affine::indices)
    }
}

impl Table {
    /// The number of positions.
    #[must_use]
    pub fn extent(&self) -> Dim {
        Dim::from(i64::try_from(self.values.len()).unwrap_or(i64::MAX))
    }

    /// The positions as text; of many the first.
    #[must_use]
    pub fn text(&self) -> String {
        const SHOWN: usize = 8;
        let mut texts: Vec<String> = self.values.iter().take(SHOWN).map(ToString::to_string).collect();
        if self.values.len() > SHOWN {
            texts.push("…".into());
        }
        format!("[{}]", texts.join(", "))
    }
}
