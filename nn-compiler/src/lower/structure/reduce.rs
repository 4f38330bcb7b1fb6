//! Reductions of whole axes: `x.mean(axis = (1, 2), keepdim = true)`, `x.sum()`.

use super::{Call, constant};
use crate::equation::{Equation, Reduce};
use crate::lower::lowering::Lowering;
use crate::shape::Dim;
use crate::symbolic::{Position, TensorId};

impl Lowering<'_> {
    pub(super) fn reduce_axes(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        let usage = format!("x.{}(axis = 0, keepdim = true)", call.name);
        let tensor = self.subject(call)?;
        self.holds_numbers(call, tensor)?;
        if call.arguments.positional.len() > 1 {
            return self.misused(call, &usage);
        }
        let shape = self.shape_at(tensor);
        let [axes, keep] = self.named(call, 1, &["axis", "keepdim"], &usage)?[..] else { return None };
        let axes = match axes {
            Some(axes) => self.axes(call, axes, &shape)?,
            None => (0..shape.len()).collect(),
        };
        let keep = match keep {
            Some(keep) => self.condition(keep, call.environment)?,
            None => false,
        };
        if axes.is_empty() {
            return Some(tensor);
        }
        let sum = self.reduced_axes(call, tensor, &axes, keep);
        if call.name != "mean" {
            return Some(sum);
        }
        let count = self.fits(Dim::product(axes.iter().map(|axis| &shape[*axis])), call.place)?;
        let program = &mut self.out.program;
        let of = program.at(sum);
        let (mean, for_each_sample) = (of.sample_shape().to_vec(), of.for_each_sample());
        let mean = self.new_tensor(call.name, mean, for_each_sample);
        let program = &mut self.out.program;
        let indices = program.indices_over(mean, &self.iterations);
        let (sum, count) = (program.element(sum, &indices), program.pool.size(count));
        let body = program.pool.divide(sum, count);
        program.equations.push(Equation::elementwise(mean, indices, body));
        Some(mean)
    }

    /// A reduction over axes; of a mean, the sum.
    fn reduced_axes(&mut self, call: &Call<'_>, tensor: TensorId, axes: &[usize], keep: bool) -> TensorId {
        let of = self.shape_at(tensor);
        let at = self.rest_indices(&of);
        let (mut shape, mut write, mut indices, mut reduced) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (axis, index) in at.iter().enumerate() {
            if axes.contains(&axis) {
                reduced.push(*index);
                if keep {
                    shape.push(Dim::from(1));
                    write.push(constant(Dim::default()));
                }
            } else {
                shape.push(of[axis].clone());
                write.push(Position::index(*index));
                indices.push(*index);
            }
        }
        let reduce = match call.name {
            "max" => Reduce::Max,
            "min" => Reduce::Min,
            "prod" => Reduce::Product,
            _ => Reduce::Sum,
        };
        let body = self.read_at(tensor, at.iter().copied().map(Position::index).collect(), None);
        let for_each_sample = self.out.program.at(tensor).for_each_sample();
        let target = self.new_tensor(call.name, shape, for_each_sample);
        let leading = self.out.program.leading_indices(target, &self.iterations);
        write.splice(0..0, leading.iter().copied().map(Position::index));
        indices.splice(0..0, leading);
        indices.extend(reduced);
        let whole = Equation::elementwise(target, Vec::new(), body);
        self.out.program.equations.push(Equation { write, indices, reduce, ..whole });
        target
    }
}
