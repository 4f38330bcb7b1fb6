//! Views in another shape: `flatten`, `reshape`, `unsqueeze`, `squeeze`.

use super::Call;
use crate::equation::{Role, Tensor};
use crate::errors::Code;
use crate::lower::lowering::Lowering;
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;

impl Lowering<'_> {
    /// All values of a sample in one row.
    pub(super) fn flatten(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        let tensor = self.subject(call)?;
        if call.arguments.positional.len() != 1 || !call.arguments.keywords.is_empty() {
            return self.mistake(Code::Usage, call.place, "`flatten` takes a tensor alone: `x.flatten()`");
        }
        let len = self.fits(Dim::product(&self.shape_at(tensor)), call.place)?;
        Some(self.view(tensor, vec![len], "flatten"))
    }

    /// The same values in another shape: `x.reshape(4, 4)`.
    pub(super) fn reshape(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        let tensor = self.subject(call)?;
        let place = call.place;
        let mut wanted = Vec::new();
        for value in self.listed(call, "x.reshape(4, 4)")? {
            wanted.push(self.size(value, call.environment)?);
        }
        if let Some(negative) = wanted.iter().filter_map(Dim::literal).find(|size| *size < 1) {
            let message = format!("{negative} is no size\n\nhelp: `x.flatten()` makes one row of all values");
            return self.mistake(Code::NegativeSize, place, message);
        }
        let wanted = self.check_axes(wanted, place)?;
        let shape = self.shape_at(tensor);
        let (have, want) = (self.fits(Dim::product(&shape), place)?, self.fits(Dim::product(&wanted), place)?);
        if have != want {
            let (from, to) = (display_shape(&shape), display_shape(&wanted));
            let message = format!("{from} has {have} values and cannot be reshaped to {to} with {want}");
            let difference = have.subtract(&want).unwrap_or_default();
            if difference.literal().is_some() {
                return self.mistake(Code::ReshapeCount, place, message);
            }
            self.must_be_zero(Code::ReshapeCount, difference, message, place);
        }
        Some(self.view(tensor, wanted, "reshape"))
    }

    /// One more axis, of size 1: `x.unsqueeze(0)`.
    pub(super) fn unsqueeze(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        let tensor = self.subject(call)?;
        let usage = "x.unsqueeze(axis = 0)";
        let [Some(axis)] = self.named(call, 1, &["axis"], usage)?[..] else { return self.misused(call, usage) };
        let mut shape = self.shape_at(tensor);
        let axis = self.axis(call, axis, &shape, 1)?;
        shape.insert(axis, Dim::from(1));
        let shape = self.check_axes(shape, call.place)?;
        Some(self.view(tensor, shape, "unsqueeze"))
    }

    /// Without an axis of size 1, or without all of them: `x.squeeze(0)`, `x.squeeze()`.
    pub(super) fn squeeze(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        let tensor = self.subject(call)?;
        let mut shape = self.shape_at(tensor);
        match self.named(call, 1, &["axis"], "x.squeeze(axis = 0)")?[..] {
            [Some(axis)] => {
                let axis = self.axis(call, axis, &shape, 0)?;
                if shape[axis].literal() != Some(1) {
                    let message = format!("the axis {axis} of {} has not the size 1", display_shape(&shape));
                    return self.mistake(Code::Axis, call.place, message);
                }
                shape.remove(axis);
            }
            _ => shape.retain(|size| size.literal() != Some(1)),
        }
        Some(self.view(tensor, shape, "squeeze"))
    }

    /// A view of a tensor in another shape.
    /// A tensor with sizes that are equal to its own where rustc knows them.
    pub(in crate::lower) fn resized(&mut self, tensor: TensorId, sizes: Vec<Dim>) -> TensorId {
        if self.out.program.at(tensor).sample_shape() == sizes {
            return tensor;
        }
        let name = self.out.program.at(tensor).name.clone();
        self.view(tensor, sizes, &name)
    }

    pub(super) fn view(&mut self, tensor: TensorId, mut shape: Vec<Dim>, name: &str) -> TensorId {
        let program = &mut self.out.program;
        let of = program.at(tensor);
        shape.splice(0..0, of.shape[..of.leading()].iter().cloned());
        let (bound, sequence_axes, of_layers) = (of.bound.clone(), of.sequence_axes, of.of_layers);
        let view = Tensor::new(name, shape, Role::Value);
        program.tensor(Tensor { bound, sequence_axes, of_layers, view_of: Some(tensor), ..view })
    }
}
