//! The tensors of a program.

use crate::equation::number::Number;
use crate::shape::Dim;
use crate::symbolic::TensorId;

/// The role of a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The parameter of this number.
    Parameter(usize),
    /// The gradient by the parameter of this number.
    Gradient(usize),
    /// The direction of the parameter of this number, along which a derivative is taken.
    Direction(usize),
    /// The state of this number: training updates it by other means than the gradient.
    State(usize),
    /// The state of this number after a step of training.
    NextState(usize),
    /// What the step of a stream before this one has handed on, of this number.
    Carried(usize),
    /// What this step hands on in its place.
    NextCarried(usize),
    /// The parameter of this number of the network that this one is folded into.
    Folded(usize),
    /// The frozen parameter of this number, which training leaves as it is.
    Frozen(usize),
    /// The input of this number.
    Input(usize),
    /// The gradient by the input of this number.
    InputGradient(usize),
    /// The output of this number.
    Output(usize),
    /// The derivative of the output of this number along a direction.
    Tangent(usize),
    /// The target of this number.
    Target(usize),
    /// The term of the loss of this number, for each sample.
    Loss(usize),
    /// The denominator of that term, for each sample.
    Divisor(usize),
    /// The constant of this number.
    Constant(usize),
    /// An intermediate value.
    Value,
}

impl Role {
    /// Whether the network owns it: a parameter, a frozen one, or one of the state.
    #[must_use]
    pub fn is_stored(self) -> bool {
        matches!(self, Role::Parameter(_) | Role::Frozen(_) | Role::State(_))
    }

    /// Whether it is summed over the samples and not stored.
    #[must_use]
    pub fn is_summed(self) -> bool {
        matches!(self, Role::Loss(_) | Role::Divisor(_))
    }
}

/// A tensor of the program.
#[derive(Debug, Clone)]
pub struct Tensor {
    /// Its name in formulas and in the emitted code.
    pub name: String,
    /// Its sizes; the first is the number of samples if each sample has one.
    pub shape: Vec<Dim>,
    /// Its role.
    pub role: Role,
    /// The type of its elements.
    pub number: Number,
    /// For classes and indices: the number of their values.
    pub bound: Option<Dim>,
    /// For classes: the sentinel that stands for none of them.
    pub ignored: Option<i64>,
    /// The tensor below, of which it is a view in another shape.
    pub view_of: Option<TensorId>,
    /// Whether it is a recomputation, which is not shared with the original.
    pub recomputed: bool,
    /// The number of its axes, behind that of the samples, that count iterations of sequences.
    pub sequence_axes: usize,
    /// Whether these count the layers of arrays alone. Then the steps of scans may stand between the layers: all steps have
    /// the same parameters. Any other tensor has axes for all sequences around it, from the outside in.
    pub of_layers: bool,
}

impl Tensor {
    /// A tensor of floats, without bound, that is no view.
    #[must_use]
    pub fn new(name: impl Into<String>, shape: Vec<Dim>, role: Role) -> Self {
        // a layer inside of a layer is called `outer.inner`, but names become variables
        let name = name.into().replace(['.', ' '], "_");
        Tensor {
            name,
            shape,
            role,
            number: Number::Float,
            bound: None,
            ignored: None,
            view_of: None,
            recomputed: false,
            sequence_axes: 0,
            of_layers: false,
        }
    }

    /// Whether each sample has one.
    #[must_use]
    pub fn for_each_sample(&self) -> bool {
        self.shape.first().is_some_and(Dim::has_samples)
    }

    /// The sizes for one sample in one iteration.
    #[must_use]
    pub fn sample_shape(&self) -> &[Dim] {
        &self.shape[self.leading()..]
    }

    /// The number of axes in front of these.
    #[must_use]
    pub fn leading(&self) -> usize {
        usize::from(self.for_each_sample()) + self.sequence_axes
    }
}
