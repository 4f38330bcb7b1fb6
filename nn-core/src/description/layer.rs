//! The steps of a forward pass.

/// A step of the forward pass: a row of the summary. [`Compiled::LAYERS`](crate::Compiled::LAYERS) lists them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let layer = Line::LAYERS[0];
/// assert_eq!((layer.name, layer.kind), ("fc", "Linear(2 => 1)"));
/// assert_eq!((layer.shape, layer.parameters, layer.macs), (&[1][..], 3, 2));
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// The name of the layer or function.
    pub name: &'static str,
    /// The declaration of a layer, such as `Linear(2 => 1)`. It is empty for a function.
    pub kind: &'static str,
    /// The shape of its result, for one sample, outermost size first.
    pub shape: &'static [usize],
    /// The number of its parameters. It is 0 where a layer is called again.
    pub parameters: usize,
    /// The multiply-accumulate operations (MACs) of the forward pass, for one sample.
    pub macs: usize,
}

impl Layer {
    /// A step of the forward pass.
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
