//! The blocks of a schedule.

use crate::equation::{Equation, Program, Reduce};
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, IndexId, Position, TensorId};

/// The results that a block is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Always.
    All,
    /// Either gradient.
    Gradients,
    /// The gradient by the parameters alone.
    Parameters,
    /// The gradient by the inputs alone.
    Inputs,
}

/// A place in the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The tensor that names the buffer: tensors that share a buffer have the same one.
    pub buffer: TensorId,
    /// Its offset in the workspace, in bytes for each sample. It is a whole number of floats.
    pub offset: Dim,
    /// Its length, in bytes for each sample. It is a whole number of floats.
    pub len: Dim,
}

/// A part of the schedule that is computed as a whole.
#[derive(Debug, Clone)]
pub enum Block {
    /// Copies a field of the samples into the workspace.
    CopyIn(TensorId),
    /// Copies a result from the workspace into a field of the samples.
    CopyOut(TensorId),
    /// Fills a tensor with zeros or the value of its padding.
    Fill(TensorId),
    /// Fills the padding around a tensor, all of which is written behind.
    Frame(TensorId),
    /// A sum of products.
    Contraction(Box<Contraction>),
    /// Loops.
    Nest(Vec<LoopNode>),
    /// Reductions over the samples into one gradient, interleaved: all of them for a sample before the next sample.
    EachSample(Vec<Block>),
    /// A loop over the iterations of a sequence.
    Sequence(Sequence),
}

/// A loop over the iterations of a sequence.
#[derive(Debug, Clone)]
pub struct Sequence {
    /// The index of the loop; its extent is the trip count.
    pub iteration: IndexId,
    /// Whether it runs from the last iteration to the first.
    pub backward: bool,
    /// The body, in order.
    pub blocks: Vec<Block>,
    /// The purpose of each block.
    pub purposes: Vec<Purpose>,
}

/// A sum of products over strided loops.
#[derive(Debug, Clone)]
pub struct Contraction {
    /// The result.
    pub out: TensorId,
    /// One factor.
    pub left: TensorId,
    /// The other factor; one if absent.
    pub right: Option<TensorId>,
    /// The value that the sum begins with.
    pub start: Start,
    /// The loops.
    pub loops: Vec<ContractionLoop>,
    /// The loops of the sequences around it.
    pub outer_loops: Vec<ContractionLoop>,
    /// The offsets of the result, the factors and the start.
    pub origins: [Dim; 4],
    /// The equation that it computes.
    pub equation: Equation,
}

/// The value that a sum begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Zero; a gradient is set by the first tile, and later tiles accumulate.
    Zero,
    /// The present value of the result.
    Out,
    /// A tensor.
    From(TensorId),
}

/// One loop of a contraction.
#[derive(Debug, Clone)]
pub struct ContractionLoop {
    /// Its index.
    pub index: IndexId,
    /// The strides of the result, the factors and the start.
    pub strides: [Dim; 4],
}

/// A node of a loop nest.
#[derive(Debug, Clone)]
pub enum LoopNode {
    /// A loop.
    Loop {
        /// Its index.
        index: IndexId,
        /// Its body.
        body: Vec<LoopNode>,
    },
    /// A definition.
    Statement(Statement),
}

/// A definition in a nest.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The tensor that is defined.
    pub target: TensorId,
    /// The position on each axis.
    pub write: Vec<Position>,
    /// Whether it is added to what is there.
    pub add: bool,
    /// Whether positions outside are left out.
    pub clip: bool,
    /// The value.
    pub body: ExpressionId,
    /// The indices of the reduction inside of the statement.
    pub reduced: Vec<IndexId>,
    /// The index along which a row of elements is reduced at once, in the lanes of vectors.
    pub row: Option<IndexId>,
    /// The reduction.
    pub reduce: Reduce,
    /// The tensor for the position of the maximum.
    pub position: Option<TensorId>,
    /// The equation that it computes.
    pub equation: Equation,
}

impl Statement {
    /// The indices of the loops inside of the statement.
    pub fn inner(&self) -> impl Iterator<Item = IndexId> {
        self.reduced.iter().copied().chain(self.row)
    }

    /// The tensors that it writes.
    pub fn written(&self) -> impl Iterator<Item = TensorId> {
        [Some(self.target), self.position].into_iter().flatten()
    }
}

/// All statements of a nest with their paths: the position in the list of nodes at each depth.
pub(super) fn statements(nodes: &[LoopNode]) -> Vec<(Vec<usize>, &Statement)> {
    let mut found = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        match node {
            LoopNode::Statement(statement) => found.push((vec![at], statement)),
            LoopNode::Loop { body, .. } => found.extend(statements(body).into_iter().map(|(mut path, statement)| {
                path.insert(0, at);
                (path, statement)
            })),
        }
    }
    found
}

impl Block {
    /// Whether it is or holds a contraction.
    #[must_use]
    pub fn contracts(&self) -> bool {
        match self {
            Block::Contraction(_) => true,
            Block::EachSample(blocks) | Block::Sequence(Sequence { blocks, .. }) => blocks.iter().any(Block::contracts),
            _ => false,
        }
    }

    /// The tensors that are read, and those that are written.
    #[must_use]
    pub fn accesses(&self, program: &Program) -> (Vec<TensorId>, Vec<TensorId>) {
        match self {
            Block::Fill(tensor) | Block::Frame(tensor) | Block::CopyIn(tensor) => (Vec::new(), vec![*tensor]),
            Block::CopyOut(tensor) => (vec![*tensor], Vec::new()),
            Block::Contraction(contraction) => {
                let mut read: Vec<TensorId> =
                    [Some(contraction.left), contraction.right].into_iter().flatten().collect();
                match contraction.start {
                    Start::From(tensor) => read.push(tensor),
                    Start::Out => read.push(contraction.out),
                    Start::Zero => {}
                }
                (read, vec![contraction.out])
            }
            Block::EachSample(blocks) | Block::Sequence(Sequence { blocks, .. }) => {
                let (mut read, mut written) = (Vec::new(), Vec::new());
                for (own_read, own_written) in blocks.iter().map(|block| block.accesses(program)) {
                    read.extend(own_read);
                    written.extend(own_written);
                }
                (read, written)
            }
            Block::Nest(nodes) => {
                let (mut read, mut written) = (Vec::new(), Vec::new());
                for (_, statement) in statements(nodes) {
                    written.extend(statement.written());
                    read.extend(program.pool.tensors(statement.body));
                }
                (read, written)
            }
        }
    }
}
