//! ONNX and TFLite models as readable `network!` source, with their weights as a safetensors file.
//!
//! ```text
//! nn-import model.onnx -o src/model.rs
//! ```
//!
//! The source reads like one that is written by hand: layers have the names of PyTorch's modules, the axis of the batch is
//! gone, shapes that the model computes are numbers. What cannot be said in the language is listed, all of it, and nothing
//! is written.

mod arrays;
mod check;
mod constant;
mod error;
mod graph;
mod network;
pub mod read;
mod tflite;
mod translate;
mod write;

use std::collections::BTreeMap;

use bytes::Bytes;

pub use constant::{Constant, Kind};
pub use error::{ImportError, Refusal};

/// What an import needs to know beside the file.
///
/// # Examples
///
/// ```
/// use nn_import::Options;
///
/// let options = Options { name: "Digits".into(), ..Options::default() };
/// assert!(options.sizes.is_empty());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name of the network; it is made a name of a type.
    pub name: String,
    /// The name of the file, for the comment on the network.
    pub file: String,
    /// Sizes by the names that they have in the model, such as the length of a sequence; that of axis 1 of the input `x` by
    /// `x.1`.
    pub sizes: Vec<(String, usize)>,
    /// Inputs that have one value in all elements: they are no inputs of the network.
    pub constants: Vec<(String, f64)>,
}

/// A tensor of the weights.
///
/// # Examples
///
/// ```
/// let bias = nn_import::Tensor { shape: vec![2], elements: vec![0.5, 1.0] };
/// assert_eq!(bias.elements[1], 1.0);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    /// Its sizes.
    pub shape: Vec<usize>,
    /// Its elements, the last axis fastest.
    pub elements: Vec<f32>,
}

/// An imported network.
///
/// # Examples
///
/// ```no_run
/// let file = std::fs::read("model.onnx")?;
/// let imported = nn_import::import(&file, &nn_import::Options::default())?;
/// println!("{}", imported.source);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Imported {
    /// The name of the network.
    pub name: String,
    /// The text of a module with the network.
    pub source: String,
    /// Parameters and states by the names of the network's `PARAMETERS` and `STATES`.
    pub tensors: BTreeMap<String, Tensor>,
    /// The names in the model of the inputs that the network has, in order; those of TFLite without what its converter puts
    /// around them: `serving_default_image:0` is `image`.
    pub inputs: Vec<String>,
}

impl Imported {
    /// The weights as the bytes of a safetensors file.
    ///
    /// # Errors
    /// If the format cannot hold them.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # fn write(imported: nn_import::Imported) -> Result<(), Box<dyn std::error::Error>> {
    /// std::fs::write("model.safetensors", imported.weights()?)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn weights(&self) -> Result<Vec<u8>, ImportError> {
        write::to_file(&self.name, &self.tensors).map_err(ImportError::Fault)
    }
}

/// Imports a model: the file says whether it is one of TFLite or of ONNX.
///
/// # Errors
/// If the file is damaged, or for all operators that cannot be said in the language.
///
/// # Examples
///
/// ```
/// let error = nn_import::import(&[], &nn_import::Options::default()).unwrap_err();
/// assert!(error.to_string().contains("no graph"));
/// ```
pub fn import(file: &[u8], options: &Options) -> Result<Imported, ImportError> {
    let graph = if tflite::is_tflite(file) {
        tflite::graph(file, options)?
    } else {
        graph::build(&read::read(Bytes::copy_from_slice(file))?, options)?
    };
    let network = arrays::joined(translate::translate(&graph)?);
    let name = write::type_name(if options.name.is_empty() { "Net" } else { &options.name });
    let written = write::source(&network, &name, &described(options, &graph));
    let tensors = write::tensors(&network, &written.layers);
    check::check(&written.text, &tensors)?;
    Ok(Imported { name, source: written.text, tensors, inputs: written.inputs })
}

/// The comment on the network.
fn described(options: &Options, graph: &graph::Graph) -> String {
    let mut text = match options.file.as_str() {
        "" => "Imported.".to_string(),
        file => format!("Imported from `{file}`."),
    };
    for note in &graph.notes {
        text = format!("{text} {note}");
    }
    text
}
