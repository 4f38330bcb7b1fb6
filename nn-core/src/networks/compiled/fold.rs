//! Networks that fold into another.

use super::Compiled;
use crate::kernels::instruction_set::InstructionSet;
use crate::networks::Memory;
use crate::tensors::Plain;

/// The types of a network with `#[folded(Name)]`, which [`network!`](macro@crate::network) implements.
///
/// Do not implement it by hand. Every `CompiledFold` has the methods of [`Fold`](crate::Fold).
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     #[folded(Deployed)]
///     struct Net { fc: Linear(3 => 2), norm: BatchNorm1d(2) }
///     fn forward(x: [3]) -> [2] { norm(fc(x)) }
/// }
///
/// fn parameters_before_and_after<N: CompiledFold>() -> [usize; 2] {
///     [N::PARAMS, N::Folded::PARAMS]
/// }
///
/// assert_eq!(parameters_before_and_after::<Net>(), [3 * 2 + 2 + 2 + 2, 3 * 2 + 2]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be folded",
    note = "write `#[folded(Name)]` over its struct, with a name for the network that it is folded into"
)]
pub trait CompiledFold: Compiled {
    /// The network that it is folded into.
    type Folded: Compiled<Scalar = Self::Scalar, Input = Self::Input, Output = Self::Output>;
    /// The workspace of folding.
    type FoldScratch: Plain<Element = Self::Scalar>;
    /// Computes the parameters of the folded network.
    #[doc(hidden)]
    fn fold_tile(&self, instructions: InstructionSet, memory: Memory<'_, Self::Scalar>, folded: &mut Self::Folded);
}
