//! The values that a network is tested on, for the evaluator and for emitted code.

use nn_compiler::lowered::{Lowered, StoredTensor};

use super::{Item, Part};
use crate::differences;
use crate::numbers::Random;

/// Values of everything that a network is given.
#[derive(Debug, Clone)]
pub(super) struct Data {
    pub(super) samples: usize,
    /// Of each input, sample by sample.
    pub(super) inputs: Vec<Vec<f64>>,
    /// Of each target, sample by sample.
    pub(super) targets: Vec<Vec<f64>>,
    /// Of each parameter, in all layers of the arrays that it is in.
    pub(super) parameters: Vec<Vec<f64>>,
    /// Of each frozen parameter.
    pub(super) frozen: Vec<Vec<f64>>,
    /// Of each state.
    pub(super) states: Vec<Vec<f64>>,
}

impl Data {
    pub(super) fn new(lowered: &Lowered, item: &Item, samples: usize, random: &mut Random) -> Self {
        let parts = |parts: &[Part], random: &mut Random| -> Vec<Vec<f64>> {
            parts.iter().map(|part| part.values(samples, random)).collect()
        };
        let (inputs, targets) = (parts(&item.inputs, random), parts(&item.targets, random));
        let stored = |all: &[StoredTensor], low, high, random: &mut Random| -> Vec<Vec<f64>> {
            all.iter().map(|one| random.many(stored_len(one), low, high)).collect()
        };
        let parameters = stored(&lowered.parameters, -1.0, 1.0, random);
        let frozen = stored(&lowered.frozen, -1.0, 1.0, random);
        let states = stored(&lowered.states, 0.5, 1.5, random);
        Data { samples, inputs, targets, parameters, frozen, states }
    }
}

impl Data {
    /// The same with inputs that are numbers, and parameters, moved by up to a distance.
    pub(super) fn moved(&self, item: &Item, distance: f64) -> Self {
        let mut inputs = differences::moved(&self.inputs, distance);
        for ((input, part), original) in inputs.iter_mut().zip(&item.inputs).zip(&self.inputs) {
            if part.is_index {
                input.clone_from(original);
            }
        }
        Data { inputs, parameters: differences::moved(&self.parameters, distance), ..self.clone() }
    }
}

/// The number of elements of a parameter or state, in all layers of an array.
pub(super) fn stored_len(stored: &StoredTensor) -> usize {
    let len = stored.len().and_then(|len| len.literal());
    len.and_then(|len| usize::try_from(len).ok()).expect("an example has sizes that are numbers")
}

/// Sample after sample, each with all its parts.
pub(super) fn interleaved(parts: &[Vec<f64>], samples: usize) -> Vec<f64> {
    let part = |part: &Vec<f64>, sample: usize| {
        let len = part.len() / samples;
        part[sample * len..][..len].to_vec()
    };
    (0..samples).flat_map(|sample| parts.iter().flat_map(move |all| part(all, sample))).collect()
}

/// A name as Rust takes it where it is a keyword.
fn identifier(name: &str) -> String {
    if ["self", "Self", "super", "crate"].contains(&name) { format!("{name}_") } else { format!("r#{name}") }
}

/// Where a parameter or state lies in the emitted structs: the fields behind the struct of all, one for each layer of
/// an array, each with its name in the table.
pub(super) fn places(stored: &StoredTensor) -> Vec<(String, String)> {
    let mut places = vec![(String::new(), String::new())];
    for (at, layer) in stored.path.iter().enumerate() {
        let field = identifier(layer);
        let count = stored.arrays.iter().find(|(array, _)| *array == at).map(|(_, count)| *count);
        let deeper = |(fields, name): &(String, String)| -> Vec<(String, String)> {
            match count {
                None => vec![(format!("{fields}.{field}"), format!("{name}{layer}."))],
                Some(count) => (0..count)
                    .map(|number| (format!("{fields}.{field}[{number}]"), format!("{name}{layer}.{number}.")))
                    .collect(),
            }
        };
        places = places.iter().flat_map(deeper).collect();
    }
    let end = |(fields, name)| (format!("{fields}.{}", identifier(&stored.name)), format!("{name}{}", stored.name));
    places.into_iter().map(end).collect()
}

/// The fields that hold parameters or states, with the values of each.
pub(super) fn fields(stored: &[StoredTensor], values: &[Vec<f64>]) -> Vec<(String, Vec<f64>)> {
    let mut fields = Vec::new();
    for (stored, values) in stored.iter().zip(values) {
        let places = places(stored);
        let len = values.len() / places.len();
        for (number, (field, _)) in places.into_iter().enumerate() {
            fields.push((field, values[number * len..][..len].to_vec()));
        }
    }
    fields
}
