//! A network as it is written: its layers, formulas and values, before these have names.

use std::collections::HashMap;

use crate::constant::Constant;

/// A network.
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    pub(crate) inputs: Vec<Port>,
    pub(crate) outputs: Vec<Port>,
    /// The values, each behind those that it is computed from.
    pub(crate) definitions: Vec<Definition>,
    pub(crate) layers: Vec<Layer>,
    pub(crate) formulas: Vec<Formula>,
    /// The sizes that the definitions of single values have, as far as they are known.
    pub(crate) sizes: HashMap<usize, Vec<usize>>,
    /// Those of the inputs.
    pub(crate) input_sizes: Vec<Vec<usize>>,
}

impl Network {
    /// The sizes of a value, if they are known.
    pub(crate) fn sizes_of(&self, value: &Expression) -> Option<&[usize]> {
        match value {
            Expression::Value(at, 0) => self.sizes.get(at).map(Vec::as_slice),
            Expression::Input(number) => self.input_sizes.get(*number).map(Vec::as_slice),
            _ => None,
        }
    }
}

/// An input or an output.
#[derive(Debug, Clone)]
pub(crate) struct Port {
    /// Its name in the model.
    pub(crate) name: String,
    /// Its type, as in `[3, 28, 28]` or `index<10>[7]`.
    pub(crate) kind: String,
    /// Of an output: what it is.
    pub(crate) value: Expression,
}

/// A value, or several that one call gives.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) expression: Expression,
    /// How many results the call has.
    pub(crate) results: usize,
}

/// A layer or parameter of the network.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    /// What the model suggests as its name: the path of a module, `layer1.0.conv1`; may be empty.
    pub(crate) path: String,
    /// The word that it is called by where the model suggests nothing.
    pub(crate) word: &'static str,
    /// As in `Linear(3 => 4)`.
    pub(crate) kind: String,
    /// The names of its tensors behind its own, with their elements; a parameter has one without a name.
    pub(crate) tensors: Vec<(String, Constant)>,
}

/// A formula of the network's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Formula {
    pub(crate) name: String,
    /// What stands behind its name.
    pub(crate) text: String,
}

/// An expression of the language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    /// An input, by its number.
    Input(usize),
    /// A result of a definition.
    Value(usize, usize),
    /// A parameter, by the number of its layer.
    Parameter(usize),
    Number(f64),
    /// `x.relu()`: the first operand stands in front.
    Method(String, Vec<Expression>),
    /// `concat(a, b)`.
    Function(String, Vec<Expression>),
    /// `fc1(x)`.
    Layer(usize, Vec<Expression>),
    /// `a + b`.
    Binary(&'static str, Box<Expression>, Box<Expression>),
    Negative(Box<Expression>),
    /// An argument that is no tensor, as in `axis = 0`.
    Text(String),
}

impl Expression {
    /// `x.name(arguments)`.
    pub(crate) fn method(self, name: &str, arguments: &str) -> Self {
        let mut operands = vec![self];
        if !arguments.is_empty() {
            operands.push(Expression::Text(arguments.into()));
        }
        Expression::Method(name.into(), operands)
    }

    pub(crate) fn binary(self, operator: &'static str, other: Self) -> Self {
        Expression::Binary(operator, Box::new(self), Box::new(other))
    }

    /// The expressions that it is made of.
    pub(crate) fn parts(&self) -> Vec<&Expression> {
        match self {
            Expression::Method(_, operands) | Expression::Function(_, operands) | Expression::Layer(_, operands) => {
                operands.iter().collect()
            }
            Expression::Binary(_, a, b) => vec![a, b],
            Expression::Negative(a) => vec![a],
            Expression::Input(_)
            | Expression::Value(..)
            | Expression::Parameter(_)
            | Expression::Number(_)
            | Expression::Text(_) => Vec::new(),
        }
    }

    /// Calls a function with each expression inside of it, itself too.
    pub(crate) fn visit(&self, seen: &mut dyn FnMut(&Expression)) {
        seen(self);
        for part in self.parts() {
            part.visit(seen);
        }
    }
}
