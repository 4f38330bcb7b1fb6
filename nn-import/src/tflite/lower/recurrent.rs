//! Recurrent layers over sequences.

use super::{Lowering, Results, wholes};
use crate::constant::{Constant, Kind};
use crate::graph::{Attribute, Attributes};
use crate::tflite::fields::{lstm, rnn};
use crate::tflite::file::Operator;
use crate::tflite::order;

/// The gates of TFLite (input, forget, cell, output) in the order of ONNX: input, output, forget, cell.
const GATES: [usize; 4] = [0, 3, 1, 2];

impl Lowering<'_, '_> {
    /// Tensors one behind the other, as `[1, …]`.
    fn stacked(&mut self, operator: &Operator, operands: &[usize], what: &str) -> Result<String, String> {
        let mut parts = Vec::new();
        for at in operands {
            parts.push(self.known(operator, *at, what)?.clone());
        }
        let first = parts.first().ok_or("it has no weights")?;
        if parts.iter().any(|part| part.shape != first.shape || part.shape.is_empty()) {
            return Err("its weights do not go together".into());
        }
        let shape = [&[1, parts.len() * first.shape[0]], &first.shape[1..]].concat();
        let elements = parts.iter().flat_map(|part| part.elements.iter().copied()).collect();
        Ok(self.constant(Constant::new(Kind::Real, shape, elements)))
    }

    /// Biases with zeros for the recurrence, which ONNX gives biases too.
    fn biases(&mut self, operator: &Operator, operands: &[usize]) -> Result<String, String> {
        let name = self.stacked(operator, operands, "biases")?;
        let own = self.graph.constants.get(&name).cloned().ok_or("it has no biases")?;
        let zeros = vec![0.0; own.elements.len()];
        let shape = vec![1, 2 * own.elements.len()];
        let elements = own.elements.iter().copied().chain(zeros).collect();
        Ok(self.constant(Constant::new(Kind::Real, shape, elements)))
    }

    /// Refuses states to begin with that are not zeros.
    fn begins_with_zeros(&self, operator: &Operator, states: &[usize]) -> Results {
        for at in states {
            let Some(tensor) = operator.inputs.get(*at).copied().flatten() else { continue };
            let zeros = self.constants.get(&tensor).map(|state| state.elements.iter().all(|element| *element == 0.0));
            if !zeros.unwrap_or(self.file.tensors[tensor].is_variable) {
                return Err("its states begin with other values than zeros".into());
            }
        }
        Ok(())
    }

    pub(super) fn lstm(&mut self, operator: &Operator) -> Results {
        let is_given = |at: usize| operator.inputs.get(at).copied().flatten().is_some();
        if (9..12).any(is_given) || (16..18).any(is_given) || (20..24).any(is_given) {
            return Err("its gates see the state of the cells, or it has norms or a projection".into());
        }
        if self.file.choice(operator, lstm::ACTIVATION)? != 4 {
            return Err("its activation is not `tanh`".into());
        }
        self.begins_with_zeros(operator, &[18, 19])?;
        let shifted = |by: usize| GATES.map(|gate| by + gate);
        let weight = self.stacked(operator, &shifted(1), "weights")?;
        let recurrence = self.stacked(operator, &shifted(5), "weights")?;
        let bias = self.biases(operator, &shifted(12))?;
        let is_time_first = self.file.flag(operator, lstm::TIME_MAJOR)?;
        self.clipped(operator, is_time_first)?;
        self.recurrent(operator, ("LSTM", is_time_first), vec![weight, recurrence, bias], Attributes::default())
    }

    /// The bound of the cells. A cell grows by at most 1 at each step, so that short sequences do not reach it; TFLite's
    /// converter gives a bound of 10 to all models, which do not have it before.
    #[allow(clippy::cast_precision_loss)] // a length
    fn clipped(&mut self, operator: &Operator, is_time_first: bool) -> Results {
        let bound = self.file.real(operator, lstm::CELL_CLIP)?;
        let tensor = self.operand(operator, 0)?;
        let steps = self.shape(tensor).and_then(|shape| shape.get(usize::from(!is_time_first)));
        if bound == 0.0 || steps.is_some_and(|steps| *steps as f64 <= bound) {
            return Ok(());
        }
        if bound < 10.0 {
            return Err(format!("its cells are clipped at {bound}"));
        }
        self.graph.notes.insert("The cells of its LSTM have no bound, where the model has 10 or more.");
        Ok(())
    }

    pub(super) fn rnn(&mut self, operator: &Operator) -> Results {
        let activation = match self.file.choice(operator, rnn::ACTIVATION)? {
            1 => "Relu",
            4 => "Tanh",
            _ => return Err("its activation is neither `tanh` nor `relu`".into()),
        };
        self.begins_with_zeros(operator, &[4])?;
        let weight = self.stacked(operator, &[1], "weights")?;
        let recurrence = self.stacked(operator, &[2], "weights")?;
        let bias = self.biases(operator, &[3])?;
        let is_time_first = self.file.flag(operator, rnn::TIME_MAJOR)?;
        let attributes = Attributes::default().with("activations", Attribute::Texts(vec![activation.into()]));
        self.recurrent(operator, ("RNN", is_time_first), vec![weight, recurrence, bias], attributes)
    }

    /// A layer over a sequence, of which all states are the result.
    fn recurrent(
        &mut self,
        operator: &Operator,
        (name, is_time_first): (&str, bool),
        weights: Vec<String>,
        attributes: Attributes,
    ) -> Results {
        let tensor = self.operand(operator, 0)?;
        let x = self.read_own(tensor)?;
        let attributes = attributes.with("layout", Attribute::Whole(i64::from(!is_time_first)));
        let result = self.node(name, [x].into_iter().chain(weights).collect(), attributes);
        // without the axis of the directions
        let axis = if is_time_first { 1 } else { 2 };
        let result = self.node("Squeeze", vec![result], Attributes::default().with("axes", wholes(&[axis])));
        self.result(operator, result, order::own(3))
    }
}
