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
pub const STRUCTURAL: [&str; 12] = [
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
];

/// Their names in other libraries, and what to write instead.
const ELSEWHERE: &[(&str, &str)] = &[
    ("cat", "tensors are put one behind the other by `concat(a, b, axis = 0)`"),
    ("view", "another shape is given by `x.reshape(4, 4)`"),
    ("slice", "a part of an axis is taken by `x.narrow(axis = 0, start = 2, length = 3)`"),
    ("split", "the parts are taken one by one, as in `x.narrow(axis = 0, start = 2, length = 3)`"),
    ("chunk", "the parts are taken one by one, as in `x.narrow(axis = 0, start = 2, length = 3)`"),
    ("swapaxes", "two axes change places by `x.transpose(0, 1)`"),
    ("expand", "axes of size 1 are repeated where they meet others; `x.repeat(2, 1)` makes copies"),
];

/// The help for a name from another library.
pub(in crate::lower) fn elsewhere(name: &str) -> Option<&'static str> {
    ELSEWHERE.iter().find(|(known, _)| *known == name).map(|(_, message)| *message)
}

/// Whether a call is one of a structural function: a reduction of whole axes is told from `max(x, 0)` by its arguments.
pub(in crate::lower) fn is_structural(name: &str, arguments: &Arguments) -> bool {
    let whole = arguments.positional.len() == 1 || !arguments.keywords.is_empty();
    // that of whole axes is a formula of the library
    let is_reduction = REDUCTIONS.contains(&name) && name != "var";
    STRUCTURAL.contains(&name) || (is_reduction && whole)
}
