//! The meanings of names inside of `forward` or of a formula.

use std::collections::BTreeMap;

use proc_macro2::Span;

use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, TensorId};

/// The meaning of a name.
#[derive(Debug, Clone)]
pub(in crate::lower) enum Binding {
    /// A size, and the user's token it came from.
    Size(Dim, Span),
    /// The position of a scan's step.
    Position(Affine),
    /// A real number known while compiling.
    Real(ExpressionId),
    /// A switch.
    Bool(bool),
    /// One of some words.
    Word(String),
    /// Numbers that become a tensor once its shape is known.
    Numbers(Numbers, Span),
    /// `none`: an absent value.
    Nothing,
    /// A scalar that depends on indices: the argument of a scalar function.
    Scalar(ExpressionId),
    /// A tensor.
    Tensor(TensorId),
    /// A layer, by its number.
    Layer(usize),
    /// Unknown after a mistake: no further mistake follows from it.
    Unknown,
}

/// Numbers as a user writes them: one, or as many as there are along an axis.
#[derive(Debug, Clone)]
pub(in crate::lower) enum Numbers {
    /// One for all elements.
    One(f64),
    /// A part for each position along the first axis.
    Parts(Vec<Numbers>),
}

/// A value of a whole-tensor expression.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) enum Value {
    /// A tensor.
    Tensor(TensorId),
    /// A number known while compiling.
    Real(ExpressionId),
    /// Unknown after a mistake.
    Unknown,
}

/// The value of a call.
#[derive(Debug, Clone)]
pub(in crate::lower) enum Called {
    /// Of one result.
    One(Value),
    /// Of several.
    Several(Vec<Value>),
}

impl From<Value> for Called {
    fn from(value: Value) -> Self {
        Called::One(value)
    }
}

/// A scalar of a loss with its means replaced by sums.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) enum Numerator {
    /// It has no mean.
    Plain,
    /// It is linear in its means.
    Sum(Value),
    /// It is not linear in them, for this reason.
    NotLinear(&'static str),
}

impl From<Value> for Binding {
    fn from(value: Value) -> Self {
        match value {
            Value::Tensor(tensor) => Binding::Tensor(tensor),
            Value::Real(value) => Binding::Real(value),
            Value::Unknown => Binding::Unknown,
        }
    }
}

/// The names in force.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Environment {
    pub names: BTreeMap<String, Binding>,
    /// The keyword under which the user gives each parameter in `<…>`.
    pub keywords: BTreeMap<String, String>,
    /// The sizes that `..` and `N..` stand for, by their text.
    pub rests: BTreeMap<String, Vec<Dim>>,
    /// The user's tokens that those with a name came from.
    pub rest_places: BTreeMap<String, Span>,
    /// The number of the axis of which a name is the size, where that was given; from the end if negative.
    pub axes: BTreeMap<String, i64>,
    /// The numbers of the axes that a name stands for; nothing for all of them.
    pub axis_lists: BTreeMap<String, Option<Vec<i64>>>,
    /// The numerators of the names, if the formula is a loss whose means become sums.
    pub numerators: Option<BTreeMap<String, Numerator>>,
    /// The name of results: that of the layer or function.
    pub label: String,
    /// The layer whose parameters these are.
    pub layer: Option<usize>,
    /// The place of the formula's call; mistakes of the library's formulas are reported there.
    pub call: Span,
    /// Whether the text belongs to the library.
    pub library: bool,
}

impl Environment {
    pub(in crate::lower) fn new(label: &str, call: Span, library: bool) -> Self {
        Environment {
            names: BTreeMap::new(),
            keywords: BTreeMap::new(),
            rests: BTreeMap::new(),
            rest_places: BTreeMap::new(),
            axes: BTreeMap::new(),
            axis_lists: BTreeMap::new(),
            numerators: None,
            label: label.into(),
            layer: None,
            call,
            library,
        }
    }

    pub(in crate::lower) fn bind(&mut self, name: &str, binding: Binding) {
        self.names.insert(name.into(), binding);
    }

    /// The place to report a mistake at `span`: library text is not the user's.
    pub(in crate::lower) fn place(&self, span: Span) -> Span {
        if self.library { self.call } else { span }
    }
}

/// The indices in force in an indexed expression.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct Scope {
    pub indices: Vec<(String, IndexId)>,
    /// The indices that `..` and `N..` stand for, by their text; the innermost last.
    pub rests: Vec<(String, Vec<IndexId>)>,
    /// Whether a reduction around runs over the samples.
    pub batch: bool,
}

impl Scope {
    pub(in crate::lower) fn find(&self, name: &str) -> Option<IndexId> {
        self.indices.iter().rev().find(|(known, _)| known == name).map(|(_, index)| *index)
    }

    /// The indices that a rest stands for.
    pub(in crate::lower) fn rest(&self, text: &str) -> Option<&[IndexId]> {
        self.rests.iter().rev().find(|(known, _)| known == text).map(|(_, indices)| indices.as_slice())
    }

    /// All indices in force.
    pub(in crate::lower) fn all(&self) -> impl Iterator<Item = IndexId> + '_ {
        let rests = self.rests.iter().flat_map(|(_, indices)| indices);
        rests.chain(self.indices.iter().map(|(_, index)| index)).copied()
    }
}
