//! Names of modules from names of tensors, such as `model/conv1/Relu;model/conv1/BiasAdd;model/conv1/Conv2D`.

use crate::graph::Node;

/// The last parts of names that say the operator and not the module.
const OPERATORS: &[&str] = &[
    "conv2d",
    "convolution",
    "depthwise",
    "separable_conv2d",
    "conv2d_transpose",
    "conv_transpose",
    "transpose_conv",
    "conv1d",
    "conv3d",
    "kernel",
    "weights",
    "weight",
    "bias",
    "biases",
    "matmul",
    "biasadd",
    "tensordot",
    "gamma",
    "beta",
    "alpha",
    "embedding_lookup",
    "gather",
    "gatherv2",
    "resource_gather",
    "embeddings",
    "take",
    "fusedbatchnormv3",
    "batchnorm",
    "batch_norm",
    "readvariableop",
    "read",
    "resource",
    "const",
    "relu",
    "relu6",
    "add",
    "mul",
    "sub",
    "neg",
    "squeeze",
    "expanddims",
    "reshape",
    "transpose",
    "lstm_cell",
    "while",
    "y",
    "x",
    "moments",
    "pow",
    "einsum",
    "addv2",
    "depthwise_kernel",
    "cast",
    "variable",
    "value",
];

/// The path of the module that the names of a result and of stored operands say: `model.conv1`; empty if none does.
pub(super) fn path<'n>(result: &'n str, stored: impl Iterator<Item = &'n str>) -> String {
    let stored: Vec<&str> = stored.collect();
    let names = stored.iter().copied().chain([result]);
    let all: Vec<Vec<&str>> = names.flat_map(|name| name.split(';')).map(parts).collect();
    let known = all.iter().find_map(|parts| module(parts));
    known.unwrap_or_default().join(".")
}

/// The parts of a name, without those of functions that a model is wrapped in.
fn parts(name: &str) -> Vec<&str> {
    let name = name.split(':').next().unwrap_or_default();
    let name = name.strip_suffix("_dequantize").unwrap_or(name);
    let is_wrapper = |part: &str| part.is_empty() || part.contains("PartitionedCall") || part == "Identity";
    name.split('/').filter(|part| !is_wrapper(part)).collect()
}

/// The module, if the last parts say an operator.
fn module<'p>(parts: &'p [&'p str]) -> Option<&'p [&'p str]> {
    let says_operator = |part: &str| {
        let part = part.to_ascii_lowercase();
        let bare = part.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '_');
        OPERATORS.contains(&bare) || OPERATORS.contains(&part.as_str())
    };
    let count = parts.iter().rposition(|part| !says_operator(part)).map_or(0, |at| at + 1);
    (count > 0 && count < parts.len()).then(|| &parts[..count])
}

/// The name of a stored tensor that is a parameter of the network's own; `None` if it says nothing.
pub(super) fn parameter(name: &str) -> Option<String> {
    let first = name.split(';').next().unwrap_or_default();
    let all = parts(first);
    let path = module(&all).unwrap_or_default().join("_");
    Some(path).filter(|path| !path.is_empty())
}

/// Leaves out what the paths of all modules begin with, such as the name of the model.
pub(super) fn shorten(nodes: &mut [Node]) {
    loop {
        let mut scopes = nodes.iter().map(|node| &node.scope).filter(|scope| !scope.is_empty());
        let Some((first, _)) = scopes.next().and_then(|scope| scope.split_once('.')) else { return };
        let prefix = format!("{first}.");
        if !scopes.all(|scope| scope.starts_with(&prefix)) {
            return;
        }
        for node in nodes.iter_mut() {
            node.scope = node.scope.strip_prefix(&prefix).unwrap_or_default().into();
        }
    }
}

/// The name of an input or output as its author called it: `serving_default_image:0` is `image`.
pub(super) fn port(name: &str) -> &str {
    let name = name.strip_prefix("serving_default_").unwrap_or(name);
    name.split(':').next().unwrap_or(name)
}
