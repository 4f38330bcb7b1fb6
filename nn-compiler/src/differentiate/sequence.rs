//! Sequences walked back: from the last iteration to the first.

use std::collections::HashMap;

use super::Reverse;
use crate::equation::{Equation, Order};
use crate::errors::OrBug;
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Position, TensorId};

/// A sequence that is being walked back.
pub(super) struct Backward {
    /// The index that counts its iterations forward, and the one that counts them back.
    forward: IndexId,
    backward: IndexId,
    /// Where its equations begin.
    begin: usize,
    /// What each iteration hands on to the next.
    carried: Vec<TensorId>,
}

impl Reverse {
    /// Leaves and enters sequences until it is in those of an equation of the forward pass.
    pub(super) fn enter(&mut self, equation: &Equation, all: &[Equation]) {
        let wanted = self.program.sequences(equation);
        let same = self.sequences.iter().zip(&wanted).take_while(|(known, wanted)| known.forward == **wanted).count();
        while self.sequences.len() > same {
            self.leave();
        }
        for forward in &wanted[same..] {
            let carried = self.carried(*forward, all);
            self.finish_carries(&carried);
            let of = &self.program.indices[forward.0 as usize];
            let (name, extent) = (of.name.clone(), of.extent.clone());
            let backward = self.program.sequence(name, extent, Order::Backward);
            self.iterations.push(backward);
            self.sequences.push(Backward { forward: *forward, backward, begin: self.backward.len(), carried });
        }
    }

    pub(super) fn leave_all(&mut self) {
        while !self.sequences.is_empty() {
            self.leave();
        }
    }

    /// An equation of the forward pass with the indices of the way back.
    pub(super) fn in_iteration(&mut self, equation: &Equation) -> Equation {
        if self.sequences.is_empty() {
            return equation.clone();
        }
        let with: HashMap<IndexId, Position> =
            self.sequences.iter().map(|sequence| (sequence.forward, Position::index(sequence.backward))).collect();
        let mut renamed = equation.clone();
        for index in &mut renamed.indices {
            if let Some(Position::Affine(affine)) = with.get(index) {
                *index = affine.as_index().unwrap_or(*index);
            }
        }
        for position in &mut renamed.write {
            if let Some(own) = self.program.pool.substitute_position(position, &with) {
                *position = own;
            }
        }
        if let Some(body) = self.program.pool.substitute(equation.body, &with) {
            renamed.body = body;
        }
        renamed
    }

    /// What the iterations of a sequence hand on, as far as its adjoint is needed.
    fn carried(&self, sequence: IndexId, all: &[Equation]) -> Vec<TensorId> {
        let writes_carry = |equation: &&Equation| {
            let of_iteration = |position: &&Position| position.indices().any(|index| index == sequence);
            equation.write.iter().find(of_iteration).is_some_and(|position| position.as_index().is_none())
        };
        let carried = all.iter().filter(writes_carry).map(|equation| equation.target);
        carried.filter(|tensor| self.needed[tensor.0 as usize]).collect()
    }

    /// What goes out of the last iteration has its adjoint before the way back begins.
    fn finish_carries(&mut self, carried: &[TensorId]) {
        for carried in carried {
            let mut contributions = self.contributions.remove(carried).unwrap_or_default().into_iter();
            let mut first = contributions.next().unwrap_or_else(|| self.zero_last_carry(*carried));
            first.accumulate = false;
            self.backward.push(first);
            self.backward.extend(contributions);
        }
    }

    /// Zero for what goes out of the last iteration and is not used.
    fn zero_last_carry(&mut self, carried: TensorId) -> Equation {
        let adjoint = self.adjoint(carried);
        let of = self.program.at(adjoint);
        let last = of.leading() - 1;
        let place = of.shape[last].subtract(&Dim::from(1)).or_bug("a size overflows");
        let stand_in = self.program.index("last", Dim::from(1));
        self.iterations.push(stand_in);
        let mut zeros = self.zeros(adjoint);
        self.iterations.pop();
        zeros.indices.retain(|index| *index != stand_in);
        zeros.write[last] = Position::Affine(Affine::constant(place));
        zeros
    }

    /// Completes, iteration by iteration, what the sequence at hand adds to tensors from before it.
    fn leave(&mut self) {
        let Some(iteration) = self.sequences.last().map(|sequence| sequence.backward) else { return };
        let mut roots: Vec<TensorId> = self.contributions.keys().copied().collect();
        roots.sort_unstable();
        let (mut once, mut carried_back) = (Vec::new(), Vec::new());
        for root in roots {
            let all = self.contributions.remove(&root).unwrap_or_default();
            let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|c| c.indices.contains(&iteration));
            if !others.is_empty() {
                self.contributions.insert(root, others);
            }
            if own.is_empty() {
                continue;
            }
            carried_back.push(root);
            let adjoint = self.adjoint(root);
            // of the sequences around, those that it is in come first
            let outside = self.sequences.get(self.program.at(adjoint).sequence_axes).map(|sequence| sequence.begin);
            let has_iterations = outside.is_none();
            if let Some(begin) = outside
                && self.begun.insert(adjoint)
            {
                once.push((adjoint, begin));
            }
            self.add_contributions(adjoint, own);
            if has_iterations && self.is_parameter(root) {
                // other uses of the array add to this
                self.begun.insert(adjoint);
            }
        }
        self.zero_carries(&carried_back);
        self.sequences.pop();
        self.iterations.pop();
        // from the last place to the first, which so stay where they are
        once.sort_by_key(|(_, begin)| *begin);
        once.into_iter().rev().for_each(|(adjoint, begin)| self.set_before(adjoint, begin));
    }

    /// Zeros for what the iteration at hand was given and the loss does not depend on.
    fn zero_carries(&mut self, carried_back: &[TensorId]) {
        let Some(sequence) = self.sequences.last() else { return };
        let missing: Vec<TensorId> =
            sequence.carried.iter().copied().filter(|tensor| !carried_back.contains(tensor)).collect();
        for tensor in missing {
            let adjoint = self.adjoint(tensor);
            let zeros = self.zeros(adjoint);
            self.backward.push(zeros);
        }
    }

    /// Sets an adjoint to zeros in front of a sequence that it is not in.
    fn set_before(&mut self, adjoint: TensorId, begin: usize) {
        let zeros = self.zeros(adjoint);
        self.backward.insert(begin, zeros);
        for sequence in &mut self.sequences {
            sequence.begin += usize::from(sequence.begin >= begin);
        }
    }

    fn is_parameter(&self, tensor: TensorId) -> bool {
        super::is_wanted(self.program.at(tensor))
    }
}
