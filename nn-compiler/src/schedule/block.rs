//! The nodes of a schedule.

use crate::equation::{Equation, Program, Reduce};
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, IndexId, Position, TensorId};

/// What a step is needed for.
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
    /// The tensor after which the buffer is called: tensors that share one name one.
    pub buffer: TensorId,
    /// The elements before it, for each sample.
    pub offset: Dim,
    /// Its elements, for each sample.
    pub len: Dim,
}

/// A step of the schedule.
#[derive(Debug, Clone)]
pub enum Block {
    /// Copies a part of every sample into the workspace.
    StageIn(TensorId),
    /// Copies a result from the workspace to where it belongs.
    StageOut(TensorId),
    /// Zeros, or the value of the padding, everywhere.
    Fill(TensorId),
    /// A sum of products.
    Contraction(Contraction),
    /// Loops.
    Nest(Vec<LoopNode>),
    /// Sums over the samples that are added to one gradient: all of them for a sample before the next one.
    EachSample(Vec<Block>),
    /// The iterations of a sequence.
    Sequence(Sequence),
}

/// What is done in each iteration of a sequence.
#[derive(Debug, Clone)]
pub struct Sequence {
    /// The index that counts the iterations.
    pub iteration: IndexId,
    /// Whether the last iteration comes first.
    pub backward: bool,
    /// What is done, in order.
    pub blocks: Vec<Block>,
    /// What each block is done for.
    pub purposes: Vec<Purpose>,
}

/// A sum of products: what its loops move.
#[derive(Debug, Clone)]
pub struct Contraction {
    /// The result.
    pub out: TensorId,
    /// One factor.
    pub left: TensorId,
    /// The other factor; one if there is none.
    pub right: Option<TensorId>,
    /// What the sum begins with.
    pub start: Start,
    /// The loops.
    pub loops: Vec<ContractionLoop>,
    /// The sequences around it, as loops.
    pub outer_loops: Vec<ContractionLoop>,
    /// The first element of the result, the factors and the start.
    pub origins: [Dim; 4],
    /// What is computed.
    pub equation: Equation,
}

/// What a sum begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Nothing; the first tile sets a gradient and later ones add to it.
    Zero,
    /// What is there.
    Out,
    /// A tensor.
    From(TensorId),
}

/// One loop of a contraction: its extent and the strides of the result, the factors and the start.
#[derive(Debug, Clone)]
pub struct ContractionLoop {
    /// How far it runs.
    pub index: IndexId,
    /// The strides of the result, the factors and the start.
    pub strides: [Dim; 4],
}

/// A part of a nest of loops.
#[derive(Debug, Clone)]
pub enum LoopNode {
    /// A loop.
    Loop {
        /// Its index.
        index: IndexId,
        /// What is done each time.
        body: Vec<LoopNode>,
    },
    /// A definition.
    Statement(Statement),
}

/// A definition in a nest.
#[derive(Debug, Clone)]
pub struct Statement {
    /// What is defined.
    pub target: TensorId,
    /// Where.
    pub write: Vec<Position>,
    /// Whether it is added to what is there.
    pub add: bool,
    /// Whether positions outside are left out.
    pub clip: bool,
    /// The value.
    pub body: ExpressionId,
    /// The indices that are reduced over inside of the statement.
    pub reduced: Vec<IndexId>,
    /// The index along which many elements are brought together at once.
    pub row: Option<IndexId>,
    /// How.
    pub reduce: Reduce,
    /// The tensor that takes the position of the maximum.
    pub position: Option<TensorId>,
    /// What is computed.
    pub equation: Equation,
}

impl Statement {
    /// The indices that run inside of the statement.
    pub fn inner(&self) -> impl Iterator<Item = IndexId> {
        self.reduced.iter().copied().chain(self.row)
    }

    /// The tensors that are written.
    pub fn written(&self) -> impl Iterator<Item = TensorId> {
        [Some(self.target), self.position].into_iter().flatten()
    }
}

/// All statements of a nest with their paths: the position in each list of nodes from the outside in.
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
    /// Whether it is or holds a sum of products.
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
            Block::Fill(tensor) | Block::StageIn(tensor) => (Vec::new(), vec![*tensor]),
            Block::StageOut(tensor) => (vec![*tensor], Vec::new()),
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
