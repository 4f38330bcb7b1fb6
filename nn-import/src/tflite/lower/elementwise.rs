//! Operators that work on each element: in the order of their operands.

use super::{Lowering, Results};
use crate::constant::Kind;
use crate::graph::{Attribute, Attributes};
use crate::tflite::fields::{activated, cast, gather, gelu, kind, leaky_relu};
use crate::tflite::file::Operator;
use crate::tflite::order::{self, Order};
use crate::tflite::tensors;

/// Operators of one operand that ONNX has too.
const UNARY: &[(&str, &str)] = &[
    ("ABS", "Abs"),
    ("CEIL", "Ceil"),
    ("COS", "Cos"),
    ("EXP", "Exp"),
    ("FLOOR", "Floor"),
    ("HARD_SWISH", "HardSwish"),
    ("LOG", "Log"),
    ("LOGICAL_NOT", "Not"),
    ("LOGISTIC", "Sigmoid"),
    ("NEG", "Neg"),
    ("RELU", "Relu"),
    ("ROUND", "Round"),
    ("SIGN", "Sign"),
    ("SIN", "Sin"),
    ("SQRT", "Sqrt"),
    ("TANH", "Tanh"),
];

/// Operators of several operands that ONNX has too.
const SEVERAL: &[(&str, &str)] = &[
    ("ADD", "Add"),
    ("ADD_N", "Sum"),
    ("SUB", "Sub"),
    ("MUL", "Mul"),
    ("DIV", "Div"),
    ("FLOOR_DIV", "Div"),
    ("FLOOR_MOD", "Mod"),
    ("MAXIMUM", "Max"),
    ("MINIMUM", "Min"),
    ("POW", "Pow"),
    ("SQUARED_DIFFERENCE", "Sub"),
    ("EQUAL", "Equal"),
    ("NOT_EQUAL", "Equal"),
    ("GREATER", "Greater"),
    ("GREATER_EQUAL", "GreaterOrEqual"),
    ("LESS", "Less"),
    ("LESS_EQUAL", "LessOrEqual"),
    ("LOGICAL_AND", "And"),
    ("LOGICAL_OR", "Or"),
    ("SELECT", "Where"),
    ("SELECT_V2", "Where"),
];

fn named(list: &[(&str, &'static str)], name: &str) -> Result<&'static str, String> {
    let found = list.iter().find(|(own, _)| *own == name).map(|(_, onnx)| *onnx);
    found.ok_or_else(|| format!("`{name}` cannot be said"))
}

impl Lowering<'_, '_> {
    /// The one operand of an operator, and its order.
    fn only(&self, operator: &Operator) -> Result<(String, Order), String> {
        let place = self.place(self.operand(operator, 0)?)?;
        Ok((place.name, place.order))
    }

    fn apply(&mut self, operator: &Operator, name: &str, attributes: Attributes) -> Results {
        let (x, order) = self.only(operator)?;
        let result = self.node(name, vec![x], attributes);
        self.result(operator, result, order)
    }

    pub(super) fn unary(&mut self, operator: &Operator) -> Results {
        self.apply(operator, named(UNARY, &operator.name)?, Attributes::default())
    }

    /// What has no effect on a known value: half precision is widened, and zeros are put in, when a constant is read.
    pub(super) fn same(&mut self, operator: &Operator) -> Results {
        let tensor = self.operand(operator, 0)?;
        let output = *operator.outputs.first().ok_or("it has no result")?;
        let Some(constant) = self.constants.get(&tensor).cloned() else {
            let place = self.place(tensor)?;
            return self.result(operator, place.name, place.order);
        };
        let constant = match &self.file.tensors[tensor].scales {
            Some(scales) if operator.name == "DEQUANTIZE" => tensors::dequantised(&constant, scales)?,
            _ => constant,
        };
        self.store(output, constant);
        Ok(())
    }

    pub(super) fn clip(&mut self, operator: &Operator) -> Results {
        let (least, most) = match operator.name.as_str() {
            "RELU6" => (0.0, 6.0),
            "RELU_0_TO_1" => (0.0, 1.0),
            _ => (-1.0, 1.0),
        };
        let attributes = Attributes::default().with("min", Attribute::Real(least)).with("max", Attribute::Real(most));
        self.apply(operator, "Clip", attributes)
    }

    pub(super) fn elu(&mut self, operator: &Operator) -> Results {
        self.apply(operator, "Elu", Attributes::default())
    }

    pub(super) fn leaky_relu(&mut self, operator: &Operator) -> Results {
        let alpha = self.file.real(operator, leaky_relu::ALPHA)?;
        self.apply(operator, "LeakyRelu", Attributes::default().with("alpha", Attribute::Real(alpha)))
    }

    pub(super) fn gelu(&mut self, operator: &Operator) -> Results {
        let is_near = self.file.flag(operator, gelu::APPROXIMATE)?;
        let text = Attribute::Text(if is_near { "tanh" } else { "none" }.into());
        self.apply(operator, "Gelu", Attributes::default().with("approximate", text))
    }

    pub(super) fn square(&mut self, operator: &Operator) -> Results {
        let (x, order) = self.only(operator)?;
        let result = self.squared(x);
        self.result(operator, result, order)
    }

    fn squared(&mut self, x: String) -> String {
        let two = self.number(2.0);
        self.node("Pow", vec![x, two], Attributes::default())
    }

    /// One over the root.
    pub(super) fn inverse_root(&mut self, operator: &Operator) -> Results {
        let (x, order) = self.only(operator)?;
        let root = self.node("Sqrt", vec![x], Attributes::default());
        let result = self.node("Reciprocal", vec![root], Attributes::default());
        self.result(operator, result, order)
    }

    pub(super) fn cast(&mut self, operator: &Operator) -> Results {
        let to = self.file.choice(operator, cast::TO)?;
        let output = operator.outputs.first().ok_or("it has no result")?;
        // old files do not say the type
        let to = if to == 0 { self.file.tensors[*output].kind } else { to };
        let attributes = Attributes::default().with("to", Attribute::Whole(tensors::onnx_kind(to)?));
        self.apply(operator, "Cast", attributes)
    }

    /// Zeros in the shape of a value.
    pub(super) fn zeros(&mut self, operator: &Operator) -> Results {
        let (x, order) = self.only(operator)?;
        let shape = self.node("Shape", vec![x], Attributes::default());
        let result = self.node("ConstantOfShape", vec![shape], Attributes::default());
        self.result(operator, result, order)
    }

    /// Arithmetic, comparisons and choices, whose axes of size 1 are repeated.
    pub(super) fn several(&mut self, operator: &Operator) -> Results {
        let tensors: Vec<usize> = operator.inputs.iter().flatten().copied().collect();
        if let Some(index) = self.wrapped_index(operator, &tensors) {
            let place = self.place(index)?;
            return self.result(operator, place.name, place.order);
        }
        let order = self.common_order(&tensors)?;
        let mut operands = Vec::new();
        for (at, tensor) in tensors.iter().enumerate() {
            // the condition of the old operator stands for whole rows
            let is_rows =
                operator.name == "SELECT" && at == 0 && self.place(*tensor)?.order.len() == 1 && order.len() > 1;
            if is_rows {
                return Err("its condition chooses rows".into());
            }
            operands.push(self.spread(*tensor, &order)?);
        }
        // the quotient of whole numbers would be rounded towards 0
        let is_whole = tensors.first().is_some_and(|tensor| self.is_whole(*tensor));
        if operator.name == "FLOOR_DIV" && is_whole {
            operands[0] = self.as_kind(operands[0].clone(), kind::F32)?;
        }
        let mut result = self.node(named(SEVERAL, &operator.name)?, operands, Attributes::default());
        result = match operator.name.as_str() {
            "FLOOR_DIV" => {
                let floor = self.node("Floor", vec![result], Attributes::default());
                if is_whole { self.as_kind(floor, kind::I64)? } else { floor }
            }
            "NOT_EQUAL" => self.node("Not", vec![result], Attributes::default()),
            "SQUARED_DIFFERENCE" => self.squared(result),
            "ADD" | "SUB" | "MUL" | "DIV" => {
                let activation = self.file.choice(operator, activated::ACTIVATION)?;
                self.activated(result, activation)?
            }
            _ => result,
        };
        self.result(operator, result, order)
    }

    /// Whether a tensor is of whole numbers.
    fn is_whole(&self, tensor: usize) -> bool {
        tensors::kind_of(self.file.tensors[tensor].kind).is_ok_and(|kind| kind == Kind::Whole)
    }

    /// A value as one of another type.
    fn as_kind(&mut self, value: String, kind: i8) -> Result<String, String> {
        let to = Attribute::Whole(tensors::onnx_kind(kind)?);
        Ok(self.node("Cast", vec![value], Attributes::default().with("to", to)))
    }

    /// `where(x < 0, x + size, x)` of an input of whole numbers, which chooses places of an axis of this size and does nothing
    /// else: exporters count indices that are negative from the end, which the language's indices are not.
    fn wrapped_index(&self, operator: &Operator, tensors: &[usize]) -> Option<usize> {
        let [condition, sum, index] = *tensors else { return None };
        let producer = |tensor: usize| self.producers.get(&tensor).map(|number| &self.file.operators[*number]);
        let (less, add) = (producer(condition)?, producer(sum)?);
        let is_choice = operator.name.starts_with("SELECT") && less.name == "LESS" && add.name == "ADD";
        let of_index = less.inputs.first() == Some(&Some(index)) && add.inputs.first() == Some(&Some(index));
        let zero = self.known(less, 1, "bound").ok()?.number() == Some(0.0);
        let is_input = self.file.inputs.contains(&index) && self.is_whole(index);
        let size = self.known(add, 1, "size").ok()?.number()?;
        let output = *operator.outputs.first()?;
        (is_choice && of_index && zero && is_input && self.chooses(output, size)).then_some(index)
    }

    /// Whether a value chooses places of axes of this size alone.
    fn chooses(&self, tensor: usize, size: f64) -> bool {
        let mut readers =
            self.file.operators.iter().filter(|operator| operator.inputs.contains(&Some(tensor))).peekable();
        let chooses = |operator: &Operator| {
            let (table, places) = match operator.name.as_str() {
                "GATHER" => (0, 1),
                "EMBEDDING_LOOKUP" => (1, 0),
                _ => return false,
            };
            let table = operator.inputs.get(table).copied().flatten().map(|table| &self.file.tensors[table].shape);
            let axis = self.file.whole(operator, gather::AXIS, 0).ok().zip(table);
            let axis = axis.and_then(|(axis, shape)| shape.get(crate::graph::axis(axis, shape.len()).ok()?).copied());
            let is_places = operator.inputs.iter().position(|input| *input == Some(tensor)) == Some(places);
            #[allow(clippy::cast_precision_loss)] // a size of a table
            let fits = axis.is_some_and(|axis| axis as f64 == size);
            is_places && fits
        };
        readers.peek().is_some() && !self.file.outputs.contains(&tensor) && readers.all(chooses)
    }

    /// The order of a result of several operands: that of the first operand with all axes that was computed in another order
    /// than that of the file.
    pub(super) fn common_order(&self, tensors: &[usize]) -> Result<Order, String> {
        let places = tensors.iter().map(|tensor| self.place(*tensor)).collect::<Result<Vec<_>, _>>()?;
        let rank = places.iter().map(|place| place.order.len()).max().unwrap_or(0);
        let own = order::own(rank);
        let other = places.into_iter().map(|place| place.order).find(|order| order.len() == rank && *order != own);
        Ok(other.unwrap_or(own))
    }

    /// An operand in an order of more axes, of which those in front have the size 1.
    pub(super) fn spread(&mut self, tensor: usize, wanted: &[usize]) -> Result<String, String> {
        let place = self.place(tensor)?;
        let missing = wanted.len().saturating_sub(place.order.len());
        if place.order == wanted || place.order.is_empty() {
            return Ok(place.name);
        }
        if let Some(constant) = self.constants.get(&tensor) {
            if order::own(wanted.len()) == wanted {
                return Ok(place.name);
            }
            let shape = [vec![1; missing], constant.shape.clone()].concat();
            let turned = constant.reshaped(shape).permuted(wanted);
            // as few axes as say it
            let front = turned.shape.iter().take_while(|size| **size == 1).count();
            let shape = turned.shape[front..].to_vec();
            return Ok(self.constant(turned.reshaped(shape)));
        }
        if missing == 0 {
            return self.turn(&place, wanted);
        }
        let own = order::own(wanted.len());
        let mut name = self.read_own(tensor)?;
        if own != wanted {
            let axes = super::wholes(&order::own(missing));
            name = self.node("Unsqueeze", vec![name], Attributes::default().with("axes", axes));
        }
        let place = super::Place { name, order: own };
        if place.order == wanted { Ok(place.name) } else { self.turn(&place, wanted) }
    }

    /// A number as a constant of the graph.
    pub(super) fn number(&mut self, number: f64) -> String {
        self.constant(crate::constant::Constant::new(Kind::Real, vec![], vec![number]))
    }

    /// A slope for each channel, or for each place.
    pub(super) fn prelu(&mut self, operator: &Operator) -> Results {
        let (x, order) = self.only(operator)?;
        let slope = self.operand(operator, 1)?;
        let slope = self.spread(slope, &order)?;
        let result = self.node("PRelu", vec![x, slope], Attributes::default());
        self.result(operator, result, order)
    }
}
