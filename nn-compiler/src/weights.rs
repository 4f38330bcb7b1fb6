//! Files of weights that are read while compiling.

#[cfg(feature = "weights")]
mod file;

#[cfg(not(feature = "weights"))]
use crate::errors::Code;
use crate::errors::Errors;
use crate::lowered::Lowered;
use crate::syntax::ast::{Network, WeightsFile};

/// A file that fits a network, and lies in the program.
#[derive(Debug, Clone)]
pub struct EmbeddedWeights {
    /// Its path as it is written.
    pub path: String,
    /// The variable whose value stands in front of the path.
    pub variable: Option<String>,
    /// Its bytes.
    pub len: usize,
    /// Where each tensor of the network begins in it, in bytes: parameters, frozen ones, states.
    pub begins: Vec<usize>,
    /// What rustc checks, where sizes are constants of the user's.
    pub assumed: Vec<Assumed>,
}

/// The shape that a tensor has in the file, where that of the network is not known here.
#[derive(Debug, Clone)]
pub struct Assumed {
    /// The tensor's place among [`begins`](EmbeddedWeights::begins).
    pub tensor: usize,
    /// The sizes in the file.
    pub shape: Vec<usize>,
    /// What is said if the network has others.
    pub message: String,
}

/// The file of weights of a network or of what it is folded into, if it names one; nothing after a mistake.
pub fn embed(
    network: &Network,
    written: Option<&WeightsFile>,
    lowered: &Lowered,
    errors: &mut Errors,
) -> Option<Option<EmbeddedWeights>> {
    let Some(written) = written else { return Some(None) };
    #[cfg(feature = "weights")]
    return file::fitting(network, written, lowered, errors).map(Some);
    #[cfg(not(feature = "weights"))]
    {
        let _ = (network, lowered);
        let message = "files of weights are read with the feature `embed` of nn-core, which is off";
        errors.report(Code::WeightsFile, written.path.span(), message);
        None
    }
}
