//! The same values in another order: `transpose`, `permute`, `flip`, `repeat`.

use super::Call;
use crate::errors::Code;
use crate::lower::lowering::Lowering;
use crate::shape::{Dim, display_shape};
use crate::symbolic::{Affine, Position, TensorId};

impl Lowering<'_> {
    /// Two axes change places: `x.transpose(0, 1)`.
    pub(super) fn transpose(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        const USAGE: &str = "x.transpose(0, 1)";
        let tensor = self.subject(call)?;
        let shape = self.shape_at(tensor);
        let [first, second] = self.listed(call, USAGE)?[..] else { return self.misused(call, USAGE) };
        let (first, second) = (self.axis(call, first, &shape, 0)?, self.axis(call, second, &shape, 0)?);
        let mut order: Vec<usize> = (0..shape.len()).collect();
        order.swap(first, second);
        self.reordered(call, tensor, &order)
    }

    /// All axes in a new order: `x.permute(2, 0, 1)`.
    pub(super) fn permute(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        let tensor = self.subject(call)?;
        let shape = self.shape_at(tensor);
        let mut order = Vec::new();
        for value in self.listed(call, "x.permute(2, 0, 1)")? {
            order.push(self.axis(call, value, &shape, 0)?);
        }
        let mut sorted = order.clone();
        sorted.sort_unstable();
        if !sorted.into_iter().eq(0..shape.len()) {
            let message = format!("`permute` takes each axis of {} once", display_shape(&shape));
            return self.mistake(Code::Axis, call.place, message);
        }
        self.reordered(call, tensor, &order)
    }

    /// The tensor whose axis `i` is the axis `order[i]` of another.
    fn reordered(&mut self, call: &Call<'_>, tensor: TensorId, order: &[usize]) -> Option<TensorId> {
        let of = self.shape_at(tensor);
        let shape = order.iter().map(|axis| of[*axis].clone()).collect();
        self.rearranged(call, tensor, shape, |indices| {
            let at = |axis: usize| order.iter().position(|from| *from == axis).map(|to| Position::index(indices[to]));
            (0..of.len()).filter_map(at).collect()
        })
    }

    /// Axes from the end to the beginning: `x.flip(0)`.
    pub(super) fn flip(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        const USAGE: &str = "x.flip(axis = 0)";
        let tensor = self.subject(call)?;
        let shape = self.shape_at(tensor);
        let [Some(axes)] = self.named(call, 1, &["axis"], USAGE)?[..] else { return self.misused(call, USAGE) };
        let axes = self.axes(call, axes, &shape)?;
        let mut last = Vec::new();
        for size in &shape {
            last.push(self.fits(size.subtract(&Dim::from(1)), call.place)?);
        }
        self.rearranged(call, tensor, shape, |indices| {
            let backwards =
                |at: usize| Affine { constant: last[at].clone(), terms: vec![(indices[at], Dim::from(-1))] };
            let position = |at: usize| match axes.contains(&at) {
                true => Position::Affine(backwards(at)),
                false => Position::index(indices[at]),
            };
            (0..indices.len()).map(position).collect()
        })
    }

    /// Copies one behind the other, so many along each axis: `x.repeat(2, 1)`.
    pub(super) fn repeat(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        let tensor = self.subject(call)?;
        self.holds_numbers(call, tensor)?;
        let of = self.shape_at(tensor);
        let counts = self.listed(call, "x.repeat(2, 1)")?;
        if counts.len() != of.len() {
            let message = format!("`repeat` takes a number for each axis of {}", display_shape(&of));
            return self.mistake(Code::Axis, call.place, message);
        }
        let at = self.rest_indices(&of);
        let (mut shape, mut write, mut copies) = (Vec::new(), Vec::new(), Vec::new());
        for ((size, count), index) in of.iter().zip(counts).zip(&at) {
            let count = self.size(count, call.environment)?;
            if count.literal().is_some_and(|count| count < 1) {
                return self.mistake(
                    Code::EmptyShape,
                    call.place,
                    format!("a tensor cannot be repeated {count} times"),
                );
            }
            let once = count.literal() == Some(1);
            if !once && (count.literal().is_none() || size.literal().is_none()) {
                return self.mistake(Code::UndecidedSize, call.place, "`repeat` needs sizes that are numbers");
            }
            shape.push(self.fits(size.multiply(&count), call.place)?);
            let copy = self.out.program.index("copy", count);
            let digits = Affine::index(copy).scale(size).and_then(|start| start.add(&Affine::index(*index)));
            let digits = self.fits(digits, call.place)?;
            write.push(if once { Position::index(*index) } else { Position::Affine(digits) });
            copies.extend((!once).then_some(copy));
        }
        let for_each_sample = self.out.program.at(tensor).for_each_sample();
        let target = self.new_tensor(call.name, shape, for_each_sample);
        self.copy_to(target, write, tensor, &at);
        if let Some(copy) = self.out.program.equations.last_mut() {
            copy.indices.extend(copies);
        }
        Some(target)
    }
}
