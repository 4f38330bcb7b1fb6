//! What no network has, and later stages need not think of: values that no memory holds, and sums without an end.

use crate::errors::Code;
use crate::lower::lowering::Lowering;
use crate::lower::shape::shapes::{MOST_VALUES, excess};
use crate::shape::{Dim, display_shape};
use crate::syntax::ast::Network;

/// The most parameters and states, counted in each layer of an array: tables name them one by one.
const MOST_STORED: i64 = 1 << 15;

/// More steps to a value than any time suffices for. Derivatives have no more elements than there are steps.
const MOST_STEPS: i64 = 1 << 50;

impl Lowering<'_> {
    /// Reports what is too large in a network without other mistakes.
    pub(super) fn check_limits(&mut self, network: &Network) {
        if self.errors.any() {
            return;
        }
        if let Some(message) = self.too_many_stored().or_else(|| self.too_large()) {
            self.errors.report(Code::TooLarge, network.name.span(), format!("`{}` {message}", network.name));
        }
    }

    fn too_many_stored(&self) -> Option<String> {
        let stored = self.out.stored();
        let count: i64 = stored.map(|stored| stored.arrays.iter().map(|(_, count)| count).product::<i64>()).sum();
        let message =
            format!("has {count} parameters and states in the layers of its arrays: there are at most {MOST_STORED}");
        (count > MOST_STORED).then_some(message)
    }

    /// The first value of too many elements, or with too many steps to it.
    fn too_large(&self) -> Option<String> {
        let program = &self.out.program;
        let of_one_sample = |sizes: &mut dyn Iterator<Item = &Dim>| {
            sizes.filter(|size| !size.has_samples()).cloned().collect::<Vec<_>>()
        };
        for tensor in &program.tensors {
            if let Some(excess) = excess(&of_one_sample(&mut tensor.shape.iter()), MOST_VALUES) {
                let shape = display_shape(tensor.sample_shape());
                return Some(format!("has a value `{}` of the shape {shape}: {excess}", tensor.name));
            }
        }
        for equation in &program.equations {
            let extents = of_one_sample(&mut equation.indices.iter().map(|index| program.extent(*index)));
            if excess(&extents, MOST_STEPS).is_some() {
                let (name, extents) = (&program.at(equation.target).name, display_shape(&extents));
                return Some(format!("has a value `{name}` of too many steps: its indices run over {extents}"));
            }
        }
        None
    }
}
