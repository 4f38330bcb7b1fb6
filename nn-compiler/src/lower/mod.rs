//! From the syntax tree to equations: names are resolved, shapes are checked, formulas unfolded.

mod arguments;
mod arrays;
mod asked;
mod assign;
mod axes;
mod calls;
mod divisors;
mod environment;
mod extents;
mod fields;
mod formulas;
mod layers;
mod layout;
mod library;
mod linear;
mod loss;
mod messages;
mod network;
mod numbers;
mod numerator;
mod parameters;
mod patterns;
mod positions;
mod reductions;
mod requirements;
mod scalars;
mod shapes;
mod sizes;
mod states;
mod structure;
mod tables;
mod terms;
mod unify;
mod unused;
mod values;
mod words;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use proc_macro2::{Span, TokenStream};

use crate::equation::Program;
use crate::errors::Errors;
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, IndexId, TensorId};
use crate::syntax::ast::{self, Submodel};

pub(crate) use crate::syntax::RawOrPlain;
pub use library::{Library, LibraryText, library_formulas};
pub use loss::BatchReduction;
pub use network::lower;
pub(crate) use sizes::literal_size;
pub use unused::report_unused;

/// The most sizes that a tensor has.
pub(crate) const MAX_AXES: usize = 6;

/// Whether the network is trained or predicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// While training: dropout drops.
    Train,
    /// While predicting.
    Infer,
}

/// A network as equations.
#[derive(Debug, Clone)]
pub struct Lowered {
    /// The forward pass and, where there is one, the loss.
    pub program: Program,
    /// The inputs by number.
    pub inputs: Vec<Port>,
    /// The outputs by number.
    pub outputs: Vec<Port>,
    /// The targets by number.
    pub targets: Vec<Port>,
    /// The parameters in the order of the flat view.
    pub parameters: Vec<Parameter>,
    /// The states in the order of the flat view.
    pub states: Vec<Parameter>,
    /// The layers that are networks, by their paths.
    pub networks: Vec<(Vec<String>, Submodel)>,
    /// The terms of the loss.
    pub terms: Vec<Term>,
    /// The steps of the forward pass, for the summary.
    pub steps: Vec<Step>,
    /// The uses of layers with `#[checkpoint]`, in order.
    pub checkpoints: Vec<Checkpoint>,
    /// What has to hold of sizes that the macro cannot see.
    pub obligations: Vec<Obligation>,
    /// The tokens of every symbol.
    pub symbols: BTreeMap<String, TokenStream>,
    /// Whether anything in it differs between training and prediction.
    pub has_modes: bool,
    /// Whether samples are brought together before the loss.
    pub names_batch: bool,
}

/// A use of a layer of which nothing in between is kept for the way back.
#[derive(Debug, Clone)]
pub struct Checkpoint {
    /// Its equations.
    pub equations: Range<usize>,
    /// Its result, which is kept.
    pub result: TensorId,
}

/// An input, output or target.
#[derive(Debug, Clone)]
pub struct Port {
    /// Its name.
    pub name: String,
    /// Its tensor.
    pub tensor: TensorId,
}

/// A parameter tensor, or one of the state.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The layer that owns it: a field, and the layers inside of it.
    pub path: Vec<String>,
    /// The places in the path that are arrays of layers, with their counts.
    pub arrays: Vec<(usize, i64)>,
    /// Its name in that layer.
    pub name: String,
    /// Its sizes, in each layer of an array.
    pub shape: Vec<Dim>,
    /// Its tensor, with an axis for each array.
    pub tensor: TensorId,
    /// How it is initialised.
    pub initial: Initial,
}

impl Parameter {
    /// Its elements in all layers of the arrays that it is in; `None` where that overflows.
    #[must_use]
    pub fn len(&self) -> Option<Dim> {
        self.arrays.iter().try_fold(Dim::product(&self.shape)?, |len, (_, count)| len.multiply(&Dim::from(*count)))
    }
}

/// How a parameter is initialised: a distribution and its arguments.
#[derive(Debug, Clone)]
pub enum Initial {
    /// All the same.
    Constant(ExpressionId),
    /// Between two bounds.
    Uniform(ExpressionId, ExpressionId),
    /// With a mean and a standard deviation.
    Normal(ExpressionId, ExpressionId),
    /// By fan-in and gain.
    KaimingUniform(ExpressionId, ExpressionId),
    /// By fan-in and gain.
    KaimingNormal(ExpressionId, ExpressionId),
    /// By fan-in, fan-out and gain.
    XavierUniform(ExpressionId, ExpressionId, ExpressionId),
    /// By fan-in, fan-out and gain.
    XavierNormal(ExpressionId, ExpressionId, ExpressionId),
}

/// A term of the loss.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// Its factor.
    pub coefficient: f64,
    /// How the samples are brought together.
    pub reduction: BatchReduction,
    /// Its value for each sample.
    pub tensor: TensorId,
    /// What its sum is divided by, for each sample, where that is not the number of samples.
    pub divisor: Option<TensorId>,
}

/// A step of the forward pass.
#[derive(Debug, Clone)]
pub struct Step {
    /// The name of the layer or function.
    pub name: String,
    /// How it was declared or called.
    pub kind: String,
    /// The sizes of its result.
    pub shape: Vec<Dim>,
    /// The number of parameters that appear here first.
    pub parameters: Dim,
    /// Multiplications with addition.
    pub macs: Dim,
}

/// Something that must hold of sizes that are not known while the macro expands.
#[derive(Debug, Clone)]
pub struct Obligation {
    /// The size that must not be negative.
    pub not_negative: Dim,
    /// Whether it must be zero.
    pub zero: bool,
    /// What to say where it does not hold.
    pub message: String,
}

/// The state of lowering.
struct Lowering<'a> {
    errors: &'a mut Errors,
    library: &'a Library<'a>,
    mode: Mode,
    out: Lowered,
    layers: Vec<layers::Instance<'a>>,
    trace: Vec<messages::TraceLine>,
    /// How many layers have drawn random numbers so far.
    draws: u32,
    /// The equations and parameters that a step of the summary has counted.
    counted: (usize, usize),
    /// Whether a layer around has `#[checkpoint]`.
    in_checkpoint: bool,
    /// How deep formulas are nested.
    depth: usize,
    /// The sequences that are being written, from the outside in: what is added belongs to a turn of them.
    turns: Vec<IndexId>,
    /// The indices of what is computed element by element, by the axis and its size.
    elementwise: HashMap<(usize, Dim), IndexId>,
    /// The tensors that hold one number everywhere.
    filled: HashMap<TensorId, ExpressionId>,
    /// How the classes of a tensor are used: the one that each use leaves out.
    classes: BTreeMap<TensorId, Vec<Option<i64>>>,
    /// The tensors that definitions with indices have begun: what they are called, and where.
    indexed: Vec<(TensorId, String, Span)>,
    generics: Vec<String>,
    /// The names of sizes that there are not and of which that was said.
    unknown_sizes: HashSet<String>,
    /// How the terms of the loss are brought together.
    brought: Vec<asked::Brought>,
    /// Whether what is unfolded belongs to the loss.
    in_loss: bool,
    /// The constants that a tensor repeats along its first axes.
    repeated: HashMap<TensorId, TensorId>,
}

/// The network's struct, for those who need both.
pub type Source = ast::Network;
