//! A network as equations: the result of `lower`, which all later stages read.

use std::collections::BTreeMap;
use std::ops::Range;

use proc_macro2::{Span, TokenStream};

use crate::equation::{Program, Role};
use crate::errors::Code;
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, TensorId};
use crate::syntax::ast::Submodel;

/// A network as equations.
#[derive(Debug, Clone, Default)]
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
    pub parameters: Vec<StoredTensor>,
    /// The parameters that training leaves as they are, in the order of the flat view.
    pub frozen: Vec<StoredTensor>,
    /// The states in the order of the flat view.
    pub states: Vec<StoredTensor>,
    /// What the step of a stream hands on to the next.
    pub carried: Vec<StoredTensor>,
    /// The layers that are networks, and have their structs of parameters.
    pub networks: Vec<NetworkLayer>,
    /// The terms of the loss.
    pub terms: Vec<Term>,
    /// The steps of the forward pass, for the summary.
    pub steps: Vec<SummaryRow>,
    /// The uses of layers with `#[checkpoint]`, in order.
    pub checkpoints: Vec<Checkpoint>,
    /// The conditions on sizes that the macro cannot see.
    pub obligations: Vec<Obligation>,
    /// What every symbol is in Rust that is no type parameter.
    pub symbols: BTreeMap<String, SizeSource>,
    /// Whether it differs between training and prediction.
    pub has_modes: bool,
    /// Whether it reduces over the samples before the loss.
    pub names_batch: bool,
}

impl Lowered {
    /// All tensors that the network owns.
    pub(crate) fn stored(&self) -> impl Iterator<Item = &StoredTensor> {
        self.parameters.iter().chain(&self.frozen).chain(&self.states)
    }

    /// Whether a tensor's role makes it part of a sample with several parts.
    pub(crate) fn is_copied(&self, role: Role) -> bool {
        match role {
            Role::Input(_) | Role::InputGradient(_) => self.inputs.len() > 1,
            Role::Target(_) => self.targets.len() > 1,
            Role::Output(_) | Role::Tangent(_) => self.outputs.len() > 1,
            _ => false,
        }
    }
}

/// A layer that is a network.
#[derive(Debug, Clone)]
pub struct NetworkLayer {
    /// The path of the layer.
    pub path: Vec<String>,
    /// The network.
    pub network: Submodel,
    /// Whether the layer is frozen: what are parameters of the network are frozen ones here.
    pub frozen: bool,
}

/// A use of a layer whose intermediate values are recomputed in the backward pass.
#[derive(Debug, Clone)]
pub struct Checkpoint {
    /// Its equations.
    pub equations: Range<usize>,
    /// Its results, which are kept.
    pub results: Vec<TensorId>,
}

/// An input, output or target.
#[derive(Debug, Clone)]
pub struct Port {
    /// Its name.
    pub name: String,
    /// Its tensor.
    pub tensor: TensorId,
}

/// A tensor that the network owns: a parameter, or one of the state.
#[derive(Debug, Clone)]
pub struct StoredTensor {
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
    /// Its initial values.
    pub initial: Initial,
}

impl StoredTensor {
    /// Its number of elements in all layers of its arrays; `None` where that overflows.
    #[must_use]
    pub fn len(&self) -> Option<Dim> {
        self.arrays.iter().try_fold(Dim::product(&self.shape)?, |len, (_, count)| len.multiply(&Dim::from(*count)))
    }
}

/// The initial values of a parameter: a distribution and its arguments.
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
    /// Its reduction over the batch.
    pub reduction: BatchReduction,
    /// Its value for each sample.
    pub tensor: TensorId,
    /// Its denominator, for each sample, where that is not the number of samples.
    pub divisor: Option<TensorId>,
}

/// A row of the summary: a step of the forward pass.
#[derive(Debug, Clone)]
pub struct SummaryRow {
    /// The name of the layer or function.
    pub name: String,
    /// Its declaration or call.
    pub kind: String,
    /// The sizes of its result.
    pub shape: Vec<Dim>,
    /// The number of parameters that appear here first.
    pub parameters: Dim,
    /// Multiplications with addition.
    pub macs: Dim,
}

/// A condition on sizes that are not known while the macro expands.
#[derive(Debug, Clone)]
pub struct Obligation {
    /// The size that must not be negative.
    pub not_negative: Dim,
    /// Whether it must be zero.
    pub zero: bool,
    /// The kind of mistake where it does not hold.
    pub code: Code,
    /// The message where it does not hold.
    pub message: String,
    /// Where it is reported.
    pub place: Span,
}

impl PartialEq for Obligation {
    fn eq(&self, other: &Self) -> bool {
        let parts = |of: &Self| (of.not_negative.clone(), of.zero, of.code, of.message.clone());
        parts(self) == parts(other)
    }
}

/// What a size is in Rust that the macro cannot see.
#[derive(Debug, Clone)]
pub enum SizeSource {
    /// A typenum type.
    Type(TokenStream),
    /// A constant expression.
    Constant(TokenStream),
}

/// The reduction over the samples of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchReduction {
    /// By their mean.
    Mean,
    /// By their sum.
    Sum,
}
