//! Reverse mode over sequences: from the last iteration to the first.

use std::collections::{HashMap, HashSet};

use super::Reverse;
use crate::equation::{Equation, Index, Order, Role};
use crate::errors::OrBug;
use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, TensorId};

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

impl Reverse<'_> {
    /// Leaves and enters sequences until those of an equation of the forward pass are the ones that are open.
    pub(super) fn enter(&mut self, equation: &Equation, all: &[Equation]) {
        let wanted = self.program.sequences(equation).split_off(self.open);
        let same = self.sequences.iter().zip(&wanted).take_while(|(known, wanted)| known.forward == **wanted).count();
        while self.sequences.len() > same {
            self.leave();
        }
        for forward in &wanted[same..] {
            self.complete_sums(*forward, all);
            let Index { extent, order, .. } = self.program.indices[forward.0 as usize].clone();
            let (carried, reverse) = match order {
                Order::Backward => (self.begin_all(*forward, all), Order::Forward),
                _ => (self.finish_carries(*forward, all), Order::Backward),
            };
            self.complete_from_outside(*forward, all, &carried);
            let backward = self.program.sequence_like(*forward, extent, reverse);
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
        let with = self.sequences.iter().map(|sequence| (sequence.forward, sequence.backward)).collect();
        self.renamed(equation, &with)
    }

    /// An equation with other indices.
    fn renamed(&mut self, equation: &Equation, names: &HashMap<IndexId, IndexId>) -> Equation {
        let with = names.iter().map(|(from, to)| (*from, Position::index(*to))).collect();
        let mut renamed = equation.clone();
        for index in &mut renamed.indices {
            *index = *names.get(index).unwrap_or(index);
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

    /// The carries of a sequence whose adjoints are needed, each once: several equations may add to one.
    fn carried(&self, sequence: IndexId, all: &[Equation]) -> Vec<TensorId> {
        let writes_carry = |equation: &&Equation| {
            let of_iteration = |position: &&Position| position.indices().any(|index| index == sequence);
            equation.write.iter().find(of_iteration).is_some_and(|position| position.as_index().is_none())
        };
        let mut seen = HashSet::new();
        let carried = all.iter().filter(writes_carry).map(|equation| equation.target);
        carried.filter(|tensor| self.needed[tensor.0 as usize] && seen.insert(*tensor)).collect()
    }

    /// Whether a tensor is a carry of the innermost sequence.
    pub(super) fn is_carry(&self, root: TensorId) -> bool {
        self.sequences.last().is_some_and(|sequence| sequence.carried.contains(&root))
    }

    /// Completes the adjoint of what the last iteration carries out: the backward loop begins with it. Returns the
    /// carries.
    fn finish_carries(&mut self, sequence: IndexId, all: &[Equation]) -> Vec<TensorId> {
        let carried = self.carried(sequence, all);
        for carried in &carried {
            let contributions = self.contributions.remove(carried).unwrap_or_default();
            let adjoint = self.adjoint(*carried);
            let axis = self.program.at(adjoint).leading() - 1;
            let is_last = |contribution: &Equation| contribution.write[axis].indices().next().is_none();
            if !contributions.iter().all(is_last) {
                // other places are read too: iterations add to what these contribute
                self.begin_whole(adjoint);
                self.add_contributions(adjoint, contributions);
                continue;
            }
            let mut contributions = contributions.into_iter();
            if !self.begun.contains(&adjoint) {
                let mut first = contributions.next().unwrap_or_else(|| self.zero_last_carry(*carried));
                first.accumulate = false;
                self.backward.push(first);
            }
            self.backward.extend(contributions);
        }
        carried
    }

    /// Completes the adjoints of tensors from outside that the iterations of a sequence accumulate into.
    fn complete_sums(&mut self, sequence: IndexId, all: &[Equation]) {
        let depth = self.iterations.len();
        for root in self.defined_in_sequence(sequence, all) {
            if self.own_axes(root) == depth && !self.has_axis(root, sequence) {
                self.complete(root);
            }
        }
    }

    /// Sets the adjoints of what the iterations define and something behind the sequence reads: an equation in between
    /// would be the end of their loop.
    fn complete_from_outside(&mut self, sequence: IndexId, all: &[Equation], carried: &[TensorId]) {
        for root in self.defined_in_sequence(sequence, all) {
            if !self.has_axis(root, sequence) || carried.contains(&root) {
                continue;
            }
            if let Some(contributions) = self.contributions.remove(&root) {
                let adjoint = self.adjoint(root);
                self.add_contributions(adjoint, contributions);
                self.begun.insert(adjoint);
            }
        }
    }

    /// Sets the adjoints of all that a sequence defines, with what contributes to them from outside: the sequence is
    /// the backward pass of another, in which any iteration may read what any other defined. It has no carries of the
    /// usual form.
    fn begin_all(&mut self, sequence: IndexId, all: &[Equation]) -> Vec<TensorId> {
        for root in self.defined_in_sequence(sequence, all) {
            if !self.has_axis(root, sequence) || !self.reached[root.0 as usize] {
                continue;
            }
            let adjoint = self.adjoint(root);
            self.begin_whole(adjoint);
            let contributions = self.contributions.remove(&root).unwrap_or_default();
            self.add_contributions(adjoint, contributions);
        }
        Vec::new()
    }

    /// The number of sequences around that a tensor has axes for.
    fn own_axes(&self, root: TensorId) -> usize {
        self.program.axes_among(root, &self.iterations).len()
    }

    /// Whether a tensor has an axis for a sequence inside of those around.
    fn has_axis(&self, root: TensorId, sequence: IndexId) -> bool {
        let around = [self.iterations.as_slice(), &[sequence]].concat();
        self.program.axes_among(root, &around).contains(&sequence)
    }

    /// The tensors that the equations of a sequence define and whose adjoints are needed, in order.
    fn defined_in_sequence(&self, sequence: IndexId, all: &[Equation]) -> Vec<TensorId> {
        let mut seen = HashSet::new();
        let inside = all.iter().filter(|equation| equation.indices.contains(&sequence));
        let roots = inside.map(|equation| self.program.root(equation.target));
        roots.filter(|root| self.needed[root.0 as usize] && seen.insert(*root)).collect()
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
        let (mut zeros, mut carried_back) = (Vec::new(), Vec::new());
        for root in roots {
            let all = self.contributions.remove(&root).unwrap_or_default();
            let (own, mut others): (Vec<_>, Vec<_>) = all.into_iter().partition(|c| c.indices.contains(&iteration));
            let (behind, own): (Vec<_>, Vec<_>) = own.into_iter().partition(|c| self.stands_behind(root, c, iteration));
            others.extend(behind.into_iter().map(|contribution| self.over_all(root, contribution, iteration)));
            if !others.is_empty() {
                self.contributions.insert(root, others);
            }
            if own.is_empty() {
                continue;
            }
            carried_back.push(root);
            let adjoint = self.adjoint(root);
            if let Some(place) = self.zeros_before(root)
                && self.begun.insert(adjoint)
            {
                zeros.push((adjoint, place));
            }
            self.add_contributions(adjoint, own);
            if !self.is_defined(root) {
                // other uses of the array add to this
                self.begun.insert(adjoint);
            }
        }
        self.zero_carries(&carried_back);
        self.sequences.pop();
        self.iterations.pop();
        // from the last place to the first, since inserting moves all places behind
        zeros.sort_by_key(|(_, (begin, _))| *begin);
        zeros.into_iter().rev().for_each(|(adjoint, (begin, outer))| self.set_before(adjoint, begin, outer));
    }

    /// Whether a contribution of an iteration to a tensor from outside is better computed behind the sequence, for all
    /// iterations at once: it is a part of its own, or one of a sum over the samples, whose order tiles must not change.
    /// What is recomputed in each iteration is not kept for that, and parameters of layers are those of one layer at a time.
    fn stands_behind(&self, root: TensorId, contribution: &Equation, iteration: IndexId) -> bool {
        let of = self.program.at(root);
        let is_part = contribution.write.iter().flat_map(Position::indices).any(|index| index == iteration);
        let by_layer = self.is_layer_of(root, contribution, iteration);
        let stays = |read: ExpressionId| {
            let Node::Read { tensor, at, .. } = self.program.pool.node(read) else { return false };
            let is_anew = self.recomputation.depth(*tensor) >= self.iterations.len();
            let read = self.program.at(self.program.root(*tensor));
            let layers = at.iter().take(if is_given(read.role) { read.sequence_axes } else { 0 });
            is_anew || !by_layer && layers.into_iter().any(|at| at.as_index() == Some(iteration))
        };
        self.own_axes(root) < self.iterations.len()
            && (is_part || !of.for_each_sample())
            && !self.program.reads_of(contribution).into_iter().any(stays)
    }

    /// Whether an iteration is the layer of an array that a contribution to its parameters belongs to.
    fn is_layer_of(&self, root: TensorId, contribution: &Equation, iteration: IndexId) -> bool {
        let of = self.program.at(root);
        let axes = contribution.write.iter().take(of.sequence_axes);
        of.of_layers && axes.into_iter().any(|position| position.as_index() == Some(iteration))
    }

    /// An equation of an iteration for all iterations at once. The layers of an array are taken one by one even so.
    fn over_all(&mut self, root: TensorId, equation: Equation, iteration: IndexId) -> Equation {
        let Index { name, extent, .. } = self.program.indices[iteration.0 as usize].clone();
        if !self.is_layer_of(root, &equation, iteration) {
            let index = self.program.index(name, extent);
            return self.renamed(&equation, &HashMap::from([(iteration, index)]));
        }
        // layers inside of these, which are taken one by one already, are counted behind them
        let around = &self.iterations[..self.iterations.len() - 1];
        let own = self.program.sequences(&equation).into_iter().filter(|index| !around.contains(index));
        let mut names = HashMap::new();
        for index in own.collect::<Vec<_>>() {
            let extent = self.program.extent(index).clone();
            names.insert(index, self.program.sequence_like(index, extent, Order::Forward));
        }
        self.renamed(&equation, &names)
    }

    /// Where the adjoint of a tensor is set to zeros, to which the innermost sequence adds, and in how many of the
    /// sequences around: in front of the outermost sequence that the adjoint has no axis for. The adjoint of an
    /// iteration's value needs that only if another sequence defines the value; then it is set in front of all.
    fn zeros_before(&self, root: TensorId) -> Option<(usize, usize)> {
        let own = self.program.axes_among(root, &self.iterations);
        let elsewhere = self
            .sequences
            .iter()
            .any(|sequence| own.contains(&sequence.backward) && !self.defined_in.contains(&(root, sequence.forward)));
        if elsewhere && self.is_defined(root) {
            return Some((self.sequences.first()?.begin, self.open));
        }
        let outermost = self.sequences.iter().position(|sequence| !own.contains(&sequence.backward))?;
        Some((self.sequences[outermost].begin, self.open + outermost))
    }

    /// Whether the forward pass defines a tensor.
    fn is_defined(&self, root: TensorId) -> bool {
        self.defined.contains(&root)
    }

    /// Zeros for carries that the loss does not depend on.
    fn zero_carries(&mut self, carried_back: &[TensorId]) {
        let Some(sequence) = self.sequences.last() else { return };
        let missing: Vec<TensorId> =
            sequence.carried.iter().copied().filter(|tensor| !carried_back.contains(tensor)).collect();
        for tensor in missing {
            let adjoint = self.adjoint(tensor);
            if self.begun.contains(&adjoint) {
                continue;
            }
            let zeros = self.zeros(adjoint);
            self.backward.push(zeros);
        }
    }

    /// Sets an adjoint to zeros in front of a sequence that it is not in.
    fn set_before(&mut self, adjoint: TensorId, begin: usize, outer: usize) {
        let zeros = self.zeros_within(adjoint, outer);
        self.backward.insert(begin, zeros);
        for sequence in &mut self.sequences {
            sequence.begin += usize::from(sequence.begin >= begin);
        }
    }
}

/// Whether a tensor is given, one for each layer of an array: it cannot be read for several layers at once.
fn is_given(role: Role) -> bool {
    role.is_stored() || matches!(role, Role::Direction(_))
}
