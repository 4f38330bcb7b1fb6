//! Reverse mode over sequences: from the last iteration to the first.

use std::collections::HashMap;

use super::Reverse;
use crate::equation::{Equation, Order};
use crate::errors::OrBug;
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Position, TensorId};

/// A sequence that is being differentiated.
pub(super) struct Backward {
    /// Its index in the forward pass, and the one in the backward pass.
    forward: IndexId,
    backward: IndexId,
    /// Where its equations begin in the backward pass.
    begin: usize,
    /// The carries.
    carried: Vec<TensorId>,
}

impl Reverse {
    /// Leaves and enters sequences until those of an equation of the forward pass are the ones that are open.
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

    /// An equation of the forward pass with the indices of the backward pass.
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

    /// The carries of a sequence whose adjoints are needed.
    fn carried(&self, sequence: IndexId, all: &[Equation]) -> Vec<TensorId> {
        let writes_carry = |equation: &&Equation| {
            let of_iteration = |position: &&Position| position.indices().any(|index| index == sequence);
            equation.write.iter().find(of_iteration).is_some_and(|position| position.as_index().is_none())
        };
        let carried = all.iter().filter(writes_carry).map(|equation| equation.target);
        carried.filter(|tensor| self.needed[tensor.0 as usize]).collect()
    }

    /// Completes the adjoint of what the last iteration carries out: the backward loop begins with it.
    fn finish_carries(&mut self, carried: &[TensorId]) {
        for carried in carried {
            let mut contributions = self.contributions.remove(carried).unwrap_or_default().into_iter();
            let mut first = contributions.next().unwrap_or_else(|| self.zero_last_carry(*carried));
            first.accumulate = false;
            self.backward.push(first);
            self.backward.extend(contributions);
        }
    }

    /// The zero adjoint of a carry that nothing reads behind the sequence.
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

    /// Closes the innermost sequence: its contributions to tensors from outside are accumulated in each iteration.
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
            // the outermost sequences are those that the adjoint has axes for
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
        // from the last place to the first, since inserting moves all places behind
        once.sort_by_key(|(_, begin)| *begin);
        once.into_iter().rev().for_each(|(adjoint, begin)| self.set_before(adjoint, begin));
    }

    /// Zeros for carries that the loss does not depend on.
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
