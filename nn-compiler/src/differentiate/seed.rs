//! What adjoints begin with.

use crate::symbolic::{ExpressionId, TensorId};

/// What the adjoint of a tensor begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seed {
    /// The same number for each element: an expression that reads no element and knows no index.
    Number(ExpressionId),
    /// The elements of a tensor of the same shape.
    Tensor(TensorId),
}
