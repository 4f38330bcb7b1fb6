//! What can be wrong with a model.

use std::fmt;

/// Why a model is not imported.
///
/// # Examples
///
/// ```
/// use nn_import::{ImportError, Options, import};
///
/// assert!(matches!(import(b"no model", &Options::default()), Err(ImportError::Malformed(_))));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file is neither an ONNX nor a TFLite model, or is damaged.
    #[error("this is not a readable ONNX or TFLite file: {0}")]
    Malformed(String),
    /// The model has operators of a version that is not known.
    #[error(
        "the model has operators of version {version}; versions 7 to 21 are known{}: convert it by \
         `onnx.version_converter`",
        older(.changed)
    )]
    Opset {
        /// The version of the file.
        version: i64,
        /// Operators of an older file that are not known to be those of version 7.
        changed: Vec<String>,
    },
    /// The model computes with whole numbers that stand for real ones.
    #[error(
        "the model is quantised: its tensor `{tensor}` is {kind}; models of floats are imported: convert it without \
         quantisation, or with weights of float16"
    )]
    Quantised {
        /// The first tensor that is quantised.
        tensor: String,
        /// The type of its elements.
        kind: &'static str,
    },
    /// Parts of the model cannot be said in the language.
    #[error("{}", listed(.0))]
    Refused(Vec<Refusal>),
    /// The model exceeds a limit of the language.
    #[error("the model exceeds a limit of the language: {0}")]
    TooLarge(String),
    /// The source that was written does not compile: the importer has a fault.
    #[error(
        "the network that was written does not compile: nn-import has a fault, which its maintainers want to know: {0}"
    )]
    Fault(String),
}

/// An operator that cannot be said in the language.
///
/// # Examples
///
/// ```
/// let refusal = nn_import::Refusal::new("NonZero", "/NonZero", "the size of its result depends on values");
/// assert_eq!(refusal.to_string(), "NonZero `/NonZero`: the size of its result depends on values");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The operator.
    pub operator: String,
    /// The name of the node, or of its first result.
    pub node: String,
    /// Why it cannot be said.
    pub reason: String,
}

impl Refusal {
    /// An operator, its node and the reason.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(nn_import::Refusal::new("TopK", "best", "it sorts").operator, "TopK");
    /// ```
    #[must_use]
    pub fn new(operator: impl Into<String>, node: impl Into<String>, reason: impl Into<String>) -> Self {
        Refusal { operator: operator.into(), node: node.into(), reason: reason.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`: {}", self.operator, self.node, self.reason)
    }
}

fn older(changed: &[String]) -> String {
    if changed.is_empty() { String::new() } else { format!(", and these are others there: {}", changed.join(", ")) }
}

/// All refusals, a line each.
fn listed(refusals: &[Refusal]) -> String {
    let lines: Vec<String> = refusals.iter().map(|refusal| format!("\n  {refusal}")).collect();
    format!("the network cannot be written, because of {} of its parts:{}", refusals.len(), lines.concat())
}
