//! Layers with `#[checkpoint]`: what they compute in between is not kept, but computed again on the way back.

use std::collections::HashMap;

use super::Reverse;
use crate::equation::{Equation, Role, Tensor};
use crate::lowered::{Checkpoint, Lowered};
use crate::symbolic::{ExpressionId, IndexId, Node, Position, TensorId};

/// What is computed again.
#[derive(Debug, Default)]
pub(super) struct Recomputation {
    /// The layer that is being walked back: the number of its first equation.
    begin: Option<usize>,
    /// For the tensors in it: those that stand for them.
    copies: HashMap<TensorId, TensorId>,
    /// Its equations with these, by their numbers.
    equations: HashMap<usize, Equation>,
    /// For all copies: what they stand for.
    origins: HashMap<TensorId, TensorId>,
}

impl Recomputation {
    /// The tensor that a copy stands for; others stand for themselves.
    pub(super) fn origin(&self, tensor: TensorId) -> TensorId {
        *self.origins.get(&tensor).unwrap_or(&tensor)
    }
}

impl Reverse {
    /// Before the last equation of a layer with a checkpoint is walked back: computes again what is in it.
    pub(super) fn checkpoint(&mut self, at: usize, lowered: &Lowered) {
        let Some(layer) = lowered.checkpoints.iter().find(|layer| layer.equations.contains(&at)) else {
            self.recomputation.begin = None;
            return;
        };
        if self.recomputation.begin == Some(layer.equations.start) {
            return;
        }
        self.recomputation.begin = Some(layer.equations.start);
        self.recomputation.copies.clear();
        self.recomputation.equations.clear();
        let forward = &lowered.program.equations[layer.equations.clone()];
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

    /// An equation as it is walked back, and as it was computed last: with the tensors that were computed again.
    pub(super) fn recomputed_equation(&mut self, at: usize, equation: &Equation) -> (Equation, Equation) {
        let back = self.in_iteration(equation);
        if self.recomputation.begin.is_none() {
            return (back, equation.clone());
        }
        let back = self.in_recomputed(&back, &[], &HashMap::new());
        let forward = self.recomputation.equations.get(&at).unwrap_or(equation).clone();
        (back, forward)
    }

    /// Whether a tensor is something in between, not the layer's result.
    fn is_inside(&self, layer: &Checkpoint, tensor: TensorId) -> bool {
        let root = self.program.root(tensor);
        root != layer.result && self.program.at(root).role == Role::Value
    }

    /// Sequences inside of the layer get indices of their own the second time.
    fn inner_sequences(&mut self, forward: &[Equation]) -> HashMap<IndexId, IndexId> {
        let outer = self.iterations.len();
        let mut own = HashMap::new();
        let inner = |equation: &Equation| self.program.sequences(equation).split_off(outer);
        for iteration in forward.iter().flat_map(inner).collect::<Vec<_>>() {
            own.entry(iteration).or_insert_with(|| {
                let of = self.program.indices[iteration.0 as usize].clone();
                self.program.sequence(of.name, of.extent, of.order)
            });
        }
        own
    }

    /// The equation with copies of tensors, which are made for those that are `new`, and with other indices.
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

    /// The copy of a tensor, of a view a view of the copy; of what is not computed again, itself.
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
        copy
    }
}
