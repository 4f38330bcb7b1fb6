//! Names of modules from names of tensors, such as `model/conv1/Relu;model/conv1/BiasAdd;model/conv1/Conv2D`.

/// The last parts of names of weights.
#[rustfmt::skip] // as a list
const WEIGHTS: &[&str] = &[
    "conv2d", "convolution", "depthwise", "separable_conv2d", "conv2d_transpose", "conv_transpose", "transpose_conv",
    "conv1d", "conv3d", "kernel", "depthwise_kernel", "weights", "weight", "matmul", "einsum", "embedding_lookup", "gather",
    "gatherv2", "resource_gather", "embeddings",
];

/// The last parts of other names, which say the operator and not the module.
#[rustfmt::skip] // as a list
const OTHERS: &[&str] = &[
    "bias", "biases", "biasadd", "gamma", "beta", "alpha", "take", "fusedbatchnormv3", "batchnorm", "readvariableop", "read",
    "resource", "const", "relu", "relu6", "add", "addv2", "mul", "sub", "neg", "squeeze", "expanddims", "reshape",
    "transpose", "while", "y", "x", "moments", "pow", "cast", "variable", "value",
];

/// Parts that stand between the module and the operator.
const BETWEEN: &[&str] =
    &["Tensordot", "Conv1D", "convolution", "Add", "add", "batchnorm", "Shape", "einsum", "Squeeze"];

/// The path of the module that the names of a result and of stored operands say: `model.conv1`; empty if none does.
pub(super) fn path<'n>(result: &'n str, stored: impl Iterator<Item = &'n str>) -> String {
    let stored: Vec<&str> = stored.collect();
    let names = stored.iter().copied().chain([result]);
    let all: Vec<Vec<&str>> = names.flat_map(|name| name.split(';')).map(parts).collect();
    let of_weights = all.iter().find_map(|parts| module(parts, WEIGHTS));
    let known = of_weights.or_else(|| all.iter().find_map(|parts| module(parts, OTHERS)));
    known.unwrap_or_default().join(".")
}

/// The parts of a name, without those of functions that a model is wrapped in.
fn parts(name: &str) -> Vec<&str> {
    let name = name.split(':').next().unwrap_or_default();
    let name = name.strip_suffix("_dequantize").unwrap_or(name);
    let is_wrapper = |part: &str| part.is_empty() || part.contains("PartitionedCall") || part == "Identity";
    name.split('/').filter(|part| !is_wrapper(part)).collect()
}

/// The module, if the last part says an operator among some, perhaps with a number.
fn module<'p>(parts: &'p [&'p str], operators: &[&str]) -> Option<&'p [&'p str]> {
    let (last, front) = parts.split_last()?;
    let last = last.to_ascii_lowercase();
    let bare = last.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '_');
    if !operators.contains(&bare) && !operators.contains(&last.as_str()) {
        return None;
    }
    let count = front.iter().rposition(|part| !BETWEEN.contains(part)).map_or(0, |at| at + 1);
    (count > 0).then(|| &front[..count])
}

/// The path of the module that a stored tensor is a parameter of; `None` if it says nothing.
pub(super) fn parameter(name: &str) -> Option<String> {
    let path = path(name, std::iter::empty());
    Some(path).filter(|path| !path.is_empty())
}

/// Leaves out what all paths have in common: the name of the model in front, and a number behind each part.
pub(super) fn shorten(paths: &mut [&mut String]) {
    paths.sort();
    while let Some((first, _)) = paths.iter().find(|path| !path.is_empty()).and_then(|path| path.split_once('.')) {
        let prefix = format!("{first}.");
        if !paths.iter().all(|path| path.is_empty() || path.starts_with(&prefix)) {
            break;
        }
        for path in paths.iter_mut() {
            **path = path.strip_prefix(&prefix).unwrap_or_default().into();
        }
    }
    // a model that is converted for the second time has a number behind the names of all layers
    let is_numbered = |path: &&mut String| path.is_empty() || path.ends_with("_1");
    if paths.iter().all(is_numbered) {
        for path in paths.iter_mut() {
            let parts: Vec<&str> = path.split('.').map(|part| part.strip_suffix("_1").unwrap_or(part)).collect();
            **path = parts.join(".");
        }
    }
}

/// The name of an input or output as its author called it: `serving_default_image:0` is `image`.
pub(super) fn port(name: &str) -> &str {
    let name = name.strip_prefix("serving_default_").unwrap_or(name);
    name.split(':').next().unwrap_or(name)
}
