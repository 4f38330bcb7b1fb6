//! Reference cases: a network of PyTorch's as JSON, turned into the text of a `network!`.

mod attributes;
mod functions;
mod layers;
mod loss;
mod network;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

pub use network::translate;

/// Why a case cannot be said in the language, as far as the translation can tell.
pub type Problem = String;

/// A case in the language.
#[derive(Debug, Clone)]
pub struct Translated {
    /// What stands in `network! { … }`.
    pub text: String,
    /// The file's name (`param.NODE.P`) of each parameter, by the network's (`LAYER.P`).
    pub parameters: BTreeMap<String, String>,
    /// The file's name (`buffer.NODE.P`) of each tensor of the state, by the network's.
    pub states: BTreeMap<String, String>,
    /// Whether the network trains in another way than it predicts: batch statistics.
    pub has_modes: bool,
    /// The number of samples.
    pub samples: f64,
    /// Whether the reference is of training.
    pub trains: bool,
}

/// Reads the JSON of a case.
///
/// # Errors
/// If the file is not JSON.
pub fn read(path: &Path) -> Result<Value, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// The sizes of a list.
fn sizes(value: &Value) -> Option<Vec<i64>> {
    value.as_array()?.iter().map(Value::as_i64).collect()
}

/// A shape without the samples, as the language writes it.
fn shape_text(sizes: &[i64]) -> String {
    let sizes: Vec<String> = sizes.iter().map(ToString::to_string).collect();
    format!("[{}]", sizes.join(", "))
}
