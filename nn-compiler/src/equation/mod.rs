//! The one intermediate form: `target[write] (+)= start + reduce[indices](body)`.
//!
//! Every layer, every loss and every derivative is a list of such equations.

mod coverage;
mod display;
mod evaluate;
mod law;
mod number;
mod reach;
mod sequence;
mod tensor;
mod uses;

use rustc_hash::FxHashMap;

use crate::shape::Dim;
use crate::symbolic::{ExpressionId, IndexId, Pool, Position, TensorId};

pub use coverage::Coverage;
pub use evaluate::Values;
pub(crate) use evaluate::{Bound, Elements};
pub use law::check;
pub use number::Number;
pub use sequence::{Group, groups};
pub use tensor::{Role, Tensor};
pub use uses::Uses;

/// A list of equations, in the order of their computation.
#[derive(Debug, Clone)]
pub struct Program {
    /// All scalar expressions.
    pub pool: Pool,
    /// All tensors.
    pub tensors: Vec<Tensor>,
    /// All indices; the first runs over the samples.
    pub indices: Vec<Index>,
    /// The equations.
    pub equations: Vec<Equation>,
    /// The elements of constants.
    pub constants: Vec<Vec<f64>>,
    /// The names of the tensors, with the last number given to tell several of one name apart.
    names: FxHashMap<String, u32>,
}

/// An index: its name, extent and order.
#[derive(Debug, Clone)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// It runs from 0 to one less.
    pub extent: Dim,
    /// Whether the order in which it runs matters.
    pub order: Order,
    /// Whether it counts the layers of an array, each of which has parameters of its own.
    pub layers: bool,
}

/// The order in which an index runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Any: each equation is computed for the whole extent.
    Any,
    /// A sequence: adjacent equations that have it share one loop.
    Forward,
    /// The same from the last iteration to the first.
    Backward,
}

/// The reduction of the values for one element of the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reduce {
    /// Their sum, or the only one.
    Sum,
    /// Their product.
    Product,
    /// The greatest.
    Max,
    /// The least.
    Min,
    /// The position of the first that is greatest, counted row-major over the reduced indices.
    ArgMax,
    /// The position of the first that is least.
    ArgMin,
}

impl Reduce {
    /// Whether the result is a position.
    #[must_use]
    pub fn is_position(self) -> bool {
        matches!(self, Reduce::ArgMax | Reduce::ArgMin)
    }
}

/// One equation. An index that does not occur in `write` is reduced over.
#[derive(Debug, Clone)]
pub struct Equation {
    /// The tensor that is defined.
    pub target: TensorId,
    /// The position on each axis.
    pub write: Vec<Position>,
    /// All indices: those of `write` first, then the reduced ones.
    pub indices: Vec<IndexId>,
    /// The reduction.
    pub reduce: Reduce,
    /// For the position of a maximum or minimum: the tensor that holds the maximum or minimum.
    pub attains: Option<TensorId>,
    /// Whether the result accumulates.
    pub accumulate: bool,
    /// Whether writes outside of the target are dropped instead of being a mistake.
    pub clip: bool,
    /// The initial value of the sum for one choice of the indices of `write`; zero if absent.
    pub start: Option<ExpressionId>,
    /// The value for one choice of the indices.
    pub body: ExpressionId,
    /// The bounds of the complete sum, as the bits of `f64`: it becomes at least the first, then at most the second. A schedule
    /// alone sets them, where the functions around a sum are part of its equation.
    pub bounds: Option<[u64; 2]>,
}

impl Equation {
    /// The equation that sets every element of a target to `body` over `indices`.
    #[must_use]
    pub fn elementwise(target: TensorId, indices: Vec<IndexId>, body: ExpressionId) -> Self {
        let write = indices.iter().copied().map(Position::index).collect();
        Equation {
            target,
            write,
            indices,
            reduce: Reduce::Sum,
            attains: None,
            accumulate: false,
            clip: false,
            start: None,
            body,
            bounds: None,
        }
    }

    /// The indices that are reduced over.
    pub fn reduced(&self) -> impl Iterator<Item = IndexId> + '_ {
        self.indices.iter().copied().filter(|index| !self.write.iter().any(|p| p.indices().any(|i| i == *index)))
    }

    /// Whether the position on every axis is an index by itself.
    #[must_use]
    pub fn writes_at_indices(&self) -> bool {
        self.write.iter().all(|position| position.as_index().is_some())
    }
}

impl Default for Program {
    fn default() -> Self {
        Program {
            pool: Pool::default(),
            tensors: Vec::new(),
            indices: vec![Index { name: "sample".into(), extent: Dim::samples(), order: Order::Any, layers: false }],
            equations: Vec::new(),
            constants: Vec::new(),
            names: FxHashMap::default(),
        }
    }
}

impl Program {
    /// Adds a tensor and makes its name unique.
    pub fn tensor(&mut self, mut tensor: Tensor) -> TensorId {
        let wanted = tensor.name.clone();
        let mut number = self.names.get(&wanted).copied().unwrap_or(0);
        loop {
            number += 1;
            if number > 1 {
                tensor.name = format!("{wanted}_{number}");
            }
            if !self.names.contains_key(&tensor.name) {
                break;
            }
        }
        self.names.insert(wanted, number);
        self.names.entry(tensor.name.clone()).or_insert(1);
        let id = TensorId::new(self.tensors.len());
        self.tensors.push(tensor);
        id
    }

    /// Adds an index.
    pub fn index(&mut self, name: impl Into<String>, extent: Dim) -> IndexId {
        let id = IndexId::new(self.indices.len());
        self.indices.push(Index { name: name.into(), extent, order: Order::Any, layers: false });
        id
    }

    /// A tensor.
    #[must_use]
    pub fn at(&self, id: TensorId) -> &Tensor {
        &self.tensors[id.0 as usize]
    }

    /// A tensor, to be changed.
    pub fn at_mut(&mut self, id: TensorId) -> &mut Tensor {
        &mut self.tensors[id.0 as usize]
    }

    /// The extent of an index.
    #[must_use]
    pub fn extent(&self, index: IndexId) -> &Dim {
        &self.indices[index.0 as usize].extent
    }

    /// The tensor that holds the elements of `id`: itself unless it is a view.
    #[must_use]
    pub fn root(&self, id: TensorId) -> TensorId {
        let mut id = id;
        while let Some(of) = self.at(id).view_of {
            id = of;
        }
        id
    }

    /// Indices that run over a whole tensor, in the iteration at hand of the sequences around it, from the outside in.
    pub fn indices_over(&mut self, tensor: TensorId, sequences: &[IndexId]) -> Vec<IndexId> {
        const NAMES: [&str; 6] = ["i", "j", "k", "l", "p", "q"];
        let mut indices = self.leading_indices(tensor, sequences);
        let shape = self.at(tensor).sample_shape().to_vec();
        for (at, extent) in shape.into_iter().enumerate() {
            indices.push(self.index(NAMES[at % NAMES.len()], extent));
        }
        indices
    }

    /// The element of `tensor` at some indices.
    pub fn element(&mut self, tensor: TensorId, indices: &[IndexId]) -> ExpressionId {
        let at = indices.iter().copied().map(Position::index).collect();
        self.pool.read(tensor, at, None)
    }

    /// The reads of an equation, those of its initial value last.
    #[must_use]
    pub fn reads_of(&self, equation: &Equation) -> Vec<ExpressionId> {
        let mut reads = self.pool.reads(equation.body);
        reads.extend(equation.start.into_iter().flat_map(|start| self.pool.reads(start)));
        reads
    }

    /// The tensors that an equation reads.
    pub fn tensors_read(&self, equation: &Equation) -> impl Iterator<Item = TensorId> + '_ {
        self.reads_of(equation).into_iter().filter_map(|read| self.pool.tensor_of(read))
    }

    /// For each tensor, whether another is a view of it.
    #[must_use]
    pub fn viewed(&self) -> Vec<bool> {
        let mut viewed = vec![false; self.tensors.len()];
        for of in self.tensors.iter().filter_map(|tensor| tensor.view_of) {
            viewed[of.0 as usize] = true;
        }
        viewed
    }
}
