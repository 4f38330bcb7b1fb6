//! The syntax tree.

mod expression;
mod formula;

use proc_macro2::Span;
use syn::{Attribute, Ident, Visibility};

pub use expression::{Argument, Arguments, Binder, Expression, ExpressionKind, Operator, Subscript};
pub use formula::{
    Assign, Carry, Example, ExampleInput, Formula, FormulaKind, LeftOut, Parameter, ParameterKind, ParameterStatement,
    Pattern, Scan, Several, Statement, Submodel,
};

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
    /// The names in `#[allow(nn::name)]`: lints that are silenced.
    pub allowed: Vec<Ident>,
    /// `#[folded(Name)]`: the network that this one folds into.
    pub folded: Option<FoldedAttribute>,
    /// `#[stream]`: a step of it is a function too.
    pub stream: Option<StreamAttribute>,
    /// `#[derivatives(jvp, vjp)]`: the derivatives that are functions too.
    pub derivatives: Vec<DerivativeName>,
    /// The sizes that are type parameters.
    pub generics: Vec<Ident>,
    /// What each of them is where nothing is given.
    pub defaults: Vec<Option<Expression>>,
    /// The layers in the order of declaration.
    pub layers: Vec<LayerField>,
    /// The parameters that belong to no layer.
    pub parameters: Vec<ParameterField>,
    /// `fn forward`; absent after a mistake only.
    pub forward: Option<Forward>,
    /// `loss = …`.
    pub loss: Option<Loss>,
    /// `weights = "…"`.
    pub weights: Option<WeightsFile>,
    /// Whether there is such a statement, right or wrong.
    pub names_weights: bool,
    /// The user's own functions, layers and losses.
    pub formulas: Vec<Formula>,
}

/// `#[folded(Name, weights = "name.safetensors")]`.
#[derive(Debug, Clone)]
pub struct FoldedAttribute {
    /// What the folded network is called.
    pub name: Ident,
    /// The file with its weights.
    pub weights: Option<WeightsFile>,
}

/// `#[stream(axis = 1)]`.
#[derive(Debug, Clone, Copy)]
pub struct StreamAttribute {
    /// The axis of the inputs that is time, from the end where it is negative.
    pub axis: i64,
    /// Its place.
    pub span: Span,
}

/// A name in `#[derivatives(jvp, vjp)]`.
#[derive(Debug, Clone, Copy)]
pub struct DerivativeName {
    /// What it names.
    pub kind: DerivativeKind,
    /// Its place.
    pub span: Span,
}

/// A derivative of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DerivativeKind {
    /// That of the outputs along a direction of the inputs.
    Jvp,
    /// That of weighted outputs, in prediction.
    Vjp,
    /// The product of the loss's Hessian with a direction of the parameters.
    Hvp,
    /// That of weighted outputs, in training.
    Pullback,
}

impl DerivativeKind {
    /// All of them.
    pub const ALL: [DerivativeKind; 4] =
        [DerivativeKind::Jvp, DerivativeKind::Vjp, DerivativeKind::Hvp, DerivativeKind::Pullback];

    /// Its name in the attribute.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DerivativeKind::Jvp => "jvp",
            DerivativeKind::Vjp => "vjp",
            DerivativeKind::Hvp => "hvp",
            DerivativeKind::Pullback => "pullback",
        }
    }

    /// The type that stands for it in emitted code.
    pub(crate) fn type_name(self) -> Ident {
        let name = match self {
            DerivativeKind::Jvp => "Jvp",
            DerivativeKind::Vjp => "Vjp",
            DerivativeKind::Hvp => "Hvp",
            DerivativeKind::Pullback => "Pullback",
        };
        Ident::new(name, Span::call_site())
    }
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
    /// The arguments in parentheses.
    pub arguments: Arguments,
    /// Whether it has `#[checkpoint]`: its intermediate values are recomputed in the backward pass.
    pub checkpoint: bool,
    /// Whether it has `#[frozen]`: training computes it as predictions do, and leaves its parameters as they are.
    pub frozen: bool,
    /// The text in `#[suffix("_l0")]`: its parameters are those of the layer around it, and their names end so, with
    /// sizes in the place of `{N}`.
    pub suffix: Option<syn::LitStr>,
    /// The length of an array of layers: `[Residual(64); 8]`.
    pub count: Option<Expression>,
}

/// `position: param [16, 32] = normal(0, 0.02)`.
#[derive(Debug, Clone)]
pub struct ParameterField {
    /// Doc comments and attributes.
    pub attributes: Vec<Attribute>,
    /// Its name, shape and initial values.
    pub statement: ParameterStatement,
    /// The number of layers that are declared in front of it.
    pub behind: usize,
}

/// A field of a network.
#[derive(Debug, Clone)]
pub enum Field {
    /// A layer.
    Layer(LayerField),
    /// A parameter.
    Parameter(ParameterField),
}

impl Network {
    /// The layers and parameters in the order of declaration.
    pub fn fields(&self) -> impl Iterator<Item = Field> + '_ {
        let of = |at: usize| {
            let own = self.parameters.iter().filter(move |parameter| parameter.behind == at);
            own.cloned().map(Field::Parameter).chain(self.layers.get(at).cloned().map(Field::Layer))
        };
        (0..=self.layers.len()).flat_map(of)
    }
}

impl Field {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &Ident {
        match self {
            Field::Layer(layer) => &layer.name,
            Field::Parameter(parameter) => &parameter.statement.name,
        }
    }
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
    /// The place of the function.
    pub span: Span,
}

/// `loss = mse;` or `loss(t: [3], reduction = sum) = mse(y, t) + …;`.
#[derive(Debug, Clone)]
pub struct Loss {
    /// Declared targets; none in the short form.
    pub targets: Vec<TypedName>,
    /// The reduction of all terms without one of their own: the keyword `reduction` and its value.
    pub reduction: Option<(Ident, Expression)>,
    /// The value.
    pub value: Expression,
    /// Its place.
    pub span: Span,
}

/// `weights = "digits.safetensors".rename("module", "");`.
#[derive(Debug, Clone)]
pub struct WeightsFile {
    /// The path, from the folder of the crate's `Cargo.toml`; behind a variable, what stands behind its value.
    pub path: syn::LitStr,
    /// The variable in `concat!(env!("OUT_DIR"), "/digits.safetensors")`.
    pub variable: Option<syn::LitStr>,
    /// The beginnings of names in the file, and what they are in the network.
    pub renames: Vec<[syn::LitStr; 2]>,
    /// Whether shapes may differ in axes of size 1.
    pub squeezed: bool,
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
    /// For classes and indices: the number of their values.
    pub index: Option<Box<Expression>>,
    /// For classes: the sentinel that stands for none of them.
    pub ignored: Option<Box<Expression>>,
    /// The sizes.
    pub sizes: Vec<SizeItem>,
    /// Its place.
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
    /// Its name.
    pub name: Option<Ident>,
    /// Its place.
    pub span: Span,
}

impl Rest {
    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        self.name.as_ref().map(ToString::to_string).unwrap_or_default() + ".."
    }
}
