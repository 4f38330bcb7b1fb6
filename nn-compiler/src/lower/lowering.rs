//! The state of lowering.

use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::Span;

use crate::errors::{Code, Errors};
use crate::lower::call::scans::OpenScan;
use crate::lower::environment::Environment;
use crate::lower::library::Library;
use crate::lower::network::known_sizes::KnownSizes;
use crate::lowered::{BatchReduction, Lowered};
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, IndexId, TensorId};
use crate::syntax::ast::{Formula, LayerField, Network};

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
pub(in crate::lower) struct Lowering<'a> {
    pub errors: &'a mut Errors,
    pub library: &'a Library<'a>,
    pub mode: Mode,
    pub out: Lowered,
    pub layers: Vec<Instance<'a>>,
    pub trace: Vec<TraceLine>,
    /// The number of draws of random numbers so far.
    pub draws: u32,
    /// The values of indices that were computed so far.
    pub tabulated: i64,
    /// What the steps of the summary have counted so far.
    pub counted: Counted,
    /// Whether a layer around has `#[checkpoint]`.
    pub in_checkpoint: bool,
    /// The depth of nested formulas.
    pub depth: usize,
    /// The calls of formulas that were unfolded.
    pub unfolded: usize,
    /// The indices of the sequences that are open, from the outside in: new equations belong to an iteration of them.
    pub iterations: Vec<IndexId>,
    /// The scans whose steps are being lowered, from the outside in.
    pub scans: Vec<OpenScan>,
    /// The indices of elementwise equations, by the axis and its size.
    pub elementwise: HashMap<(usize, Dim), IndexId>,
    /// The tensors whose elements are all the same number.
    pub filled: HashMap<TensorId, ExpressionId>,
    /// The uses of a tensor of classes: the sentinel that each use ignores.
    pub classes: BTreeMap<TensorId, Vec<Option<i64>>>,
    /// The tensors that definitions with indices have begun: their names and places.
    pub indexed: Vec<(TensorId, String, Span)>,
    pub generics: Vec<String>,
    /// What sizes of the program are, if the network is to fit.
    pub known_sizes: &'a KnownSizes,
    /// The unknown names of sizes that have been reported.
    pub unknown_sizes: HashSet<String>,
    /// The batch reductions of the terms of the loss.
    pub term_reductions: Vec<TermReduction>,
    /// Whether the formulas that are unfolded belong to the loss.
    pub in_loss: bool,
    /// The constants that a tensor repeats along its first axes.
    pub repeated: HashMap<TensorId, TensorId>,
}

impl<'a> Lowering<'a> {
    pub(in crate::lower) fn new(
        network: &Network,
        library: &'a Library<'a>,
        mode: Mode,
        known_sizes: &'a KnownSizes,
        errors: &'a mut Errors,
    ) -> Self {
        Lowering {
            errors,
            library,
            mode,
            out: Lowered::default(),
            layers: Vec::new(),
            trace: Vec::new(),
            draws: 0,
            tabulated: 0,
            counted: Counted::default(),
            in_checkpoint: false,
            depth: 0,
            unfolded: 0,
            iterations: Vec::new(),
            scans: Vec::new(),
            elementwise: HashMap::new(),
            filled: HashMap::new(),
            classes: BTreeMap::new(),
            indexed: Vec::new(),
            generics: network.generics.iter().map(ToString::to_string).collect(),
            known_sizes,
            unknown_sizes: HashSet::new(),
            term_reductions: Vec::new(),
            in_loss: false,
            repeated: HashMap::new(),
        }
    }

    /// Reports a mistake; for use in tail position.
    pub(in crate::lower) fn mistake<T>(&mut self, code: Code, place: Span, message: impl Into<String>) -> Option<T> {
        self.errors.report(code, place, message);
        None
    }
}

/// Equations and parameters that belong to a step of the summary.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::lower) struct Counted {
    pub equations: usize,
    /// The trained parameters, and the frozen ones.
    pub stored: [usize; 2],
}

/// A layer that was declared: a field of the network, or a layer inside of one.
#[derive(Debug)]
pub(in crate::lower) struct Instance<'a> {
    pub field: LayerField,
    pub path: Vec<String>,
    /// How the names of its parameters end, which then belong to the layer around it.
    pub suffix: Option<String>,
    /// The places in the path that are arrays of layers, with their counts.
    pub arrays: Vec<(usize, i64)>,
    /// `None` after a mistake.
    pub formula: Option<&'a Formula>,
    /// The names that its arguments and earlier uses have bound.
    pub bound: Environment,
    pub parameters: HashMap<String, TensorId>,
    pub states: BTreeMap<String, StateOf>,
    /// Whether it or a layer around it has `#[frozen]`.
    pub frozen: bool,
    /// The layers inside of it.
    pub inner: HashMap<String, usize>,
    pub used: bool,
    /// Whether it was called, after which its parameters are known.
    pub called: bool,
}

/// A state of a layer.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct StateOf {
    /// Its value before the step.
    pub given: TensorId,
    /// Its value after all uses of the layer so far.
    pub current: TensorId,
}

/// The batch reduction of a term, to be compared with those of the other terms.
#[derive(Debug)]
pub(in crate::lower) struct TermReduction {
    pub reduction: BatchReduction,
    /// Whether it was written.
    pub said: bool,
    pub place: Span,
}

/// A step of the forward pass as a shape message shows it.
#[derive(Debug, Clone)]
pub(in crate::lower) struct TraceLine {
    pub label: String,
    pub shape: Vec<Dim>,
    /// Such as `= 32 × 14 × 14`.
    pub note: String,
}
