//! The numbers of the programs on the pages.

use nn_compiler::equation::Values;
use nn_compiler::lower::Mode;
use nn_compiler::lowered::{Initial, Lowered, StoredTensor};
use nn_compiler::symbolic::TensorId;

use super::sketch::Sketch;
use crate::library::Part;

/// Tensors of more elements are counted up instead of being written out.
const WRITTEN_OUT: usize = 16;

/// The elements of an input or target, and whether they are written out.
pub(super) fn elements(part: &Part, number: usize) -> (Vec<f64>, bool) {
    if part.len > WRITTEN_OUT {
        return ((0..part.len).map(|at| number_of(at) / 10.0).collect(), false);
    }
    let (low, high) = part.range;
    let digits = if high - low < 1.0 { 100.0 } else { 10.0 };
    let element = |at: usize| {
        // multiples of an irrational number fill an interval evenly, in no order
        let share = (number_of(at + 1 + 5 * number) * std::f64::consts::E).fract();
        if part.is_index { (share * high).floor() } else { ((low + (high - low) * share) * digits).round() / digits }
    };
    ((0..part.len).map(element).collect(), true)
}

#[allow(clippy::cast_precision_loss)] // few elements
fn number_of(count: usize) -> f64 {
    count as f64
}

/// What parameters with random initial values are filled with, one after the other.
pub(super) fn filled(number: usize) -> f64 {
    [0.1, 0.5, -0.2][number % 3]
}

/// Whether a tensor begins with random numbers.
pub(super) fn is_random(stored: &StoredTensor) -> bool {
    !matches!(stored.initial, Initial::Constant(_))
}

/// What the network computes as it predicts: its first output, or its loss.
pub(super) fn computed(sketch: &Sketch) -> Vec<f64> {
    let lowered = sketch.lowered(Mode::Infer);
    let mut values = Values::new(1, vec![1.0]);
    let ports = lowered.inputs.iter().chain(&lowered.targets);
    for (number, (port, part)) in ports.zip(sketch.inputs.iter().chain(&sketch.targets)).enumerate() {
        values.set(port.tensor, elements(part, number).0);
    }
    set_stored(&lowered, &mut values);
    lowered.program.evaluate(&mut values);
    let of = |tensor: TensorId| values.get(&lowered.program, tensor).to_vec();
    let result = match lowered.terms.first() {
        None => of(lowered.outputs[0].tensor),
        Some(term) => {
            let sum = |tensor| of(tensor).iter().sum::<f64>();
            vec![sum(term.tensor) / term.divisor.map_or(1.0, sum)]
        }
    };
    assert!(!result.is_empty() && result.iter().all(|value| value.is_finite()), "{}\n{result:?}", sketch.text());
    result
}

fn set_stored(lowered: &Lowered, values: &mut Values) {
    let mut random = 0;
    for stored in lowered.parameters.iter().chain(&lowered.frozen).chain(&lowered.states) {
        let value = match stored.initial {
            Initial::Constant(id) => lowered.program.constant_value(id).expect("a number as the initial value"),
            _ => {
                random += 1;
                filled(random - 1)
            }
        };
        let len = stored.len().and_then(|len| len.literal()).expect("an example has sizes that are numbers");
        values.set(stored.tensor, vec![value; usize::try_from(len).expect("a size is not negative")]);
    }
}

/// So many decimals that no number is close to a border of rounding, where `f32` and `f64` may differ.
pub(super) fn decimals(values: &[f64]) -> usize {
    let is_clear = |decimals: &usize| {
        let scale = 10f64.powi(i32::try_from(*decimals).unwrap_or(0));
        values.iter().all(|value| {
            let exact = value.abs() * scale;
            let margin = 1e-5 * exact.max(1.0);
            ((exact.fract() - 0.5).abs() > margin) && (*value == 0.0 || exact > margin)
        })
    };
    [3, 2, 4, 5].into_iter().find(is_clear).unwrap_or_else(|| panic!("these are close to borders: {values:?}"))
}

/// Numbers as `{:.3?}` writes a tensor, with the form of each given.
pub(super) fn nested(sizes: &[usize], values: &[f64], form: &dyn Fn(f64) -> String) -> String {
    let Some((_, inner)) = sizes.split_first() else { return form(values[0]) };
    let each = inner.iter().product::<usize>().max(1);
    let parts: Vec<String> = values.chunks(each).map(|part| nested(inner, part, form)).collect();
    format!("[{}]", parts.join(", "))
}

/// The sizes in `[3, 5]` or `index<4>[2]`.
pub(super) fn sizes(kind: &str) -> Vec<usize> {
    let inside = kind.split_once('[').map_or("", |(_, inside)| inside.trim_end_matches(']'));
    inside.split(',').filter_map(|size| size.trim().parse().ok()).collect()
}
