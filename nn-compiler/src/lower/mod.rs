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
    /// How many layers have drawn random numbers so far.
    draws: u32,
    /// The equations and parameters that a step of the summary has counted.
    counted: (usize, usize),
    /// Whether a layer around has `#[checkpoint]`.
    in_checkpoint: bool,
    /// How deep formulas are nested.
    depth: usize,
    /// The sequences that are being written, from the outside in: what is added belongs to an iteration of them.
    iterations: Vec<IndexId>,
    /// The indices of what is computed element by element, by the axis and its size.
    elementwise: HashMap<(usize, Dim), IndexId>,
    /// The tensors that hold one number everywhere.
    filled: HashMap<TensorId, ExpressionId>,
    /// How the classes of a tensor are used: the one that each use leaves out.
    classes: BTreeMap<TensorId, Vec<Option<i64>>>,
    /// The tensors that definitions with indices have begun: what they are called, and where.
    indexed: Vec<(TensorId, String, Span)>,
    generics: Vec<String>,
    /// The names of sizes that there are not and of which that was said.
    unknown_sizes: HashSet<String>,
    /// How the terms of the loss are brought together.
    term_reductions: Vec<loss::batch_reduction::TermReduction>,
    /// Whether what is unfolded belongs to the loss.
    in_loss: bool,
    /// The constants that a tensor repeats along its first axes.
    repeated: HashMap<TensorId, TensorId>,
}
