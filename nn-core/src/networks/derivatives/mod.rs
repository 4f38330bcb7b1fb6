//! Derivatives of a network as functions of it: those that `#[derivatives(…)]` names.

mod compiled;
mod methods;
mod tiles;

#[cfg(feature = "alloc")]
pub use compiled::derivative_workspace;
pub use compiled::{CompiledDerivative, DerivativeTile, DerivativeWorkspace, Hvp, Jvp, Pullback, Vjp};
pub use methods::Derivatives;
