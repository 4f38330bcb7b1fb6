//! An ONNX file as messages, and its tensors as constants.

pub mod messages;
mod tensors;

use bytes::Bytes;
use prost::Message;

pub(crate) use tensors::constant;

use crate::error::ImportError;
use messages::ModelProto;

/// The versions of ONNX's operators that are known.
pub const OPSETS: std::ops::RangeInclusive<i64> = 7..=21;

/// Reads the messages of a file. What they hold is in proportion to the length of the file.
pub(crate) fn read(file: Bytes) -> Result<ModelProto, ImportError> {
    let model = ModelProto::decode(file).map_err(|error| ImportError::Malformed(error.to_string()))?;
    if model.graph.is_none() {
        return Err(ImportError::Malformed("there is no graph in the file: is it an ONNX model?".into()));
    }
    Ok(model)
}

/// The version of ONNX's own operators.
pub(crate) fn opset(model: &ModelProto) -> Result<i64, ImportError> {
    let own = model.opset_import.iter().find(|set| set.domain.is_empty() || set.domain == "ai.onnx");
    let version = own.map_or(1, |set| set.version);
    if OPSETS.contains(&version) { Ok(version) } else { Err(ImportError::Opset(version)) }
}
