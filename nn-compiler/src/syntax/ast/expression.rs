//! Expressions and their arguments.

use proc_macro2::{Span, TokenStream};
use syn::Ident;

use super::{Rest, Type};

/// The parentheses behind a name.
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
    /// The place of its beginning.
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
    /// Its kind.
    pub kind: ExpressionKind,
    /// Its place: the operator of a sum or product, the name of a call.
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
    /// `{ layers(3) }`: a block that is more than arithmetic. As a size it is a constant expression of Rust, if its
    /// tokens are one; anywhere else it is the value that it holds, or a mistake.
    Braced(Option<TokenStream>, Box<crate::errors::Result<Expression>>),
    /// `_`: to be inferred.
    Infer,
    /// `-x`
    Negate(Box<Expression>),
    /// `a + b` and the like.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// `x[i, j + 1, ..]`
    Index(Box<Expression>, Vec<Subscript>),
    /// `enc.weight`: a parameter of a layer.
    Field(Box<Expression>, Ident),
    /// `f(x, k = 3)` or `x.f(k = 3)`.
    Call(Ident, Arguments),
    /// `sum[i, j: K](…)`
    Reduce(Ident, Vec<Binder>, Box<Expression>),
    /// `(a, b)`
    Tuple(Vec<Expression>),
    /// `[3, N]`: the shape of a tensor of one number, as in `zeros([3, N])`.
    Shape(Type),
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
    /// Its text.
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
    /// A name, and its extent where the reads do not imply it.
    Index(Ident, Option<Expression>),
}
