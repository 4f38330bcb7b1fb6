//! The operands of structural functions: tensors, axes and whole numbers.

use super::Call;
use crate::errors::Code;
use crate::lower::environment::Value;
use crate::lower::lowering::Lowering;
use crate::lowered::Obligation;
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;
use crate::syntax::ast::{Argument, Expression, ExpressionKind};

impl Lowering<'_> {
    /// The tensor that a function is called on.
    pub(super) fn subject(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        self.one_tensor(call, call.arguments.positional.first())
    }

    pub(super) fn one_tensor(&mut self, call: &mut Call<'_>, argument: Option<&Argument>) -> Option<TensorId> {
        let Some(Argument::Value(value)) = argument else {
            return self.mistake(Code::ValueKind, call.place, "expected a tensor");
        };
        match self.value(value, call.environment) {
            Value::Tensor(tensor) => Some(tensor),
            Value::Unknown => None,
            Value::Real(_) => {
                self.mistake(Code::ValueKind, call.environment.place(value.span), "expected a tensor, not a number")
            }
        }
    }

    /// All positional arguments as tensors.
    pub(super) fn all_tensors(&mut self, call: &mut Call<'_>) -> Option<Vec<TensorId>> {
        let tensors: Vec<Option<TensorId>> =
            call.arguments.positional.iter().map(|argument| self.one_tensor(call, Some(argument))).collect();
        let tensors: Vec<TensorId> = tensors.into_iter().collect::<Option<_>>()?;
        tensors.iter().try_for_each(|tensor| self.holds_numbers(call, *tensor))?;
        if tensors.is_empty() {
            return self.mistake(Code::Usage, call.place, format!("`{0}` takes tensors: `{0}(a, b)`", call.name));
        }
        Some(tensors)
    }

    /// The arguments behind the first `skip`, in the order of `names`, by which they may be given too.
    pub(super) fn named<'c>(
        &mut self,
        call: &Call<'c>,
        skip: usize,
        names: &[&str],
        usage: &str,
    ) -> Option<Vec<Option<&'c Expression>>> {
        let mut values: Vec<Option<&Expression>> = vec![None; names.len()];
        let positional = call.arguments.positional.iter().skip(skip).enumerate().map(|(at, value)| (Some(at), value));
        let keywords = call
            .arguments
            .keywords
            .iter()
            .map(|(keyword, value)| (names.iter().position(|name| keyword == name), value));
        for (at, argument) in positional.chain(keywords) {
            match (at.and_then(|at| values.get_mut(at)), argument) {
                (Some(value @ None), Argument::Value(given)) => *value = Some(given),
                _ => return self.misused(call, usage),
            }
        }
        Some(values)
    }

    /// Reports a call that does not match the usage.
    pub(super) fn misused<T>(&mut self, call: &Call<'_>, usage: &str) -> Option<T> {
        self.mistake(Code::Usage, call.place, format!("`{}` is called as in `{usage}`", call.name))
    }

    /// A whole number, which may be negative.
    fn whole(&mut self, call: &Call<'_>, value: &Expression) -> Option<i64> {
        let (value, sign) = match &value.kind {
            ExpressionKind::Negate(inner) => (inner.as_ref(), -1),
            _ => (value, 1),
        };
        match self.size(value, call.environment)?.literal() {
            Some(number) => Some(sign * number),
            None => self.mistake(Code::UndecidedSize, call.environment.place(value.span), "a number is needed here"),
        }
    }

    /// An axis of a shape; from the end if it is negative, as in PyTorch.
    pub(super) fn axis(&mut self, call: &Call<'_>, value: &Expression, shape: &[Dim], more: i64) -> Option<usize> {
        let rank = i64::try_from(shape.len()).unwrap_or(0) + more;
        let axis = self.whole(call, value)?;
        let at = if axis < 0 { axis + rank } else { axis };
        match usize::try_from(at).ok().filter(|_| at < rank) {
            Some(at) => Some(at),
            None => {
                let message = format!(
                    "there is no axis {axis} in {}: axes are counted from 0, without the batch",
                    display_shape(shape)
                );
                self.mistake(Code::Axis, call.place, message)
            }
        }
    }

    /// One axis or a tuple of different ones.
    pub(super) fn axes(&mut self, call: &Call<'_>, value: &Expression, shape: &[Dim]) -> Option<Vec<usize>> {
        let values = match &value.kind {
            ExpressionKind::Tuple(values) => values.iter().collect(),
            // a formula passes on the axes that it was given
            ExpressionKind::Name(name) if call.environment.axis_lists.contains_key(&name.to_string()) => {
                return match call.environment.axis_lists[&name.to_string()].clone() {
                    None => Some((0..shape.len()).collect()),
                    Some(axes) => self.axes_within(&axes, shape, call.environment),
                };
            }
            _ => vec![value],
        };
        let mut axes = Vec::new();
        for value in values {
            let axis = self.axis(call, value, shape, 0)?;
            if axes.contains(&axis) {
                return self.mistake(Code::Axis, call.place, format!("the axis {axis} is given twice"));
            }
            axes.push(axis);
        }
        Some(axes)
    }

    /// The numbers behind the tensor, one by one or as a tuple: `x.permute(2, 0, 1)`.
    pub(super) fn listed<'c>(&mut self, call: &Call<'c>, usage: &str) -> Option<Vec<&'c Expression>> {
        let mut values = Vec::new();
        for argument in call.arguments.positional.iter().skip(1) {
            match argument {
                Argument::Value(Expression { kind: ExpressionKind::Tuple(parts), .. }) => values.extend(parts),
                Argument::Value(value) => values.push(value),
                Argument::Arrow(..) => return self.misused(call, usage),
            }
        }
        if values.is_empty() || !call.arguments.keywords.is_empty() { self.misused(call, usage) } else { Some(values) }
    }

    /// A place along an axis of this size; from the end if it is negative.
    pub(super) fn place_on(&mut self, call: &Call<'_>, value: &Expression, size: &Dim) -> Option<Dim> {
        let index = Dim::from(self.whole(call, value)?);
        let from_end = index.literal().is_some_and(|index| index < 0);
        let index = if from_end { self.fits(index.add(size), call.place)? } else { index };
        let room = self.fits(size.subtract(&Dim::from(1)).and_then(|last| last.subtract(&index)), call.place)?;
        let is_negative = |dim: &Dim| dim.literal().is_some_and(|dim| dim < 0);
        let message = format!("there is no index {index} among {size} values");
        if is_negative(&index) || is_negative(&room) {
            return self.mistake(Code::Range, call.place, message);
        }
        for not_negative in [index.clone(), room].into_iter().filter(|dim| dim.literal().is_none()) {
            let (message, place) = (message.clone(), call.place);
            self.out.obligations.push(Obligation { not_negative, zero: false, code: Code::Range, message, place });
        }
        Some(index)
    }

    /// The sizes of one sample of a tensor.
    pub(super) fn shape_at(&self, tensor: TensorId) -> Vec<Dim> {
        self.out.program.at(tensor).sample_shape().to_vec()
    }
}
