//! What was read from a file of weights.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use nn_weights::{Skipped, Taken};

/// What was read from a file of weights, and what was not. It prints as a list.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() -> Result<(), nn_core::Error> {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let mut network = Line::init(1);
/// let loaded = network.load_from(&Line::init(2).to_bytes())?;
/// assert_eq!(loaded.network.as_deref(), Some("Line"));
/// assert_eq!(loaded.to_string(), "the file in memory: 2 tensors of `Line` read\n  fc.weight [1, 2]\n  fc.bias [1]");
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loaded {
    /// The path of the file, or "the file in memory".
    pub file: String,
    /// The name of the network that was saved in the file, if it says so.
    pub network: Option<String>,
    /// The tensors that were read, in the order of the network.
    pub taken: Vec<Taken>,
    /// The tensors of the file that were not read.
    pub skipped: Vec<Skipped>,
    /// The names of the tensors that the network keeps.
    pub kept: Vec<String>,
}

impl fmt::Display for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Loaded { file, network, taken, skipped, kept } = self;
        let plural = if taken.len() == 1 { "" } else { "s" };
        write!(f, "{file}: {} tensor{plural}", taken.len())?;
        if let Some(network) = network {
            write!(f, " of `{network}`")?;
        }
        f.write_str(" read")?;
        for Taken { name, source, shape, axes, .. } in taken {
            write!(f, "\n  {name} {shape}")?;
            if source != name {
                write!(f, " from {source}")?;
            }
            if let Some(axes) = axes {
                write!(f, ", transposed by {axes:?}")?;
            }
        }
        for Skipped { name, reason } in skipped {
            write!(f, "\n  skipped {name}: {reason}")?;
        }
        kept.iter().try_for_each(|name| write!(f, "\n  kept {name}"))
    }
}
