//! The syntax tree.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Ident, LitStr, Visibility};

/// A whole `network!`.
#[derive(Debug, Clone)]
pub struct Network {
    /// Doc comments and attributes.
    pub attributes: Vec<Attribute>,
    /// The visibility of what is generated.
    pub visibility: Visibility,
    /// The name of the struct.
    pub name: Ident,
    /// Whether it has `#[layer]`: it can be a layer of other networks.
    pub is_layer: bool,
    /// What `#[folded(Name)]` calls the network that this one can be folded into.
    pub folded: Option<Ident>,
    /// The sizes that are type parameters.
    pub generics: Vec<Ident>,
    /// The layers in the order of declaration.
    pub layers: Vec<LayerField>,
    /// `fn forward`; absent after a mistake only.
    pub forward: Option<Forward>,
    /// `loss = …`.
    pub loss: Option<Loss>,
    /// The user's own functions, layers and losses.
    pub formulas: Vec<Formula>,
}

/// `conv1: Conv2d(1 => 32, kernel = 3)`.
#[derive(Debug, Clone)]
pub struct LayerField {
    /// Doc comments and attributes.
    pub attributes: Vec<Attribute>,
    /// The visibility of the parameters' field.
    pub visibility: Visibility,
    /// The name of the layer.
    pub name: Ident,
    /// The name of its formula.
    pub kind: Ident,
    /// What stands in parentheses.
    pub arguments: Arguments,
    /// Whether it has `#[checkpoint]`: what it computes in between is computed again on the way back.
    pub checkpoint: bool,
    /// How many there are, one behind the other: `[Residual(64); 8]`.
    pub count: Option<Expression>,
}

/// `fn forward(image: [1, 28, 28]) -> [10] { … }`.
#[derive(Debug, Clone)]
pub struct Forward {
    /// Names and types of the inputs.
    pub inputs: Vec<TypedName>,
    /// Types of the outputs; a single output may be without a name.
    pub outputs: Vec<TypedName>,
    /// The statements.
    pub body: Vec<Statement>,
    /// The values of the outputs.
    pub results: Vec<Expression>,
    /// Where the function stands.
    pub span: Span,
}

/// `loss = mse;` or `loss(t: [3]) = mse(y, t) + …;`.
#[derive(Debug, Clone)]
pub struct Loss {
    /// Declared targets; none in the short form.
    pub targets: Vec<TypedName>,
    /// The value.
    pub value: Expression,
    /// Where it stands.
    pub span: Span,
}

/// A name with its type, as an input or a result.
#[derive(Debug, Clone)]
pub struct TypedName {
    /// The name.
    pub name: Ident,
    /// The type; absent for the numbers that a scalar function takes.
    pub shape: Option<Type>,
}

/// `[C, H, W]`, `index<10>`, `index<10 or -100>` or `index<10>[H, W]`.
#[derive(Debug, Clone)]
pub struct Type {
    /// For integers: how many values there are.
    pub index: Option<Box<Expression>>,
    /// For integers: one more that stands for none of them.
    pub ignored: Option<Box<Expression>>,
    /// The sizes.
    pub sizes: Vec<SizeItem>,
    /// Where it stands.
    pub span: Span,
}

/// One entry of a shape.
#[derive(Debug, Clone)]
pub enum SizeItem {
    /// `..`: any number of sizes.
    Rest(Rest),
    /// A size.
    Size(Expression),
}

/// `..` or `N..`: any number of axes, the same ones wherever it stands.
#[derive(Debug, Clone)]
pub struct Rest {
    /// What it is called.
    pub name: Option<Ident>,
    /// Where it stands.
    pub span: Span,
}

impl Rest {
    /// How it is written.
    #[must_use]
    pub fn text(&self) -> String {
        self.name.as_ref().map(ToString::to_string).unwrap_or_default() + ".."
    }
}

/// What a formula defines.
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
    /// What stands in `<…>`.
    pub parameters: Vec<Parameter>,
    /// The tensors or numbers it takes.
    pub inputs: Vec<TypedName>,
    /// The name and type of the result.
    pub result: TypedName,
    /// What a loss is divided by, added up over the samples as its result is.
    pub divisor: Option<TypedName>,
    /// The statements.
    pub body: Vec<Statement>,
    /// Arguments with which it is tested.
    pub examples: Vec<Example>,
    /// Whether it belongs to the library: its mistakes are then not the user's.
    pub library: bool,
    /// The network that it is made of.
    pub network: Option<Submodel>,
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
    /// What it may be.
    pub kind: Kind,
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

/// What a parameter of a formula may be.
#[derive(Debug, Clone)]
pub enum Kind {
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
    /// `if bias { … } else { … }`.
    If {
        /// Decided while compiling.
        condition: Expression,
        /// Where it holds.
        then: Vec<Statement>,
        /// Where it does not.
        otherwise: Vec<Statement>,
    },
    /// `state running_mean: [C] = zeros;`: what training updates by other means than the gradient.
    State(ParameterStatement),
    /// `next running_mean[c] = …;`: the value of a state after this step of training.
    Next(Assign),
    /// `require rate < 1;` or `require 2 * (N/2) == N, "N is even";`: what must hold of parameters and sizes.
    Require {
        /// Decided while compiling.
        condition: Expression,
        /// What to say instead of the condition.
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
    /// How it is initialised.
    pub initial: Expression,
}

/// `y[o] = …;`.
#[derive(Debug, Clone)]
pub struct Assign {
    /// The tensor that is defined.
    pub name: Ident,
    /// Its indices; `None` where the whole tensor is given at once.
    pub subscripts: Option<Vec<Subscript>>,
    /// How far indices run where that is said: `y[h: N] = …`.
    pub extents: Vec<(Ident, Expression)>,
    /// Whether the value is added to what is there: `y[t] += …;`.
    pub adds: bool,
    /// Whether what falls outside is left out: `clip(y[t - 1]) += …;`.
    pub clips: bool,
    /// The value.
    pub value: Expression,
}

/// What stands in parentheses behind a name.
#[derive(Debug, Clone)]
pub struct Arguments {
    /// In order.
    pub positional: Vec<Argument>,
    /// By name.
    pub keywords: Vec<(Ident, Argument)>,
    /// The parentheses.
    pub span: Span,
}

/// `x` or `a => b`.
#[derive(Debug, Clone)]
pub enum Argument {
    /// One value.
    Value(Expression),
    /// Two sizes.
    Arrow(Expression, Expression),
}

impl Argument {
    /// Where it begins.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Argument::Value(value) | Argument::Arrow(value, _) => value.span,
        }
    }
}

/// An expression and where it stands.
#[derive(Debug, Clone)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it stands: the operator of a sum or product, the name of a call.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Debug, Clone)]
pub enum ExpressionKind {
    /// `3` or `0.5`.
    Number {
        /// The value.
        value: f64,
        /// The value if it was written as a whole number.
        whole: Option<i64>,
    },
    /// `true` or `false`.
    Bool(bool),
    /// A name.
    Name(Ident),
    /// `crate::config::Width`: a typenum type.
    Path(TokenStream),
    /// `_`: to be inferred.
    Infer,
    /// `-x`
    Negate(Box<Expression>),
    /// `a + b` and the like.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// `x[i, j + 1, ..]`
    Index(Box<Expression>, Vec<Subscript>),
    /// `f(x, k = 3)` or `x.f(k = 3)`.
    Call(Ident, Arguments),
    /// `sum[i, j: K](…)`
    Reduce(Ident, Vec<Binder>, Box<Expression>),
    /// `(a, b)`
    Tuple(Vec<Expression>),
}

/// The operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

impl Operator {
    /// How it is written.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
            Operator::Less => "<",
            Operator::LessEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterEqual => ">=",
            Operator::Equal => "==",
            Operator::NotEqual => "!=",
        }
    }
}

/// One index of a read or a definition.
#[derive(Debug, Clone)]
pub enum Subscript {
    /// `..`
    Rest(Rest),
    /// An index.
    At(Expression),
}

/// An index that a reduction runs over.
#[derive(Debug, Clone)]
pub enum Binder {
    /// `..`: all indices that `..` stands for.
    Rest(Rest),
    /// A name, and how far it runs where the reads do not say.
    Index(Ident, Option<Expression>),
}
