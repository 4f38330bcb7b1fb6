//! TFLite models as graphs of ONNX's operators, so that one translation serves both.

mod fields;
mod file;
mod flat;
mod lower;
mod names;
mod order;
mod sparse;
mod tensors;

use crate::Options;
use crate::error::ImportError;
use crate::graph::Graph;
use file::{File, Tensor};

/// Whether a file is a TFLite model: it says so behind its first offset.
pub(crate) fn is_tflite(file: &[u8]) -> bool {
    file.get(4..8) == Some(b"TFL3")
}

/// The graph of a model.
pub(crate) fn graph(bytes: &[u8], options: &Options) -> Result<Graph, ImportError> {
    let file = File::read(bytes)?;
    if let Some((tensor, kind)) = quantised(&file) {
        return Err(ImportError::Quantised { tensor: tensor.name.clone(), kind });
    }
    lower::graph(&file, options)
}

/// A quantised tensor that is computed with: not a constant that is widened before.
fn quantised<'f>(file: &'f File<'_>) -> Option<(&'f Tensor, &'static str)> {
    let is_stored = |tensor: &Tensor| matches!(file.bytes(tensor), Ok(Some(_)));
    let ports = file.inputs.iter().chain(&file.outputs);
    let operands = file.operators.iter().flat_map(|operator| {
        let widens = operator.name == "DEQUANTIZE" || operator.name == "DENSIFY";
        let operands = operator.inputs.iter().flatten().chain(&operator.outputs);
        operands.filter(move |number| !(widens && is_stored(&file.tensors[**number])))
    });
    ports.chain(operands).map(|number| &file.tensors[*number]).find_map(|tensor| Some((tensor, tensor.quantised()?)))
}
