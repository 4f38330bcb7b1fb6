//! Formulas: functions, layers, losses.

use proc_macro2::Span;
use syn::{Ident, LitStr};

use super::{Arguments, Expression, LayerField, Rest, Subscript, Type, TypedName};

/// The kind of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormulaKind {
    /// `fn`
    Function,
    /// `layer`
    Layer,
    /// `loss`
    Loss,
    /// `size`
    Size,
}

/// A function, layer or loss.
#[derive(Debug, Clone)]
pub struct Formula {
    /// Which of the three.
    pub kind: FormulaKind,
    /// Its name.
    pub name: Ident,
    /// The parameters in `<…>`.
    pub parameters: Vec<Parameter>,
    /// The tensors or numbers it takes.
    pub inputs: Vec<TypedName>,
    /// The last of them may be left out: what holds of each of these then.
    pub optional: Vec<LeftOut>,
    /// The name and type of the result; of the first, if there are several.
    pub result: TypedName,
    /// The names and types of the further results.
    pub further: Vec<TypedName>,
    /// The denominator of a loss, summed over the samples as its result is.
    pub divisor: Option<TypedName>,
    /// The statements.
    pub body: Vec<Statement>,
    /// Arguments with which it is tested.
    pub examples: Vec<Example>,
    /// Whether it belongs to the library: its mistakes are then not the user's.
    pub library: bool,
    /// Whether a `use` brought it in: it was looked at where it is declared.
    pub imported: bool,
    /// The network that it is made of.
    pub network: Option<Submodel>,
}

/// What an input is that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// `= zeros`: a tensor of zeros.
    Zeros,
    /// `= none`: nothing, for which the body may ask.
    Nothing,
}

impl Formula {
    /// What holds of an input that is left out; `None` where it has to be given.
    #[must_use]
    pub fn left_out(&self, input: usize) -> Option<LeftOut> {
        input.checked_sub(self.inputs.len() - self.optional.len()).map(|at| self.optional[at])
    }

    /// All results.
    pub fn results(&self) -> impl Iterator<Item = &TypedName> {
        std::iter::once(&self.result).chain(&self.further)
    }
}

/// A network that is a layer of another.
#[derive(Debug, Clone)]
pub struct Submodel {
    /// The path by which it was brought in.
    pub path: syn::Path,
    /// Its layers in the order of their declaration.
    pub layers: Vec<String>,
}

/// One parameter in `<…>`: `kernel: K`, `delta: D: real = 1.0`, or one side of `In => Out`.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The keyword by which it can be given.
    pub keyword: Option<Ident>,
    /// Whether `=>` stands behind it.
    pub arrow: bool,
    /// The names it binds.
    pub pattern: Pattern,
    /// Its kind.
    pub kind: ParameterKind,
    /// Its value where none is given.
    pub default: Option<Expression>,
    /// Words that stand for sizes, as in `padding: P = 0 or same = (K - 1)/2`.
    pub words: Vec<(Ident, Expression)>,
}

/// A name, or one for each axis.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// `K`
    Name(Ident),
    /// `(KH, KW)` or `((T, B), (L, R))`: one value stands for all.
    Tuple(Vec<Pattern>),
    /// `N..`: one value, or several in parentheses.
    Rest(Rest),
}

/// The kind of a formula's parameter.
#[derive(Debug, Clone)]
pub enum ParameterKind {
    /// A whole number of at least zero.
    Size,
    /// A real number.
    Real,
    /// `true` or `false`.
    Bool,
    /// One of some words.
    Word(Vec<Ident>),
    /// The number of an axis of the input: that of which the name is the size.
    Axis,
    /// The numbers of one axis, of several or of all (`none`): the name is the number of elements along them.
    Axes,
    /// Numbers of this shape.
    Numbers(Type),
}

/// `example (5 => 3) { x: [5] = uniform(-1, 1) }`.
#[derive(Debug, Clone)]
pub struct Example {
    /// Arguments for `<…>`.
    pub arguments: Arguments,
    /// For each input: its shape and the range of its values.
    pub inputs: Vec<ExampleInput>,
}

/// The values of one input of an example.
#[derive(Debug, Clone)]
pub struct ExampleInput {
    /// The name of the input.
    pub name: Ident,
    /// Its sizes, where the formula does not say.
    pub sizes: Vec<i64>,
    /// The least value.
    pub low: f64,
    /// The greatest value.
    pub high: f64,
}

/// A statement of a body.
#[derive(Debug, Clone)]
pub enum Statement {
    /// `param weight: [Out, In] = uniform(…);` or `state …`.
    Parameter(ParameterStatement),
    /// `a: Conv2d(C => C, kernel = 3);` inside of a layer.
    Layer(LayerField),
    /// `y[o] = …;`, `y = …;` or `let y = …;`.
    Assign(Assign),
    /// `let (y, h) = f(x);`
    Several(Several),
    /// `if bias { … } else { … }`.
    If {
        /// Decided while compiling.
        condition: Expression,
        /// The statements where it holds.
        then: Vec<Statement>,
        /// The statements where it does not.
        otherwise: Vec<Statement>,
    },
    /// `state running_mean: [C] = zeros;`: a tensor that training updates by other means than the gradient.
    State(ParameterStatement),
    /// `next running_mean[c] = …;`: the value of a state after this step of training.
    Next(Assign),
    /// `scan t: T { … }`: the same statements at one position after the other.
    Scan(Scan),
    /// `require rate < 1;` or `require 2 * (N/2) == N, "N is even";`: a condition on parameters and sizes.
    Require {
        /// Decided while compiling.
        condition: Expression,
        /// The message in place of the condition.
        message: Option<LitStr>,
    },
    /// `train { … } infer { … }`.
    Mode {
        /// While training.
        train: Vec<Statement>,
        /// While predicting.
        infer: Vec<Statement>,
    },
}

/// `param weight: [Out, In] = uniform(…);`, or the same with `state`.
#[derive(Debug, Clone)]
pub struct ParameterStatement {
    /// The name.
    pub name: Ident,
    /// The shape.
    pub shape: Type,
    /// Its initial values.
    pub initial: Expression,
    /// Whether it has `#[frozen]`: training leaves it as it is.
    pub frozen: bool,
}

/// `let (y, h) = f(x);`: the results of one call.
#[derive(Debug, Clone)]
pub struct Several {
    /// The name of each result; none for one that is left out, `_`.
    pub names: Vec<Option<Ident>>,
    /// The place of the names.
    pub span: Span,
    /// The call.
    pub value: Expression,
}

/// `y[o] = …;`.
#[derive(Debug, Clone)]
pub struct Assign {
    /// The tensor that is defined.
    pub name: Ident,
    /// Its indices; `None` where the whole tensor is given at once.
    pub subscripts: Option<Vec<Subscript>>,
    /// The extents that are written: `y[h: N] = …`.
    pub extents: Vec<(Ident, Expression)>,
    /// Whether the value accumulates: `y[t] += …;`.
    pub adds: bool,
    /// Whether writes outside are dropped: `clip(y[t - 1]) += …;`.
    pub clips: bool,
    /// The value.
    pub value: Expression,
}

/// `scan t: T { carry h: [H] = zeros; … next h[j] = …; }`.
#[derive(Debug, Clone)]
pub struct Scan {
    /// The index that runs from the first position to the last.
    pub index: Ident,
    /// The number of positions.
    pub extent: Expression,
    /// Whether it runs from the last position to the first, if that is said; decided while compiling.
    pub reversed: Option<Expression>,
    /// What each step hands on to the next one.
    pub carries: Vec<Carry>,
    /// The statements of a step.
    pub body: Vec<Statement>,
}

/// `carry h: [H] = zeros;`
#[derive(Debug, Clone)]
pub struct Carry {
    /// The name.
    pub name: Ident,
    /// The shape.
    pub shape: Type,
    /// The value in the first step: `zeros`, a number, or a tensor of this shape.
    pub initial: Expression,
}
