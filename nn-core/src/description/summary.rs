//! A network as a table.

use core::fmt;

use super::Layer;

/// The layers of a network with their shapes, parameters and operations. It prints as a table.
/// [`Network::summary`](crate::Network::summary) makes it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let summary = Line::summary();
/// assert_eq!((summary.name, summary.params, summary.params_bytes), ("Line", 3, 12));
/// assert!(summary.to_string().starts_with("Line (f32)"));
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// The network's name.
    pub name: &'static str,
    /// `f32` or `f64`.
    pub scalar: &'static str,
    /// The steps of the forward pass.
    pub layers: &'static [Layer],
    /// The number of trainable parameters.
    pub params: usize,
    /// The number of parameters of frozen layers.
    pub frozen: usize,
    /// The multiply-accumulate operations (MACs) of the forward pass, for one sample.
    pub macs: usize,
    /// The bytes of all parameters, with those of frozen layers.
    pub params_bytes: usize,
    /// The bytes of workspace for the prediction of one sample.
    pub infer_bytes: usize,
}

/// Prints a shape as `[1, 28, 28]`, padded to the width that is asked for.
struct Dims(&'static [usize]);

impl fmt::Display for Dims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = |n: usize| n.checked_ilog10().unwrap_or(0) as usize + 1;
        let inside: usize = self.0.iter().map(|&n| digits(n)).sum();
        let width = 2 + inside + 2 * self.0.len().saturating_sub(1);
        f.write_str("[")?;
        for (at, size) in self.0.iter().enumerate() {
            write!(f, "{}{size}", if at > 0 { ", " } else { "" })?;
        }
        let padding = f.width().unwrap_or(0).saturating_sub(width);
        write!(f, "]{:padding$}", "")
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({})", self.name, self.scalar)?;
        let widest = |least: usize, text: fn(&Layer) -> &str| {
            self.layers.iter().map(|layer| text(layer).chars().count()).fold(least, usize::max)
        };
        let (name, kind) = (widest(14, |layer| layer.name), widest(34, |layer| layer.kind));
        writeln!(f, "  {:name$} {:kind$} {:16} {:>11} {:>11}", "layer", "", "output", "parameters", "MACs")?;
        for l in self.layers {
            write!(f, "  {:name$} {:kind$} {:16}", l.name, l.kind, Dims(l.shape))?;
            writeln!(f, " {:>11} {:>11}", l.parameters, l.macs)?;
        }
        let all = self.params + self.frozen;
        writeln!(f, "  {:name$} {:kind$} {:16} {:>11} {:>11}", "total", "", "", all, self.macs)?;
        if self.frozen > 0 {
            writeln!(f, "  {:name$} {:kind$} {:16} {:>11}", "frozen", "", "", self.frozen)?;
        }
        write!(
            f,
            "  {} bytes of parameters, {} bytes of workspace for a prediction",
            self.params_bytes, self.infer_bytes
        )
    }
}
