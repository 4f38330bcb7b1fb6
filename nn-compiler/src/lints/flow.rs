//! Where the values of a body come from.

use syn::Ident;

use crate::syntax::ast::{Argument, Expression, ExpressionKind, Statement};

/// The statements of a body, as far as they name whole values.
pub(super) struct Flow<'a> {
    /// The names in the order of their definition; those of several results at once, or of parts, have no value.
    named: Vec<(&'a Ident, Option<&'a Expression>)>,
}

/// An expression, and how many names are defined before it.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) expression: &'a Expression,
    before: usize,
}

impl<'a> Flow<'a> {
    pub(super) fn new(body: &'a [Statement]) -> Self {
        let mut flow = Flow { named: Vec::new() };
        flow.add(body);
        flow
    }

    fn add(&mut self, body: &'a [Statement]) {
        for statement in body {
            match statement {
                Statement::Assign(assign) => {
                    let whole = assign.subscripts.is_none() && !assign.adds;
                    self.named.push((&assign.name, whole.then_some(&assign.value)));
                }
                Statement::Several(several) => {
                    self.named.extend(several.names.iter().flatten().map(|name| (name, None)));
                }
                // either of them may be the one
                Statement::If { then, otherwise, .. } | Statement::Mode { train: then, infer: otherwise } => {
                    self.add(then);
                    self.add(otherwise);
                }
                _ => {}
            }
        }
    }

    /// The values that the statements name.
    pub(super) fn values(&self) -> impl Iterator<Item = Value<'a>> + '_ {
        let value = |(before, (_, value)): (usize, &(_, Option<&'a Expression>))| {
            value.map(|expression| Value { expression, before })
        };
        self.named.iter().enumerate().filter_map(value)
    }

    /// An expression behind all statements.
    pub(super) fn last(&self, expression: &'a Expression) -> Value<'a> {
        Value { expression, before: self.named.len() }
    }

    /// The call whose result a value is, with the place of the call; `None` where it is none, or unknown.
    pub(super) fn call(&self, value: Value<'a>) -> Option<Call<'a>> {
        let Value { expression, before } = value;
        match &expression.kind {
            ExpressionKind::Call(name, arguments) => {
                let inputs: Vec<Value<'a>> = arguments
                    .positional
                    .iter()
                    .filter_map(|argument| match argument {
                        Argument::Value(expression) => Some(Value { expression, before }),
                        Argument::Arrow(..) => None,
                    })
                    .collect();
                Some(Call { name, inputs })
            }
            ExpressionKind::Name(name) => {
                let at = self.named[..before].iter().rposition(|(known, _)| *known == name)?;
                self.call(Value { expression: self.named[at].1?, before: at })
            }
            _ => None,
        }
    }

    /// Shows a value and all values inside of it.
    pub(super) fn visit(&self, value: Value<'a>, see: &mut dyn FnMut(Value<'a>)) {
        see(value);
        let inner = |expression| Value { expression, before: value.before };
        match &value.expression.kind {
            ExpressionKind::Call(_, arguments) => {
                let keywords = arguments.keywords.iter().map(|(_, argument)| argument);
                for argument in arguments.positional.iter().chain(keywords) {
                    if let Argument::Value(expression) = argument {
                        self.visit(inner(expression), see);
                    }
                }
            }
            ExpressionKind::Negate(operand) | ExpressionKind::Index(operand, _) => self.visit(inner(operand), see),
            ExpressionKind::Binary(_, left, right) => {
                self.visit(inner(left), see);
                self.visit(inner(right), see);
            }
            ExpressionKind::Tuple(parts) => parts.iter().for_each(|part| self.visit(inner(part), see)),
            _ => {}
        }
    }
}

/// A call: its name, and the values that it is given.
pub(super) struct Call<'a> {
    pub(super) name: &'a Ident,
    pub(super) inputs: Vec<Value<'a>>,
}
