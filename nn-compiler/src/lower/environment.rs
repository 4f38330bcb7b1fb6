//! What names mean inside of `forward` or of a formula.

use std::collections::BTreeMap;

use proc_macro2::Span;

use crate::shape::Dim;
use crate::symbolic::{ExpressionId, IndexId, TensorId};

/// What a name stands for.
#[derive(Debug, Clone)]
pub(super) enum Binding {
    /// A size, and the user's token it came from.
    Size(Dim, Span),
    /// A real number known while compiling.
    Real(ExpressionId),
    /// A switch.
    Bool(bool),
    /// One of some words.
    Word(String),
    /// A number that depends on indices: the argument of a scalar function.
    Scalar(ExpressionId),
    /// A tensor.
    Tensor(TensorId),
    /// A layer, by its number.
    Layer(usize),
    /// Something that a mistake made unknown: no further mistake follows from it.
    Unknown,
}

/// A value of a whole-tensor expression.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value {
    /// A tensor.
    Tensor(TensorId),
    /// A number known while compiling.
    Real(ExpressionId),
    /// Unknown after a mistake.
    Unknown,
}

/// The names in force.
#[derive(Debug, Clone)]
pub(super) struct Environment {
    pub names: BTreeMap<String, Binding>,
    /// What the user calls the parameters in `<…>`: the keyword of each name.
    pub keywords: BTreeMap<String, String>,
    /// What `..` stands for.
    pub rest: Option<Vec<Dim>>,
    /// What results are called: the layer's or function's name.
    pub label: String,
    /// The layer whose parameters these are.
    pub layer: Option<usize>,
    /// Where the formula was called; mistakes of the library's formulas are reported there.
    pub call: Span,
    /// Whether the text belongs to the library.
    pub library: bool,
}

impl Environment {
    pub(super) fn new(label: &str, call: Span, library: bool) -> Self {
        let (names, keywords) = Default::default();
        Environment { names, keywords, rest: None, label: label.into(), layer: None, call, library }
    }

    pub(super) fn bind(&mut self, name: &str, binding: Binding) {
        self.names.insert(name.into(), binding);
    }

    /// Where to report a mistake at `span`: library text is not the user's.
    pub(super) fn place(&self, span: Span) -> Span {
        if self.library { self.call } else { span }
    }
}

/// The indices in force in an indexed expression.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    pub indices: Vec<(String, IndexId)>,
    /// The indices that `..` stands for.
    pub rest: Option<Vec<IndexId>>,
    /// Whether a reduction around runs over the samples.
    pub batch: bool,
}

impl Scope {
    pub(super) fn find(&self, name: &str) -> Option<IndexId> {
        self.indices.iter().rev().find(|(known, _)| known == name).map(|(_, index)| *index)
    }
}
