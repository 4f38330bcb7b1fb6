//! An ONNX file as messages, and its tensors as constants.

pub mod messages;
mod tensors;
mod versions;

use bytes::Bytes;
use prost::Message;

pub(crate) use tensors::constant;
pub use versions::OPSETS;
pub(crate) use versions::opset;

use crate::error::ImportError;
use messages::ModelProto;

/// Reads the messages of a file. What they hold is in proportion to the length of the file.
pub(crate) fn read(file: Bytes) -> Result<ModelProto, ImportError> {
    let model = ModelProto::decode(file).map_err(|error| ImportError::Malformed(error.to_string()))?;
    if model.graph.is_none() {
        return Err(ImportError::Malformed("there is no graph in the file: is it an ONNX model?".into()));
    }
    Ok(model)
}
