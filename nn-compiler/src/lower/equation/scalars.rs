//! Indexed expressions: `bias[o] + sum[i](weight[o, i] * x[i])`.

use proc_macro2::Span;

use crate::errors::{Code, with_suggestion};
use crate::lower::builtins::{BATCH, STRUCTURAL, table_function};
use crate::lower::comparisons::comparison;
use crate::lower::environment::{Binding, Environment, Scope, Value};
use crate::lower::lowering::{Lowering, Mode};
use crate::lower::messages::{count_of, expression_text};
use crate::shape::display_shape;
use crate::symbolic::{Affine, ExpressionId, TensorId};
use crate::syntax::ast::{Argument, Arguments, Expression, ExpressionKind, Operator};

impl Lowering<'_> {
    /// The value of an expression for one choice of the indices in `scope`.
    pub(in crate::lower) fn scalar(
        &mut self,
        expression: &Expression,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<ExpressionId> {
        let place = environment.place(expression.span);
        match &expression.kind {
            ExpressionKind::Number { value, .. } => Some(self.out.program.pool.constant(*value)),
            ExpressionKind::Bool(_) => self.mistake(Code::ValueKind, place, "expected a number"),
            ExpressionKind::Name(name) => self.scalar_name(&name.to_string(), place, environment, scope),
            ExpressionKind::Braced(_, value) => match &**value {
                Ok(value) => self.scalar(value, environment, scope),
                Err(mistake) => {
                    self.errors.add(mistake.clone());
                    None
                }
            },
            ExpressionKind::Path(_) | ExpressionKind::Infer | ExpressionKind::Tuple(_) | ExpressionKind::Shape(_) => {
                self.mistake(Code::ValueKind, place, "expected a number, a tensor with indices, or arithmetic of these")
            }
            ExpressionKind::Negate(value) => {
                let value = self.scalar(value, environment, scope)?;
                Some(self.out.program.pool.negate(value))
            }
            ExpressionKind::Binary(operator, left, right) => {
                let left = self.scalar(left, environment, scope);
                let right = self.scalar(right, environment, scope);
                self.arithmetic(*operator, left?, right?, place)
            }
            ExpressionKind::Index(base, subscripts) => {
                let tensor = self.indexed_tensor(base, environment)?;
                let name = expression_text(base);
                self.read((tensor, &name), subscripts, None, environment, scope, place)
            }
            ExpressionKind::Call(name, arguments) => self.scalar_call(name, arguments, environment, scope, place),
            ExpressionKind::Field(base, name) => match self.field(base, name, environment) {
                Value::Tensor(tensor) => self.single_element(tensor, &expression_text(expression), place),
                _ => None,
            },
            ExpressionKind::Reduce(name, binders, body) => {
                self.reduce(name, binders, body, environment, scope).map(|reduced| reduced.value)
            }
        }
    }

    /// `a + b` and the like for two values.
    pub(in crate::lower) fn arithmetic(
        &mut self,
        operator: Operator,
        left: ExpressionId,
        right: ExpressionId,
        place: Span,
    ) -> Option<ExpressionId> {
        let pool = &mut self.out.program.pool;
        match operator {
            Operator::Add => Some(pool.add(left, right)),
            Operator::Subtract => Some(pool.subtract(left, right)),
            Operator::Multiply => Some(pool.multiply(left, right)),
            Operator::Divide => Some(pool.divide(left, right)),
            _ => self.mistake(Code::Comparison, place, "a comparison stands in `where(a < b, x, y)` only"),
        }
    }

    fn scalar_name(
        &mut self,
        name: &str,
        place: Span,
        environment: &Environment,
        scope: &Scope,
    ) -> Option<ExpressionId> {
        if let Some(index) = scope.find(name) {
            return Some(self.out.program.pool.index(Affine::index(index)));
        }
        match environment.names.get(name) {
            Some(Binding::Size(dim, _)) => Some(self.out.program.pool.size(dim.clone())),
            Some(Binding::Position(position)) => Some(self.out.program.pool.index(position.clone())),
            Some(Binding::Real(value) | Binding::Scalar(value)) => Some(*value),
            Some(Binding::Tensor(tensor)) => self.single_element(*tensor, name, place),
            Some(Binding::Unknown) => None,
            Some(Binding::Layer(_)) => {
                self.mistake(Code::OtherKind, place, format!("`{name}` is a layer: call it, as in `{name}(x)`"))
            }
            Some(Binding::Bool(_) | Binding::Word(_) | Binding::Numbers(..)) => {
                self.mistake(Code::OtherKind, place, format!("`{name}` is not a number"))
            }
            Some(Binding::Nothing) => self.mistake(Code::OtherKind, place, nothing_message(name)),
            None if name == "infinity" => Some(self.out.program.pool.constant(f64::INFINITY)),
            None => self.unknown_name(name, place, environment, scope),
        }
    }

    /// The element of a tensor without axes.
    fn single_element(&mut self, tensor: TensorId, name: &str, place: Span) -> Option<ExpressionId> {
        let shape = self.out.program.at(tensor).sample_shape().to_vec();
        if shape.is_empty() {
            return Some(self.read_at(tensor, Vec::new(), None));
        }
        let message = format!("`{name}` has the shape {} and needs indices here: `{name}[…]`", display_shape(&shape));
        self.mistake(Code::IndexCount, place, message)
    }

    pub(in crate::lower) fn unknown_name<T>(
        &mut self,
        name: &str,
        place: Span,
        environment: &Environment,
        scope: &Scope,
    ) -> Option<T> {
        let known: Vec<&str> = environment
            .names
            .keys()
            .map(String::as_str)
            .chain(scope.indices.iter().map(|(name, _)| name.as_str()))
            .collect();
        let (code, message) = if name == BATCH {
            let message = "`batch` stands for all samples: each is read as it is, without it as a position";
            (Code::IndexTaken, message.to_string())
        } else if scope.indices.is_empty() {
            (Code::UnknownValue, format!("there is no value `{name}` here"))
        } else {
            let message = format!(
                "the index `{name}` is not bound: it stands neither on the left of `=` nor in a `sum[{name}](…)` around it"
            );
            (Code::UnboundIndex, message)
        };
        self.mistake(code, place, with_suggestion(message, name, known))
    }

    fn scalar_call(
        &mut self,
        name: &syn::Ident,
        arguments: &Arguments,
        environment: &mut Environment,
        scope: &Scope,
        place: Span,
    ) -> Option<ExpressionId> {
        let text = name.to_string();
        match (text.as_str(), arguments.positional.as_slice()) {
            ("where", [Argument::Value(condition), Argument::Value(then), Argument::Value(otherwise)]) => {
                return self.scalar_where(condition, [then, otherwise], environment, scope);
            }
            ("where", _) => return self.mistake(Code::Usage, place, "expected `where(a < b, value, other value)`"),
            ("pad", [Argument::Value(read), Argument::Value(outside)]) => {
                return self.scalar_pad(read, outside, environment, scope, place);
            }
            ("pad", _) => return self.mistake(Code::Usage, place, "expected `pad(x[…], value)`"),
            ("random", _) => return self.scalar_random(scope, place),
            _ => {}
        }
        // inside of a formula that is called like a function of the table, the name is that function
        let is_around = environment.label == text && table_function(&text).is_some();
        if let Some(formula) = self.library.scalar_function(&text).filter(|_| !is_around) {
            let values = self.scalar_arguments(arguments, formula.inputs.len(), environment, scope)?;
            return self.inline(formula, &values, arguments, environment, place);
        }
        if let Some(function) = table_function(&text) {
            let count = function.row().derivatives.len();
            let values = self.scalar_arguments(arguments, count, environment, scope)?;
            if values.len() != count || arguments.positional.len() != count {
                let message = format!("`{text}` takes {}", count_of(count, "number"));
                return self.mistake(Code::Usage, place, message);
            }
            return Some(self.out.program.pool.apply(function, &values));
        }
        if environment.names.contains_key(&text) || self.library.knows(&text) || STRUCTURAL.contains(&text.as_str()) {
            let message = format!(
                "`{text}` works on whole tensors: keep its result first, as in `p = {text}(…);`, and index that"
            );
            return self.mistake(Code::ValueKind, place, message);
        }
        let message = self.unknown_function(&text, environment);
        self.mistake(Code::UnknownFunction, place, message)
    }

    /// The first `count` arguments as numbers.
    fn scalar_arguments(
        &mut self,
        arguments: &Arguments,
        count: usize,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<Vec<ExpressionId>> {
        let mut values = Vec::new();
        for argument in arguments.positional.iter().take(count) {
            let Argument::Value(value) = argument else {
                return self.mistake(Code::ArgumentForm, environment.place(argument.span()), "expected a value");
            };
            values.push(self.scalar(value, environment, scope));
        }
        values.into_iter().collect()
    }

    fn scalar_where(
        &mut self,
        condition: &Expression,
        values: [&Expression; 2],
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<ExpressionId> {
        let Some((relation, left, right)) = comparison(condition) else {
            return self.mistake(
                Code::Comparison,
                environment.place(condition.span),
                "expected a comparison such as `x > 0`",
            );
        };
        let [left, right] = [left, right].map(|side| self.scalar(side, environment, scope));
        let [then, otherwise] = values.map(|value| self.scalar(value, environment, scope));
        Some(self.out.program.pool.choose(relation, left?, right?, then?, otherwise?))
    }

    /// `pad(x[…], value)`
    fn scalar_pad(
        &mut self,
        read: &Expression,
        outside: &Expression,
        environment: &mut Environment,
        scope: &Scope,
        place: Span,
    ) -> Option<ExpressionId> {
        let ExpressionKind::Index(base, subscripts) = &read.kind else {
            return self.mistake(
                Code::Usage,
                environment.place(read.span),
                "expected a tensor with indices: `pad(x[…], value)`",
            );
        };
        let value = self.real(outside, environment)?;
        let Some(value) = self.out.program.pool.as_constant(value) else {
            return self.mistake(Code::NotConstant, environment.place(outside.span), "the value outside is a number");
        };
        let tensor = self.indexed_tensor(base, environment)?;
        let name = expression_text(base);
        self.read((tensor, &name), subscripts, Some(value), environment, scope, place)
    }

    /// `random()`: a number in 0 ≤ u < 1 for each choice of the indices.
    fn scalar_random(&mut self, scope: &Scope, place: Span) -> Option<ExpressionId> {
        if self.mode == Mode::Infer {
            let message = "a prediction draws no numbers: `random()` stands in `train { … }`, and `infer { … }` says what holds instead";
            return self.mistake(Code::TrainingOnly, place, message);
        }
        let iterations = self.iterations.clone();
        let mut element = Affine::default();
        for index in iterations.into_iter().chain(scope.all()) {
            let extent = self.out.program.extent(index).clone();
            element = element.scale(&extent)?.add(&Affine::index(index))?;
        }
        let layer = self.draws;
        self.draws += 1;
        Some(self.out.program.pool.random(layer, element))
    }
}

/// The message for a parameter that was not given and is used all the same.
pub(in crate::lower) fn nothing_message(name: &str) -> String {
    format!("`{name}` can be `none` here: use it inside of `if {name} != none {{ … }}`")
}
