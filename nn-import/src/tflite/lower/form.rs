//! Operators that change the form of tensors.

use super::convolution::MOST_PADDING;
use super::{Lowering, Results, axes_differ, place_of, wholes};
use crate::constant::{Constant, Kind};
use crate::graph::{Attribute, Attributes, axis};
use crate::tflite::fields::{concat, mirror_pad, pack, reshape, squeeze};
use crate::tflite::file::Operator;
use crate::tflite::order;

impl Lowering<'_, '_> {
    pub(super) fn reshape(&mut self, operator: &Operator) -> Results {
        let (tensor, output) = (self.operand(operator, 0)?, *operator.outputs.first().ok_or("it has no result")?);
        if let (Some(shape), Some(wanted)) = (self.shape(tensor), self.shape(output))
            && let Some(order) = order::reshaped(&self.place(tensor)?.order, shape, wanted)
        {
            return self.relabelled(operator, tensor, order, wanted);
        }
        let x = self.read_own(tensor)?;
        let given = operator.inputs.get(1).copied().flatten();
        let stored = given.and_then(|given| self.constants.get(&given)).map(Constant::whole);
        let wanted = if given.is_some() { stored } else { self.file.wholes(operator, reshape::SHAPE)? };
        let result = match (wanted, given) {
            (Some(wanted), _) => {
                let attributes = Attributes::default().with("shape", Attribute::Wholes(wanted));
                self.node("Reshape", vec![x], attributes)
            }
            (None, Some(given)) => {
                let shape = self.read_own(given)?;
                self.node("Reshape", vec![x, shape], Attributes::default())
            }
            (None, None) => return Err("there is no shape".into()),
        };
        self.result(operator, result, order::own(self.rank(output)))
    }

    /// A value of which only axes of size 1 come and go.
    fn relabelled(&mut self, operator: &Operator, tensor: usize, order: order::Order, shape: &[usize]) -> Results {
        let shape = order::permuted(shape, &order).ok_or_else(axes_differ)?;
        let x = self.place(tensor)?.name;
        let result = self.node("Reshape", vec![x], Attributes::default().with("shape", wholes(&shape)));
        self.result(operator, result, order)
    }

    pub(super) fn squeeze(&mut self, operator: &Operator) -> Results {
        let tensor = self.operand(operator, 0)?;
        let place = self.place(tensor)?;
        let rank = place.order.len();
        let mut given = self.file.wholes(operator, squeeze::AXES)?.unwrap_or_default();
        if given.is_empty() {
            let shape = self.shape(tensor).ok_or("it does not say its axes")?;
            given = (0..).zip(shape).filter(|(_, size)| **size == 1).map(|(axis, _)| axis).collect();
        }
        let axes: Vec<usize> = given.iter().map(|at| axis(*at, rank)).collect::<Result<_, _>>()?;
        let attributes = Attributes::default().with("axes", super::places(&place.order, &axes)?);
        let result = self.node("Squeeze", vec![place.name], attributes);
        self.result(operator, result, order::without(&place.order, &axes))
    }

    pub(super) fn expand(&mut self, operator: &Operator) -> Results {
        let place = self.place(self.operand(operator, 0)?)?;
        let rank = place.order.len() + 1;
        let new = *self.axes(operator, 1, rank)?.first().ok_or("it does not say its axis")?;
        let mut order: order::Order = place.order.iter().map(|axis| axis + usize::from(*axis >= new)).collect();
        let at = if new == 0 { 0 } else { order::place(&order, new + 1).unwrap_or(order.len()) };
        order.insert(at, new);
        let result = self.node("Unsqueeze", vec![place.name], Attributes::default().with("axes", wholes(&[at])));
        self.result(operator, result, order)
    }

    /// Another order of axes, in which the value stays as it is.
    pub(super) fn transpose(&mut self, operator: &Operator) -> Results {
        let tensor = self.operand(operator, 0)?;
        let place = self.place(tensor)?;
        let perm = self.axes(operator, 1, place.order.len())?;
        let order: Option<order::Order> = place.order.iter().map(|axis| order::place(&perm, *axis)).collect();
        let order = order.filter(|_| perm.len() == place.order.len()).ok_or("its order is not one of all axes")?;
        if let Some(constant) = self.constants.get(&tensor) {
            let turned = constant.permuted(&perm);
            self.store(*operator.outputs.first().ok_or("it has no result")?, turned);
            return Ok(());
        }
        self.result(operator, place.name, order)
    }

    pub(super) fn concat(&mut self, operator: &Operator) -> Results {
        let tensors: Vec<usize> = operator.inputs.iter().flatten().copied().collect();
        let order = self.common_order(&tensors)?;
        let at = axis(self.file.whole(operator, concat::AXIS, 0)?, order.len())?;
        let operands = tensors.iter().map(|tensor| self.read(*tensor, &order)).collect::<Result<Vec<_>, _>>()?;
        let attributes = Attributes::default().with("axis", place_of(&order, at)?);
        let result = self.node("Concat", operands, attributes);
        let activation = self.file.choice(operator, concat::ACTIVATION)?;
        let result = self.activated(result, activation)?;
        self.result(operator, result, order)
    }

    /// Tensors side by side on a new axis.
    pub(super) fn pack(&mut self, operator: &Operator) -> Results {
        let tensors: Vec<usize> = operator.inputs.iter().flatten().copied().collect();
        let rank = self.place(*tensors.first().ok_or("it has no operand")?)?.order.len() + 1;
        let at = axis(self.file.whole(operator, pack::AXIS, 0)?, rank)?;
        let mut operands = Vec::new();
        for tensor in tensors {
            let x = self.read_own(tensor)?;
            operands.push(self.node("Unsqueeze", vec![x], Attributes::default().with("axes", wholes(&[at]))));
        }
        let own = order::own(rank);
        let attributes = Attributes::default().with("axis", place_of(&own, at)?);
        let result = self.node("Concat", operands, attributes);
        self.result(operator, result, own)
    }

    /// The sizes of a tensor, in the order of the file.
    pub(super) fn sizes(&mut self, operator: &Operator) -> Results {
        let place = self.place(self.operand(operator, 0)?)?;
        let rank = place.order.len();
        let sizes = self.node("Shape", vec![place.name], Attributes::default());
        let back: Option<Vec<usize>> = (0..rank).map(|axis| order::place(&place.order, axis)).collect();
        let back: Vec<i64> =
            back.ok_or_else(axes_differ)?.into_iter().filter_map(|at| i64::try_from(at).ok()).collect();
        let back = self.list(&back);
        let result = self.node("Gather", vec![sizes, back], Attributes::default());
        self.result(operator, result, order::own(1))
    }

    #[allow(clippy::cast_precision_loss)] // few axes
    pub(super) fn count_axes(&mut self, operator: &Operator) -> Results {
        let rank = self.place(self.operand(operator, 0)?)?.order.len();
        let output = *operator.outputs.first().ok_or("it has no result")?;
        self.store(output, Constant::new(Kind::Whole, vec![], vec![rank as f64]));
        Ok(())
    }

    /// A value repeated along its axes.
    pub(super) fn tile(&mut self, operator: &Operator) -> Results {
        let place = self.place(self.operand(operator, 0)?)?;
        let counts = self.known(operator, 1, "repeats")?.whole();
        let counts = order::permuted(&counts, &place.order).ok_or("its repeats are not one for each axis")?;
        let counts = self.list(&counts);
        let result = self.node("Tile", vec![place.name, counts], Attributes::default());
        self.result(operator, result, place.order)
    }

    /// A value in a larger shape, with the axes as in the file.
    pub(super) fn broadcast(&mut self, operator: &Operator) -> Results {
        let (tensor, shape) = (self.operand(operator, 0)?, self.operand(operator, 1)?);
        let (value, shape) = if operator.name == "FILL" { (shape, tensor) } else { (tensor, shape) };
        let (value, shape) = (self.read_own(value)?, self.read_own(shape)?);
        let result = self.node("Expand", vec![value, shape], Attributes::default());
        let output = *operator.outputs.first().ok_or("it has no result")?;
        self.result(operator, result, order::own(self.rank(output)))
    }

    pub(super) fn range(&mut self, operator: &Operator) -> Results {
        let bounds = (0..3).map(|at| self.read_own(self.operand(operator, at)?)).collect::<Result<Vec<_>, _>>()?;
        let result = self.node("Range", bounds, Attributes::default());
        self.result(operator, result, order::own(1))
    }

    /// Edges around a tensor.
    pub(super) fn pad(&mut self, operator: &Operator) -> Results {
        let place = self.place(self.operand(operator, 0)?)?;
        let sides = self.known(operator, 1, "paddings")?.whole();
        if sides.iter().any(|side| side.unsigned_abs() > MOST_PADDING as u64) {
            return Err("its paddings are larger than any image".into());
        }
        let (pairs, rest) = sides.as_chunks::<2>();
        let pairs =
            order::permuted(pairs, &place.order).filter(|pairs| rest.is_empty() && pairs.len() * 2 == sides.len());
        let pairs = pairs.ok_or("its paddings are not two for each axis")?;
        let pads = pairs.iter().map(|[front, _]| *front).chain(pairs.iter().map(|[_, back]| *back)).collect();
        let mut attributes = Attributes::default().with("pads", Attribute::Wholes(pads));
        if operator.name == "PADV2" {
            let value = self.known(operator, 2, "value")?.number().ok_or("its value is no single number")?;
            attributes = attributes.with("value", Attribute::Real(value));
        }
        if operator.name == "MIRROR_PAD" {
            let is_reflected = self.file.choice(operator, mirror_pad::MODE)? == 0;
            let mode = if is_reflected { "reflect" } else { "symmetric" };
            attributes = attributes.with("mode", Attribute::Text(mode.into()));
        }
        let result = self.node("Pad", vec![place.name], attributes);
        self.result(operator, result, place.order)
    }
}
