//! Adjoints and the accumulation of their contributions.

use std::collections::HashMap;

use super::Reverse;
use crate::equation::{Coverage, Equation, Order, Role, Tensor};
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, IndexId, Position, TensorId};

impl Reverse<'_> {
    /// The adjoint of a tensor that is no view.
    pub(super) fn adjoint(&mut self, root: TensorId) -> TensorId {
        if let Some(adjoint) = self.adjoints.get(&root) {
            return *adjoint;
        }
        let adjoint = self.adjoint_tensor(root, None);
        self.needed.push(false);
        self.adjoints.insert(root, adjoint);
        adjoint
    }

    /// The adjoint of a tensor: of a view, a view of the adjoint.
    pub(super) fn adjoint_view(&mut self, tensor: TensorId) -> TensorId {
        let root = self.program.root(tensor);
        let adjoint = self.adjoint(root);
        if root == tensor {
            return adjoint;
        }
        if let Some(view) = self.adjoints.get(&tensor) {
            return *view;
        }
        let view = self.adjoint_tensor(tensor, Some(adjoint));
        self.needed.push(false);
        self.adjoints.insert(tensor, view);
        view
    }

    /// A tensor for the adjoint of another. It has a place for each iteration of the sequences that are open, and none
    /// for what a carry hands on behind the last one.
    fn adjoint_tensor(&mut self, tensor: TensorId, view_of: Option<TensorId>) -> TensorId {
        let of = self.program.at(tensor);
        let (name, sequence_axes, of_layers) = (format!("d_{}", of.name), of.sequence_axes, of.of_layers);
        let mut shape = of.shape.clone();
        let first = usize::from(of.for_each_sample());
        let open = self.program.axes_among(tensor, &self.iterations[..self.open]);
        for (axis, open) in (first..first + sequence_axes).zip(open) {
            shape[axis] = self.program.extent(open).clone();
        }
        self.program.tensor(Tensor { view_of, sequence_axes, of_layers, ..Tensor::new(name, shape, Role::Value) })
    }

    /// Emits the equations of an adjoint: the first sets it, the others accumulate.
    pub(super) fn complete(&mut self, root: TensorId) {
        let Some(adjoint) = self.adjoints.get(&root).copied() else { return };
        let Some(contributions) = self.contributions.remove(&root) else {
            if !self.backward.iter().any(|equation| self.program.root(equation.target) == adjoint) {
                self.fill(adjoint);
            }
            return;
        };
        self.add_contributions(adjoint, contributions);
    }

    /// Emits contributions to an adjoint in the iteration at hand. The first one sets it unless it is set already.
    pub(super) fn add_contributions(&mut self, adjoint: TensorId, contributions: Vec<Equation>) {
        let (whole, mut parts): (Vec<_>, Vec<_>) = contributions.into_iter().partition(|c| self.covers(c));
        let mut whole = self.merge(whole);
        // reductions come first, since elementwise contributions are cheap to accumulate; but a carry is set by its
        // elementwise part, which can then be computed in place
        let carried = self.is_carried(adjoint);
        whole.sort_by_key(|equation: &Equation| self.program.is_elementwise(equation) != carried);
        match (whole.first_mut(), parts.as_mut_slice()) {
            _ if self.begun.contains(&adjoint) => {}
            (Some(first), _) => first.accumulate = false,
            (None, [part]) if self.sets_alone(part, adjoint) => {
                part.accumulate = false;
                self.fill(adjoint);
            }
            (None, parts) if self.set_together(parts) => {
                parts.iter_mut().for_each(|part| part.accumulate = false);
            }
            (None, _) => self.fill(adjoint),
        }
        self.backward.extend(whole);
        self.backward.extend(parts);
    }

    /// Whether it is the adjoint of a carry of the innermost sequence.
    fn is_carried(&self, adjoint: TensorId) -> bool {
        let of = self.program.at(adjoint);
        of.sequence_axes == self.iterations.len()
            && self.iterations.last().is_some_and(|iteration| {
                of.shape.get(of.leading() - 1).is_some_and(|places| places != self.program.extent(*iteration))
            })
    }

    /// Whether a part can be set into zeros instead of accumulated: it writes each element once, and no other iteration
    /// sets the adjoint.
    fn sets_alone(&self, part: &Equation, adjoint: TensorId) -> bool {
        let once = !part.clip && self.program.meets_once(&part.write);
        once && part.target == adjoint && self.sequences.is_empty()
    }

    /// Whether parts set each element of an adjoint, or of one view of it, once: as where each is read at a place of an
    /// axis.
    fn set_together(&self, parts: &[Equation]) -> bool {
        let Some(first) = parts.first() else { return false };
        let once = |part: &Equation| part.target == first.target && !part.clip && self.program.meets_once(&part.write);
        parts.iter().all(once)
            && self.program.coverage_by(first.target, &parts.iter().collect::<Vec<_>>()) == Coverage::Once
    }

    fn fill(&mut self, adjoint: TensorId) {
        let zeros = self.zeros_within(adjoint, self.iterations.len());
        self.backward.push(zeros);
    }

    /// Sets an adjoint to zero in all iterations, unless it is set already. All contributions accumulate.
    pub(super) fn begin_whole(&mut self, adjoint: TensorId) {
        if self.begun.insert(adjoint) {
            self.fill(adjoint);
        }
    }

    /// The equation that sets an adjoint to zero, in the iteration at hand.
    pub(super) fn zeros(&mut self, adjoint: TensorId) -> Equation {
        self.zeros_of(adjoint, &self.iterations.clone())
    }

    /// The equation that sets an adjoint to zero, in the iteration at hand of the outer sequences and in a loop of its
    /// own over the iterations of the others.
    pub(super) fn zeros_within(&mut self, adjoint: TensorId, outer: usize) -> Equation {
        let iterations = self.iterations_over(adjoint, outer);
        self.zeros_of(adjoint, &iterations)
    }

    fn zeros_of(&mut self, adjoint: TensorId, iterations: &[IndexId]) -> Equation {
        let indices = self.program.indices_over(adjoint, iterations);
        let zero = self.program.pool.constant(0.0);
        Equation::elementwise(adjoint, indices, zero)
    }

    /// The sequences around a tensor: the outer ones at hand, and new ones for the other iterations that it has axes for.
    pub(super) fn iterations_over(&mut self, tensor: TensorId, outer: usize) -> Vec<IndexId> {
        let of = self.program.at(tensor);
        let counts = of.shape[..of.leading()].iter().skip(usize::from(of.for_each_sample()) + outer);
        let counts: Vec<Dim> = counts.cloned().collect();
        let mut iterations = self.iterations[..outer].to_vec();
        let of_layers = of.of_layers;
        iterations.extend(counts.into_iter().map(|count| match of_layers {
            true => self.program.layers("iteration", count),
            false => self.program.sequence("iteration", count, Order::Forward),
        }));
        iterations
    }

    /// Whether an equation defines every element of its target, in the iteration at hand.
    fn covers(&self, equation: &Equation) -> bool {
        let of = self.program.at(equation.target);
        let iterations_covered = equation.write.iter().enumerate().all(|(axis, position)| {
            !of.counts_iterations(axis) || position.as_index().is_some_and(|index| self.program.is_sequence(index))
        });
        let in_iteration = iterations_covered && self.program.covers_iteration(equation.target, &equation.write);
        !equation.clip && (in_iteration || self.program.covers(equation.target, &equation.write))
    }

    /// Adds up elementwise contributions: one equation for each view under which the adjoint is written.
    fn merge(&mut self, equations: Vec<Equation>) -> Vec<Equation> {
        let mut merged: Vec<(Equation, Vec<ExpressionId>)> = Vec::new();
        for equation in equations {
            let elementwise = |e: &Equation| e.writes_at_indices() && self.program.is_elementwise(e);
            let same =
                |(known, _): &&mut (Equation, Vec<ExpressionId>)| known.target == equation.target && elementwise(known);
            let known = if elementwise(&equation) { merged.iter_mut().find(same) } else { None };
            let Some((known, bodies)) = known else {
                merged.push((equation.clone(), vec![equation.body]));
                continue;
            };
            let indices = equation.write.iter().filter_map(Position::as_index);
            let renamed: HashMap<_, _> = indices.zip(known.write.iter().cloned()).collect();
            match self.program.pool.substitute(equation.body, &renamed) {
                Some(body) => bodies.push(body),
                None => merged.push((equation.clone(), vec![equation.body])),
            }
        }
        let sum = |(equation, bodies): (Equation, Vec<ExpressionId>)| {
            let terms: Vec<(f64, ExpressionId)> = bodies.into_iter().map(|body| (1.0, body)).collect();
            Equation { body: self.program.pool.sum(&terms), ..equation }
        };
        merged.into_iter().map(sum).collect()
    }
}
