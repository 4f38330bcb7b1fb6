//! The versions of ONNX's operators.

use std::collections::BTreeSet;

use super::messages::{GraphProto, ModelProto, NodeProto};
use crate::error::ImportError;

/// The versions that are known.
pub const OPSETS: std::ops::RangeInclusive<i64> = 7..=21;

/// Operators that version 7 did not change, and the version that defined them as they are there.
/// Source: the history of operators in the package `onnx` (`onnx.defs.get_all_schemas_with_history`).
const OLDER: &[(i64, &str)] = &[
    (
        1,
        "ArgMax ArgMin Constant Conv ConvTranspose DepthToSpace Flatten Gather GlobalAveragePool GlobalMaxPool \
         Hardmax Identity LRN LogSoftmax LpNormalization MatMul MaxPool Not ReduceL1 ReduceL2 ReduceLogSum \
         ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Shape Size Slice Softmax \
         Softplus Softsign SpaceToDepth Squeeze Transpose Unsqueeze",
    ),
    (2, "GlobalLpPool LpPool Pad Split"),
    (4, "Concat"),
    (5, "Reshape"),
    (
        6,
        "Abs Cast Ceil Clip Elu Exp Floor HardSigmoid InstanceNormalization LeakyRelu Log Max Mean Min Neg Reciprocal \
         Relu Selu Sigmoid Sqrt Sum Tanh Tile",
    ),
];

/// The version by which the operators of a graph are read. An older file is read as one of version 7 if that changed none of its
/// operators.
pub(crate) fn opset(model: &ModelProto, graph: &GraphProto) -> Result<i64, ImportError> {
    let own = model.opset_import.iter().find(|set| set.domain.is_empty() || set.domain == "ai.onnx");
    let version = own.map_or(1, |set| set.version);
    if OPSETS.contains(&version) {
        return Ok(version);
    }
    let is_same = |node: &NodeProto| {
        let is_listed = |all: &str| all.split_whitespace().any(|one| one == node.op_type);
        matches!(node.domain.as_str(), "" | "ai.onnx")
            && OLDER.iter().any(|(since, all)| *since <= version && is_listed(all))
    };
    let changed = graph.node.iter().filter(|node| !is_same(node)).map(|node| node.op_type.as_str());
    let functions = model.functions.iter().map(|function| function.name.as_str());
    let changed: BTreeSet<&str> = changed.chain(functions).collect();
    match (version < *OPSETS.start(), changed.is_empty()) {
        (true, true) => Ok(*OPSETS.start()),
        (true, false) => {
            Err(ImportError::Opset { version, changed: changed.into_iter().map(str::to_string).collect() })
        }
        (false, _) => Err(ImportError::Opset { version, changed: Vec::new() }),
    }
}
