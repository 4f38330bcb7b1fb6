//! The steps of a forward pass.

/// A step of the forward pass, for its summary. Listed in [`Compiled::LAYERS`](crate::Compiled::LAYERS).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let layer = Line::<f32>::LAYERS[0];
/// assert_eq!((layer.name, layer.kind), ("fc", "Linear(2 => 1)"));
/// assert_eq!((layer.shape, layer.parameters, layer.macs), (&[1][..], 3, 2));
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// The name of the layer or function.
    pub name: &'static str,
    /// How a layer was declared; empty for a function.
    pub kind: &'static str,
    /// The sizes of its result, for one sample.
    pub shape: &'static [usize],
    /// The number of parameters it owns; 0 where a layer is used again.
    pub parameters: usize,
    /// Multiplications with addition (MACs) for one sample, forward.
    pub macs: usize,
}

impl Layer {
    /// A row of the summary.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        kind: &'static str,
        shape: &'static [usize],
        parameters: usize,
        macs: usize,
    ) -> Self {
        Layer { name, kind, shape, parameters, macs }
    }
}
