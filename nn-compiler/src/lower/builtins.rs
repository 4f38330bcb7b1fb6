//! The names that the language itself gives a meaning.

use crate::symbolic::Function;
use crate::syntax::ast::Arguments;

/// The index that stands for all samples of a step of training.
pub(in crate::lower) const BATCH: &str = "batch";

/// The names of reductions; no function may have one.
pub const REDUCTIONS: [&str; 6] = ["sum", "mean", "var", "max", "min", "prod"];

/// The functions that reduce a term of the network's loss over the batch.
pub(in crate::lower) const OVER_BATCH: [&str; 2] = ["sum_over_batch", "mean_over_batch"];

/// A function of the table that users may call.
pub(in crate::lower) fn table_function(name: &str) -> Option<Function> {
    // PyTorch's name for a power
    let name = if name == "pow" { "powf" } else { name };
    Function::named(name)
}

/// The names of structural functions.
pub const STRUCTURAL: [&str; 15] = [
    "flatten",
    "reshape",
    "unsqueeze",
    "squeeze",
    "concat",
    "stack",
    "narrow",
    "select",
    "transpose",
    "permute",
    "flip",
    "repeat",
    "zeros",
    "ones",
    "full",
];

/// The function that derives a value by another.
pub const DERIVATIVE: &str = "derivative";

/// Functions of other libraries, and what to write instead.
const ELSEWHERE: &[(&[&str], &str)] = &[
    (&["cat"], "tensors are put one behind the other by `concat(a, b, axis = 0)`"),
    (&["view"], "another shape is given by `x.reshape(4, 4)`, one axis by `x.flatten()`"),
    (
        &["slice", "split", "chunk"],
        "the parts of an axis are taken one by one, as in `x.narrow(axis = 0, start = 2, length = 3)`",
    ),
    (&["swapaxes"], "two axes change places by `x.transpose(0, 1)`"),
    (&["expand"], "axes of size 1 are repeated where they meet others; `x.repeat(2, 1)` makes copies"),
    (
        &["mm", "bmm", "mv", "dot", "einsum"],
        "a product of matrices is `matmul(a, b)`, any other one a formula beside the struct: `fn dot(a: [N], b: [N]) -> y: [] { y = sum[n](a[n] * b[n]); }`",
    ),
    (&["clone", "contiguous", "copy"], "a value may be used as often as it is needed: leave the call out"),
    (
        &["zeros_like", "ones_like", "full_like", "new_zeros", "new_ones", "empty", "empty_like"],
        "the shape is written out, as in `zeros([3, 4])`, `ones([3, 4])` and `full([3, 4], 0.5)`",
    ),
    (&["cuda", "cpu", "to", "device"], "there are no devices here: leave the call out"),
    (&["size", "shape", "numel", "dim"], "sizes are known while compiling: write the number, or the name of the size"),
    (&["item"], "a tensor without axes is a number already: leave the call out"),
    (
        &["forward"],
        "a layer is called by its name, as in `fc1(x)`; in the loss, the result of `forward` is `output`, or has the name that was declared",
    ),
    (
        &["one_hot"],
        "a class is declared as an input, `k: index<10>`; one-hot values are a formula: `fn one_hot(k: index<N>) -> y: [N] { y[i] = where(i == k, 1, 0); }`",
    ),
];

/// Layers of other libraries, and what to write instead.
const LAYERS_ELSEWHERE: &[(&[&str], &str)] = &[
    (
        &["Sequential"],
        "each layer has a name, and `forward` calls them one after the other: `let h = fc1(x).relu(); fc2(h)`",
    ),
    (&["ModuleList", "ModuleDict"], "several layers of one kind are an array: `blocks: [Linear(64 => 64); 3]`"),
    (
        &["Parameter"],
        "a parameter is a field with its initial values, as in `scale: param [3, 4] = ones`; it is a value in `forward`",
    ),
    (
        &["PositionalEncoding", "PositionalEmbedding", "PositionEmbedding", "LearnedPositions"],
        "`x + x.sinusoidal_positions()` adds sines; learned ones are a parameter: `position: param [16, 32] = normal(0, 0.02)`, and `x + position` in `forward`",
    ),
    (&["Identity"], "leave it out: a value need not pass through a layer"),
    (
        &[
            "CrossEntropyLoss",
            "NLLLoss",
            "MSELoss",
            "BCELoss",
            "BCEWithLogitsLoss",
            "L1Loss",
            "HuberLoss",
            "SmoothL1Loss",
        ],
        "the loss stands behind `forward`: `loss = cross_entropy;`, `loss = mse;`",
    ),
];

/// Arguments of layers of other libraries, and what to write instead.
const ARGUMENTS_ELSEWHERE: &[(&[&str], &str)] = &[
    (
        &["batch_first", "return_sequences", "time_major"],
        "a sample is one sequence, as in `x: [20, 3]`: there is no batch axis, and the results at all positions come first, then the last ones",
    ),
    (&["dropout"], "values are dropped between layers: `y.dropout(0.2)`"),
    (&["inplace"], "values do not change: leave it out"),
    (&["device", "dtype"], "there are no devices, and `Net::init_as` makes a network of `f64`: leave it out"),
    (
        &["in_features", "out_features", "in_channels", "out_channels", "input_size", "hidden_size"],
        "both sizes stand in front, as in `Linear(784 => 128)`",
    ),
];

/// The modules in which other libraries keep their functions.
const MODULES: [&str; 8] = ["F", "nn", "torch", "functional", "np", "tf", "jnp", "keras"];

/// Whether a name is that of a module of another library.
pub(in crate::lower) fn is_module_elsewhere(name: &str) -> bool {
    MODULES.contains(&name)
}

/// The help for a function of another library.
pub(in crate::lower) fn elsewhere(name: &str) -> Option<&'static str> {
    instead(ELSEWHERE, name)
}

/// The help for an argument of a layer of another library.
pub(in crate::lower) fn argument_elsewhere(keyword: &str) -> Option<&'static str> {
    instead(ARGUMENTS_ELSEWHERE, keyword)
}

/// The help for a layer of another library.
pub(in crate::lower) fn layer_elsewhere(kind: &str) -> Option<&'static str> {
    instead(LAYERS_ELSEWHERE, kind)
}

fn instead(known: &'static [(&[&str], &str)], name: &str) -> Option<&'static str> {
    known.iter().find(|(names, _)| names.contains(&name)).map(|(_, message)| *message)
}

/// Whether a call is one of a structural function: a reduction of whole axes is told from `max(x, 0)` by its arguments.
pub(in crate::lower) fn is_structural(name: &str, arguments: &Arguments) -> bool {
    let whole = arguments.positional.len() == 1 || !arguments.keywords.is_empty();
    // that of whole axes is a formula of the library
    let is_reduction = REDUCTIONS.contains(&name) && name != "var";
    STRUCTURAL.contains(&name) || (is_reduction && whole)
}
