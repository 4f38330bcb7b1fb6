//! Sequences: equations that share a loop over iterations, as those of the layers of an array do.

use super::{Equation, Index, Order, Program};
use crate::shape::Dim;
use crate::symbolic::{IndexId, Position, TensorId};

/// Equations next to each other: one, or all of a sequence.
#[derive(Debug, Clone, Copy)]
pub enum Group<'a> {
    /// An equation.
    One(&'a Equation),
    /// The equations of a sequence, and the index that counts its iterations.
    Sequence(IndexId, &'a [Equation]),
}

/// Groups of equations by the sequence at a depth.
pub fn groups<'a>(program: &Program, equations: &'a [Equation], within: usize) -> Vec<Group<'a>> {
    let next = |equation: &Equation| program.sequences(equation).get(within).copied();
    let mut groups = Vec::new();
    let mut rest = equations;
    while let Some(first) = rest.first() {
        let Some(index) = next(first) else {
            groups.push(Group::One(first));
            rest = &rest[1..];
            continue;
        };
        let len = rest.iter().take_while(|equation| next(equation) == Some(index)).count();
        groups.push(Group::Sequence(index, &rest[..len]));
        rest = &rest[len..];
    }
    groups
}

impl Program {
    /// Adds the index of a sequence. That of an inner sequence is added behind that of the outer one.
    pub fn sequence(&mut self, name: impl Into<String>, extent: Dim, order: Order) -> IndexId {
        let index = self.index(name, extent);
        self.indices[index.0 as usize].order = order;
        index
    }

    /// Adds the index of a sequence of the layers of an array.
    pub fn layers(&mut self, name: impl Into<String>, extent: Dim) -> IndexId {
        let index = self.sequence(name, extent, Order::Forward);
        self.indices[index.0 as usize].layers = true;
        index
    }

    /// Adds the index of a sequence that counts what another counts, in an order of its own.
    pub fn sequence_like(&mut self, of: IndexId, extent: Dim, order: Order) -> IndexId {
        let Index { name, layers, .. } = self.indices[of.0 as usize].clone();
        let index = self.sequence(name, extent, order);
        self.indices[index.0 as usize].layers = layers;
        index
    }

    /// Whether an index counts the layers of an array.
    #[must_use]
    pub fn counts_layers(&self, index: IndexId) -> bool {
        self.indices[index.0 as usize].layers
    }

    /// Whether an index counts the iterations of a sequence.
    #[must_use]
    pub fn is_sequence(&self, index: IndexId) -> bool {
        self.indices[index.0 as usize].order != Order::Any
    }

    /// The sequences that an equation lies in, from the outside in.
    #[must_use]
    pub fn sequences(&self, equation: &Equation) -> Vec<IndexId> {
        let mut sequences: Vec<IndexId> =
            equation.indices.iter().copied().filter(|index| self.is_sequence(*index)).collect();
        sequences.sort_unstable();
        sequences
    }

    /// The indices of an equation's reduction in one iteration.
    pub fn reduced<'a>(&'a self, equation: &'a Equation) -> impl Iterator<Item = IndexId> + 'a {
        equation.reduced().filter(|index| !self.is_sequence(*index))
    }

    /// Whether an equation is elementwise and sets one iteration's part of its target as a whole.
    #[must_use]
    pub fn sets_all(&self, equation: &Equation) -> bool {
        let of = self.at(equation.target);
        let in_iteration = |axis: usize, position: &Position| {
            !of.counts_iterations(axis) || position.as_index().is_some_and(|index| self.is_sequence(index))
        };
        self.is_elementwise(equation)
            && equation.write.iter().enumerate().all(|(axis, position)| in_iteration(axis, position))
    }

    /// The leading indices of a tensor: the samples, and the iterations at hand of the sequences around it.
    #[must_use]
    pub fn leading_indices(&self, tensor: TensorId, sequences: &[IndexId]) -> Vec<IndexId> {
        let samples = self.at(tensor).for_each_sample().then_some(IndexId::SAMPLE);
        samples.into_iter().chain(self.axes_among(tensor, sequences)).collect()
    }

    /// The sequences that a tensor has axes for, of those around it from the outside in.
    #[must_use]
    pub fn axes_among(&self, tensor: TensorId, sequences: &[IndexId]) -> Vec<IndexId> {
        let of = self.at(tensor);
        let has_axis = |index: &IndexId| !of.of_layers || self.counts_layers(*index);
        sequences.iter().copied().filter(has_axis).take(of.sequence_axes).collect()
    }

    /// The first equation of the sequence that an equation lies in, of those within `depth` others; the equation itself
    /// if it lies in no further one.
    #[must_use]
    pub fn group_begin(&self, at: usize, depth: usize) -> usize {
        let iteration = |equation: &Equation| self.sequences(equation).get(depth).copied();
        let Some(own) = iteration(&self.equations[at]) else { return at };
        let before = self.equations[..at].iter().rev().take_while(|equation| iteration(equation) == Some(own)).count();
        at - before
    }
}
