//! Padded copies of tensors that cannot be padded themselves.

use super::memory::Padding;
use super::{Access, LayOut};
use crate::equation::{Equation, Order, Role, Tensor};
use crate::symbolic::{ExpressionId, IndexId, Node, Position, TensorId};

impl LayOut<'_> {
    /// Lets an equation, and later ones with the same accesses, read a padded copy. Returns the number of equations
    /// inserted in front.
    pub(super) fn read_copy(&mut self, at: usize, read: ExpressionId, access: Access) -> usize {
        let Node::Read { at: positions, outside, .. } = self.program.pool.node(read).clone() else { return 0 };
        let of = self.program.at(access.tensor).clone();
        let around = self.program.sequences(&self.program.equations[at]);
        let (outer, sequences) = self.sequences_of(access.tensor, &around);
        let copy = self.padded(&of, &sequences, access.padding);
        let program = &mut *self.program;
        let indices = program.indices_over(copy, &sequences);
        let body = program.element(access.tensor, &indices);
        let leading = &positions[..of.leading()];
        let is_changed = |equation: &Equation| {
            let others = equation.write.iter().zip(leading).any(|(own, read)| own != read);
            program.root(equation.target) == access.tensor && !others
        };
        let later = program.equations[at + 1..].iter().position(is_changed);
        let end = later.map_or(program.equations.len(), |later| at + 1 + later);
        for later in at..end {
            let body = program.equations[later].body;
            program.equations[later].body = program.pool.rewrite(body, &mut |pool, id| match pool.node(id).clone() {
                Node::Read { tensor, at, outside: value }
                    if tensor == access.tensor && value == outside && in_one_iteration(&at, &of) =>
                {
                    Some(pool.read(copy, at, value.map(f64::from_bits)))
                }
                _ => None,
            });
        }
        // a tensor from outside of a sequence is copied in front of it
        let begin = program.group_begin(at, outer);
        program.equations.insert(begin, Equation::elementwise(copy, indices, body));
        1
    }

    /// The sequences in which a tensor is copied, and how many of them are around the copy already: behind a scan that the
    /// tensor has no axis for, layers are counted once more.
    fn sequences_of(&mut self, tensor: TensorId, around: &[IndexId]) -> (usize, Vec<IndexId>) {
        let mut own = self.program.axes_among(tensor, around);
        let outer = own.iter().zip(around).take_while(|(own, around)| own == around).count();
        for index in &mut own[outer..] {
            let extent = self.program.extent(*index).clone();
            *index = self.program.sequence_like(*index, extent, Order::Forward);
        }
        (outer, own)
    }

    /// A new padded tensor of the shape that `of` has in each iteration of some sequences.
    fn padded(&mut self, of: &Tensor, sequences: &[IndexId], padding: Padding) -> TensorId {
        let samples = usize::from(of.for_each_sample());
        let counts = sequences.iter().map(|iteration| self.program.extent(*iteration).clone());
        let shape = of.shape[..samples].iter().cloned().chain(counts).chain(of.sample_shape().iter().cloned());
        let tensor = Tensor::new(format!("{}_padded", of.name), shape.collect(), Role::Value);
        let of_layers = of.of_layers && sequences.len() == of.sequence_axes;
        let tensor = self.program.tensor(Tensor { sequence_axes: sequences.len(), of_layers, ..tensor });
        let none = vec![[0, 0]; samples + sequences.len()];
        let sides = [none.as_slice(), &padding.sides[of.leading()..]].concat();
        self.layout.pad(tensor, &Padding { sides, ..padding });
        tensor
    }

    /// Lets writes outside of a tensor go to a padded one, which is copied back when it is complete. Returns the number
    /// of equations inserted in front.
    pub(super) fn write_elsewhere(&mut self, at: usize, access: Access) -> usize {
        // a gradient by a parameter accumulates over tiles
        if matches!(self.program.at(access.tensor).role, Role::Gradient(_)) {
            return 0;
        }
        if self.is_written_by_one_name(access.tensor) {
            self.write_all_elsewhere(access);
            return 0;
        }
        self.add_from_elsewhere(at, access)
    }

    /// Whether all definitions of a tensor write the iteration at hand under its own name, and nothing reads it before
    /// it is complete.
    fn is_written_by_one_name(&self, tensor: TensorId) -> bool {
        let program = &*self.program;
        let (of, root) = (program.at(tensor), program.root(tensor));
        let writes = |equation: &&Equation| program.root(equation.target) == root;
        let Some(last) = program.equations.iter().rposition(|equation| writes(&equation)) else { return false };
        let sequences = program.sequences(&program.equations[last]);
        let in_iteration = |equation: &Equation| {
            let iterations = equation.write.iter().skip(usize::from(of.for_each_sample()));
            equation.target == tensor
                && of.sequence_axes == sequences.len()
                && iterations.zip(&sequences).all(|(position, iteration)| position.as_index() == Some(*iteration))
        };
        let mut before = program.equations[..=last].iter().flat_map(|equation| program.tensors_read(equation));
        of.view_of.is_none()
            && program.equations.iter().filter(writes).all(in_iteration)
            && !before.any(|read| program.root(read) == root)
    }

    /// Redirects all definitions of a tensor to a padded one.
    fn write_all_elsewhere(&mut self, access: Access) {
        let writes = |equation: &Equation| equation.target == access.tensor;
        let Some(last) = self.program.equations.iter().rposition(writes) else { return };
        let sequences = self.program.sequences(&self.program.equations[last]);
        let of = self.program.at(access.tensor).clone();
        let copy = self.padded(&of, &sequences, access.padding);
        let program = &mut *self.program;
        for equation in program.equations.iter_mut().filter(|equation| writes(equation)) {
            equation.target = copy;
        }
        let indices = program.indices_over(access.tensor, &sequences);
        let body = program.element(copy, &indices);
        program.equations.insert(last + 1, Equation::elementwise(access.tensor, indices, body));
    }

    /// For one of several equations that define a tensor, some through a view: it accumulates into padded zeros, which
    /// are then added to the tensor.
    fn add_from_elsewhere(&mut self, at: usize, access: Access) -> usize {
        let of = self.program.at(access.tensor).clone();
        let equation = self.program.equations[at].clone();
        let root = self.program.root(access.tensor);
        let sequences = self.program.sequences(&equation);
        let copy = self.padded(&of, &sequences, access.padding);
        let program = &mut *self.program;
        let indices = program.indices_over(copy, &sequences);
        let nothing = program.pool.constant(0.0);
        let zeros = Equation::elementwise(copy, indices.clone(), nothing);
        let own: Vec<Position> = indices.iter().copied().map(Position::index).collect();
        let (in_iteration, sample) = own.split_at(usize::from(of.for_each_sample()) + sequences.len());
        let (leading, within) = equation.write.split_at(of.leading());
        let body = program.element(copy, &indices);
        let mut sum = Equation::elementwise(access.tensor, indices, body);
        sum.write = [leading, sample].concat();
        sum.accumulate = equation.accumulate || program.equations[..at].iter().any(|e| program.root(e.target) == root);
        let write = [in_iteration, within].concat();
        program.equations[at] = Equation { target: copy, write, accumulate: true, ..equation.clone() };
        program.equations.insert(at + 1, sum);
        program.equations.insert(at, zeros);
        1
    }
}

/// Whether a read is of the iteration at hand.
fn in_one_iteration(at: &[Position], of: &Tensor) -> bool {
    at[..of.leading()].iter().all(|position| position.as_index().is_some())
}
