//! From the syntax tree to equations: names are resolved, shapes are checked, formulas unfolded.

mod call;
mod equation;
mod loss;
mod messages;
mod network;
mod shape;
mod stored;
mod structure;

use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::Span;

use crate::errors::Errors;
use crate::lowered::Lowered;
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, IndexId, TensorId};

pub use network::library::{Library, LibraryText, library_formulas};
pub use network::lower;
pub use network::unused::report_unused;
pub(crate) use shape::sizes::literal_size;

/// The most sizes that a tensor has.
pub(crate) const MAX_AXES: usize = 6;

/// Whether the network is trained or predicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// While training: dropout drops.
    Train,
    /// While predicting.
    Infer,
}

/// The state of lowering.
struct Lowering<'a> {
    errors: &'a mut Errors,
    library: &'a Library<'a>,
    mode: Mode,
    out: Lowered,
    layers: Vec<network::layers::Instance<'a>>,
    trace: Vec<messages::TraceLine>,
    /// The number of draws of random numbers so far.
    draws: u32,
    /// The equations and parameters that a step of the summary has counted.
    counted: (usize, usize),
    /// Whether a layer around has `#[checkpoint]`.
    in_checkpoint: bool,
    /// The depth of nested formulas.
    depth: usize,
    /// The indices of the sequences that are open, from the outside in: new equations belong to an iteration of them.
    iterations: Vec<IndexId>,
    /// The indices of elementwise equations, by the axis and its size.
    elementwise: HashMap<(usize, Dim), IndexId>,
    /// The tensors whose elements are all the same number.
    filled: HashMap<TensorId, ExpressionId>,
    /// The uses of a tensor of classes: the sentinel that each use ignores.
    classes: BTreeMap<TensorId, Vec<Option<i64>>>,
    /// The tensors that definitions with indices have begun: their names and places.
    indexed: Vec<(TensorId, String, Span)>,
    generics: Vec<String>,
    /// The unknown names of sizes that have been reported.
    unknown_sizes: HashSet<String>,
    /// The batch reductions of the terms of the loss.
    term_reductions: Vec<loss::batch_reduction::TermReduction>,
    /// Whether the formulas that are unfolded belong to the loss.
    in_loss: bool,
    /// The constants that a tensor repeats along its first axes.
    repeated: HashMap<TensorId, TensorId>,
}
