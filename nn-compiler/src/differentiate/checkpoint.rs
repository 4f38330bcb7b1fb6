//! Gradient checkpointing: the intermediate values of a layer with `#[checkpoint]` are not kept. The backward pass
//! recomputes them.

use std::collections::HashMap;

use super::Reverse;
use crate::equation::{Equation, Role, Tensor};
use crate::lowered::Checkpoint;
use crate::symbolic::{ExpressionId, IndexId, Node, Position, TensorId};

/// The recomputation of the layer at hand.
#[derive(Debug, Default)]
pub(super) struct Recomputation {
    /// The number of the first equation of the layer that is being differentiated.
    begin: Option<usize>,
    /// The recomputed copy of each tensor in it.
    copies: HashMap<TensorId, TensorId>,
    /// Its recomputed equations, by the numbers of the original ones.
    equations: HashMap<usize, Equation>,
    /// The original of each copy.
    origins: HashMap<TensorId, TensorId>,
    /// The number of sequences in whose iterations each copy is computed anew.
    depths: HashMap<TensorId, usize>,
}

impl Recomputation {
    /// The original of a copy; any other tensor is its own original.
    pub(super) fn origin(&self, tensor: TensorId) -> TensorId {
        *self.origins.get(&tensor).unwrap_or(&tensor)
    }

    /// The number of sequences in whose iterations a tensor is computed anew: none for an original.
    pub(super) fn depth(&self, tensor: TensorId) -> usize {
        self.depths.get(&tensor).copied().unwrap_or(0)
    }
}

impl Reverse<'_> {
    /// Emits the recomputation of a checkpointed layer before its last equation is differentiated.
    pub(super) fn checkpoint(&mut self, at: usize, checkpoints: &[Checkpoint], forward: &[Equation]) {
        let Some(layer) = checkpoints.iter().find(|layer| layer.equations.contains(&at)) else {
            self.recomputation.begin = None;
            return;
        };
        if self.recomputation.begin == Some(layer.equations.start) {
            return;
        }
        self.recomputation.begin = Some(layer.equations.start);
        self.recomputation.copies.clear();
        self.recomputation.equations.clear();
        let forward = &forward[layer.equations.clone()];
        let inside: Vec<TensorId> = forward.iter().map(|e| e.target).filter(|t| self.is_inside(layer, *t)).collect();
        let iterations = self.inner_sequences(forward);
        for (number, equation) in layer.equations.clone().zip(forward) {
            if !inside.contains(&equation.target) {
                continue;
            }
            let outer = self.in_iteration(equation);
            let copy = self.in_recomputed(&outer, &inside, &iterations);
            self.recomputation.equations.insert(number, copy.clone());
            self.backward.push(copy);
        }
    }

    /// An equation with the indices of the backward pass, and as it was last computed. Both read recomputed tensors.
    pub(super) fn recomputed_equation(&mut self, at: usize, equation: &Equation) -> (Equation, Equation) {
        let back = self.in_iteration(equation);
        if self.recomputation.begin.is_none() {
            return (back, equation.clone());
        }
        let back = self.in_recomputed(&back, &[], &HashMap::new());
        let forward = self.recomputation.equations.get(&at).unwrap_or(equation).clone();
        (back, forward)
    }

    /// Whether a tensor is an intermediate value of the layer and none of its results.
    fn is_inside(&self, layer: &Checkpoint, tensor: TensorId) -> bool {
        let root = self.program.root(tensor);
        !layer.results.contains(&root) && self.program.at(root).role == Role::Value
    }

    /// New indices for the sequences inside of the layer, since the recomputation runs in loops of its own.
    fn inner_sequences(&mut self, forward: &[Equation]) -> HashMap<IndexId, IndexId> {
        let outer = self.iterations.len();
        let mut own = HashMap::new();
        let inner = |equation: &Equation| self.program.sequences(equation).split_off(outer);
        for iteration in forward.iter().flat_map(inner).collect::<Vec<_>>() {
            own.entry(iteration).or_insert_with(|| {
                let of = self.program.indices[iteration.0 as usize].clone();
                self.program.sequence_like(iteration, of.extent, of.order)
            });
        }
        own
    }

    /// The equation over recomputed tensors and other indices. Copies are made of the tensors that are `new`.
    fn in_recomputed(
        &mut self,
        equation: &Equation,
        new: &[TensorId],
        iterations: &HashMap<IndexId, IndexId>,
    ) -> Equation {
        let positions: HashMap<IndexId, Position> =
            iterations.iter().map(|(from, to)| (*from, Position::index(*to))).collect();
        let mut copy = equation.clone();
        copy.target = self.recomputed_tensor(equation.target, new);
        copy.indices.iter_mut().for_each(|index| *index = *iterations.get(index).unwrap_or(index));
        for position in &mut copy.write {
            if let Some(own) = self.program.pool.substitute_position(position, &positions) {
                *position = own;
            }
            if let Position::Gather(id) = position {
                *id = self.reading_recomputed(*id, new);
            }
        }
        let body = self.program.pool.substitute(equation.body, &positions).unwrap_or(equation.body);
        copy.body = self.reading_recomputed(body, new);
        copy
    }

    fn reading_recomputed(&mut self, id: ExpressionId, new: &[TensorId]) -> ExpressionId {
        let mut reads: Vec<TensorId> = Vec::new();
        self.program.pool.visit(id, &mut |_, node| {
            if let Node::Read { tensor, .. } = node {
                reads.push(*tensor);
            }
        });
        let copies: HashMap<TensorId, TensorId> =
            reads.into_iter().map(|tensor| (tensor, self.recomputed_tensor(tensor, new))).collect();
        self.program.pool.redirect(id, &copies)
    }

    /// The recomputed copy of a tensor; for a view, a view of the copy. A tensor that is not recomputed stands for
    /// itself.
    fn recomputed_tensor(&mut self, tensor: TensorId, new: &[TensorId]) -> TensorId {
        if let Some(known) = self.recomputation.copies.get(&tensor) {
            return *known;
        }
        let root = self.program.root(tensor);
        let is_new = new.iter().any(|other| self.program.root(*other) == root);
        if !is_new && !self.recomputation.copies.contains_key(&root) {
            return tensor;
        }
        let of = self.program.at(tensor).clone();
        let view_of = of.view_of.map(|of| self.recomputed_tensor(of, new));
        let copy =
            self.program.tensor(Tensor { name: format!("{}_recomputed", of.name), view_of, recomputed: true, ..of });
        self.needed.push(false);
        self.recomputation.copies.insert(tensor, copy);
        self.recomputation.origins.insert(copy, tensor);
        self.recomputation.depths.insert(copy, self.iterations.len());
        copy
    }
}
