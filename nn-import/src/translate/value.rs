//! Values of the model while it is translated.

use crate::constant::{Constant, Kind};
use crate::network::Expression;

/// A value of the model.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// Its elements are known.
    Constant(Constant),
    /// It is computed from inputs.
    Computed(Computed),
}

/// A value that is computed.
#[derive(Debug, Clone)]
pub(super) struct Computed {
    /// The shape in the model.
    pub(super) shape: Vec<usize>,
    /// The axes that the network does without, such as that of the batch. All have the size 1.
    pub(super) dropped: Vec<bool>,
    pub(super) kind: Element,
    pub(super) expression: Expression,
}

/// What the elements of a computed value are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// Numbers, whole ones and truth values among them.
    Number(Kind),
    /// Indices below a bound, of which the language has a type.
    Index(usize),
}

impl Value {
    pub(super) fn shape(&self) -> &[usize] {
        match self {
            Value::Constant(constant) => &constant.shape,
            Value::Computed(computed) => &computed.shape,
        }
    }

    pub(super) fn kind(&self) -> Kind {
        match self {
            Value::Constant(constant) => constant.kind,
            Value::Computed(Computed { kind: Element::Number(kind), .. }) => *kind,
            Value::Computed(_) => Kind::Whole,
        }
    }
}

impl Computed {
    pub(super) fn new(shape: Vec<usize>, dropped: Vec<bool>, expression: Expression) -> Self {
        Computed { shape, dropped, kind: Element::Number(Kind::Real), expression }
    }

    /// A value of which the network has all axes.
    pub(super) fn whole(shape: Vec<usize>, expression: Expression) -> Self {
        let dropped = vec![false; shape.len()];
        Computed::new(shape, dropped, expression)
    }

    /// The sizes that the network has.
    pub(super) fn present(&self) -> Vec<usize> {
        present(&self.shape, &self.dropped)
    }

    /// The axis of the network that an axis of the model is; `None` if the network does without.
    pub(super) fn own_axis(&self, axis: usize) -> Option<usize> {
        (!self.dropped[axis]).then(|| self.dropped[..axis].iter().filter(|dropped| !**dropped).count())
    }
}

/// The sizes without those of dropped axes.
pub(super) fn present(shape: &[usize], dropped: &[bool]) -> Vec<usize> {
    shape.iter().zip(dropped).filter(|(_, dropped)| !**dropped).map(|(size, _)| *size).collect()
}

/// Sizes as they are written in a call: `3, 28, 28`.
pub(super) fn listed<T: ToString>(sizes: &[T]) -> String {
    sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// One size if all are the same, else several in parentheses.
pub(super) fn tuple<T: ToString + PartialEq>(sizes: &[T]) -> String {
    match sizes {
        [first, rest @ ..] if rest.iter().all(|size| size == first) => first.to_string(),
        _ => format!("({})", listed(sizes)),
    }
}
