//! Warnings: networks that compile, and probably mean something else.
//!
//! A lint looks at the syntax tree, or at the equations of a prediction, and never at names alone where the user has
//! declared a function, layer or loss of that name. `#[allow(nn::name)]` over the struct silences it.

mod batch_axis;
mod flow;
mod layers;
mod losses;

use proc_macro2::Span;
use syn::Ident;

pub(crate) use losses::loss_names;

use crate::errors::{Code, Errors, with_suggestion};
use crate::lowered::Lowered;
use crate::syntax::ast::Network;

/// What is suspected: its name in `#[allow(nn::…)]`, and what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lint {
    /// `softmax` in front of `cross_entropy`.
    SoftmaxBeforeCrossEntropy,
    /// `sigmoid` in front of `bce_with_logits`.
    SigmoidBeforeLogits,
    /// `nll` of something else than logarithms of probabilities.
    NllWithoutLogSoftmax,
    /// `bce` of something else than probabilities.
    BceWithoutSigmoid,
    /// `cross_entropy` of one output.
    CrossEntropyOfOneClass,
    /// A bias that the batch norm behind it takes away again.
    BiasBeforeBatchNorm,
    /// Two linear layers that are one.
    LinearAfterLinear,
    /// Dropout of the output.
    DropoutOfOutput,
    /// A leading axis that nothing in the network mixes.
    BatchAxis,
}

impl Lint {
    /// All lints.
    pub const ALL: [Lint; 9] = [
        Lint::SoftmaxBeforeCrossEntropy,
        Lint::SigmoidBeforeLogits,
        Lint::NllWithoutLogSoftmax,
        Lint::BceWithoutSigmoid,
        Lint::CrossEntropyOfOneClass,
        Lint::BiasBeforeBatchNorm,
        Lint::LinearAfterLinear,
        Lint::DropoutOfOutput,
        Lint::BatchAxis,
    ];

    /// Its name in `#[allow(nn::…)]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Lint::SoftmaxBeforeCrossEntropy => "softmax_before_cross_entropy",
            Lint::SigmoidBeforeLogits => "sigmoid_before_logits",
            Lint::NllWithoutLogSoftmax => "nll_without_log_softmax",
            Lint::BceWithoutSigmoid => "bce_without_sigmoid",
            Lint::CrossEntropyOfOneClass => "cross_entropy_of_one_class",
            Lint::BiasBeforeBatchNorm => "bias_before_batch_norm",
            Lint::LinearAfterLinear => "linear_after_linear",
            Lint::DropoutOfOutput => "dropout_of_output",
            Lint::BatchAxis => "batch_axis",
        }
    }
}

/// A warning.
#[derive(Debug, Clone)]
pub struct Warning {
    /// What is suspected.
    pub lint: Lint,
    /// Where it is shown.
    pub place: Span,
    /// The text.
    pub text: String,
}

/// The warnings for a network that compiles, but for those that it allows.
#[must_use]
pub fn warnings(network: &Network, infer: &Lowered) -> Vec<Warning> {
    let mut warnings = losses::of_losses(network, infer);
    warnings.extend(layers::of_layers(network));
    warnings.extend(batch_axis::of_batch_axis(network, infer));
    let allowed = |lint: Lint| network.allowed.iter().any(|allowed| allowed == lint.name());
    warnings.retain(|warning| !allowed(warning.lint));
    warnings
}

/// Reports names in `#[allow(nn::…)]` that are no lints.
pub fn check_allowed(network: &Network, errors: &mut Errors) {
    let names = || Lint::ALL.map(Lint::name);
    for name in network.allowed.iter().filter(|name| !names().iter().any(|known| name == known)) {
        let message =
            format!("there is no lint `nn::{name}`: there are {}", names().map(|name| format!("`{name}`")).join(", "));
        errors.report(Code::Attribute, name.span(), with_suggestion(message, &name.to_string(), names()));
    }
}

/// Whether a name means what it means in the library.
fn is_of_library(network: &Network, name: &Ident) -> bool {
    !network.formulas.iter().any(|formula| formula.name == *name)
}
