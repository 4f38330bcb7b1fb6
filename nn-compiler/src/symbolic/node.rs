//! The nodes of expressions.

use super::affine::{Affine, Position};
use super::ids::{ExpressionId, Function, TensorId};
use super::relation::Relation;
use crate::shape::Dim;

/// One node. Children have smaller numbers than their parent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// A number, by its bits.
    Constant(u64),
    /// A size as a real number.
    Size(Dim),
    /// The value of an index as a real number.
    Index(Affine),
    /// The factor of a term of the loss: one by its denominator.
    Scale(usize),
    /// An element of a tensor; `outside` is the value where the position lies outside.
    Read {
        /// The tensor.
        tensor: TensorId,
        /// A position for each axis.
        at: Vec<Position>,
        /// The value of reads outside; `None` if all are inside.
        outside: Option<u64>,
    },
    /// A random number in 0 ≤ u < 1, for one element of a layer's draw.
    Random {
        /// Which layer draws.
        layer: u32,
        /// Which element.
        element: Affine,
    },
    /// A sum of expressions with factors; a constant is a term of the node for one.
    Sum(Vec<(u64, ExpressionId)>),
    /// A product of powers, without constants.
    Product(Vec<(ExpressionId, i32)>),
    /// A function of the table.
    Apply(Function, Vec<ExpressionId>),
    /// The one or the other.
    Where {
        /// The comparison.
        relation: Relation,
        /// Its left side.
        left: ExpressionId,
        /// Its right side.
        right: ExpressionId,
        /// The value where it holds.
        then: ExpressionId,
        /// The value where it does not.
        otherwise: ExpressionId,
    },
}

impl Node {
    /// The expressions directly below.
    #[must_use]
    pub fn children(&self) -> Vec<ExpressionId> {
        match self {
            Node::Constant(_) | Node::Size(_) | Node::Index(_) | Node::Scale(_) | Node::Random { .. } => Vec::new(),
            Node::Read { at, .. } => at
                .iter()
                .filter_map(|position| if let Position::Gather(id) = position { Some(*id) } else { None })
                .collect(),
            Node::Sum(terms) => terms.iter().map(|(_, id)| *id).collect(),
            Node::Product(factors) => factors.iter().map(|(id, _)| *id).collect(),
            Node::Apply(_, arguments) => arguments.clone(),
            Node::Where { left, right, then, otherwise, .. } => vec![*left, *right, *then, *otherwise],
        }
    }
}
