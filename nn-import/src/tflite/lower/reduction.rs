//! Reductions along axes, and what divides by them.

use super::{Lowering, Results, place_of};
use crate::graph::{Attribute, Attributes};
use crate::tflite::fields::{activated, cumsum, local_response, reducer, softmax};
use crate::tflite::file::Operator;
use crate::tflite::order;

impl Lowering<'_, '_> {
    pub(super) fn reduce(&mut self, operator: &Operator) -> Results {
        let tensor = self.operand(operator, 0)?;
        let place = self.place(tensor)?;
        let mut axes = self.axes(operator, 1, place.order.len())?;
        axes.sort_unstable();
        axes.dedup();
        let keeps = self.file.flag(operator, reducer::KEEPS_AXES)?;
        let name = match operator.name.as_str() {
            "MEAN" => "ReduceMean",
            "SUM" => "ReduceSum",
            "REDUCE_MAX" | "REDUCE_ANY" => "ReduceMax",
            "REDUCE_MIN" | "REDUCE_ALL" => "ReduceMin",
            _ => "ReduceProd",
        };
        let of_image = place.order == order::channels_first(4) && axes == [1, 2];
        let pool = match name {
            "ReduceMean" if of_image => Some("GlobalAveragePool"),
            "ReduceMax" if of_image => Some("GlobalMaxPool"),
            _ => None,
        };
        let places = super::places(&place.order, &axes)?;
        let result = match pool {
            Some(pool) => {
                let result = self.node(pool, vec![place.name], Attributes::default());
                let attributes = Attributes::default().with("axes", places);
                if keeps { result } else { self.node("Squeeze", vec![result], attributes) }
            }
            None => {
                let attributes = Attributes::default()
                    .with("axes", places)
                    .with("keepdims", Attribute::Whole(keeps.into()))
                    .with("noop_with_empty_axes", Attribute::Whole(1));
                self.node(name, vec![place.name], attributes)
            }
        };
        let order = if keeps { place.order } else { order::without(&place.order, &axes) };
        self.result(operator, result, order)
    }

    /// The position of the greatest or least value.
    pub(super) fn position(&mut self, operator: &Operator) -> Results {
        let place = self.place(self.operand(operator, 0)?)?;
        let axis = *self.axes(operator, 1, place.order.len())?.first().ok_or("it does not say its axis")?;
        let name = if operator.name == "ARG_MAX" { "ArgMax" } else { "ArgMin" };
        let attributes =
            Attributes::default().with("axis", place_of(&place.order, axis)?).with("keepdims", Attribute::Whole(0));
        let result = self.node(name, vec![place.name], attributes);
        self.result(operator, result, order::without(&place.order, &[axis]))
    }

    pub(super) fn cumulative_sum(&mut self, operator: &Operator) -> Results {
        let place = self.place(self.operand(operator, 0)?)?;
        let axis = *self.axes(operator, 1, place.order.len())?.first().ok_or("it does not say its axis")?;
        let at = order::place(&place.order, axis).and_then(|at| i64::try_from(at).ok()).ok_or("there is no axis")?;
        let at = self.list(&[at]);
        let flag = |field| self.file.flag(operator, field).map(|flag| Attribute::Whole(flag.into()));
        let attributes =
            Attributes::default().with("exclusive", flag(cumsum::EXCLUSIVE)?).with("reverse", flag(cumsum::REVERSE)?);
        let result = self.node("CumSum", vec![place.name, at], attributes);
        self.result(operator, result, place.order)
    }

    /// Along the last axis.
    pub(super) fn along_last(&mut self, operator: &Operator) -> Results {
        let place = self.place(self.operand(operator, 0)?)?;
        let last = place.order.len().checked_sub(1).ok_or("it has no axis")?;
        let attributes = Attributes::default().with("axis", place_of(&place.order, last)?);
        let (mut x, name) = (place.name, operator.name.as_str());
        if name == "SOFTMAX" {
            let beta = self.file.real(operator, softmax::BETA)?;
            if beta != 1.0 {
                let beta = self.number(beta);
                x = self.node("Mul", vec![x, beta], Attributes::default());
            }
        }
        let onnx = match name {
            "SOFTMAX" => "Softmax",
            "LOG_SOFTMAX" => "LogSoftmax",
            _ => "LpNormalization",
        };
        let mut result = self.node(onnx, vec![x], attributes);
        if name == "L2_NORMALIZATION" {
            let activation = self.file.choice(operator, activated::ACTIVATION)?;
            result = self.activated(result, activation)?;
        }
        self.result(operator, result, place.order)
    }

    /// A norm over neighbouring channels.
    #[allow(clippy::cast_precision_loss)] // a small size
    pub(super) fn local_response(&mut self, operator: &Operator) -> Results {
        let tensor = self.operand(operator, 0)?;
        let order = order::channels_first(4);
        let x = self.read(tensor, &order)?;
        let size = self.file.whole(operator, local_response::RADIUS, 0)?.clamp(0, 1 << 20) * 2 + 1;
        let real = |field| self.file.real(operator, field);
        let (bias, alpha) = (real(local_response::BIAS)?, real(local_response::ALPHA)?);
        let attributes = Attributes::default()
            .with("size", Attribute::Whole(size))
            .with("bias", Attribute::Real(bias))
            // of the sum, and not of the mean
            .with("alpha", Attribute::Real(alpha * size as f64))
            .with("beta", Attribute::Real(real(local_response::BETA)?));
        let result = self.node("LRN", vec![x], attributes);
        self.result(operator, result, order)
    }
}
