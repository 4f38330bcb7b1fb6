//! Expressions on whole tensors: `(x + b(a(x).relu())).relu()`.

use proc_macro2::Span;

use crate::equation::Equation;
use crate::errors::{Code, with_suggestion};
use crate::lower::builtins::is_module_elsewhere;
use crate::lower::environment::{Binding, Environment, Scope, Value};
use crate::lower::lowering::Lowering;
use crate::shape::{Dim, display_shape};
use crate::symbolic::{Affine, ExpressionId, IndexId, Position, TensorId};
use crate::syntax::ast::{Expression, ExpressionKind, Operator};

impl Lowering<'_> {
    /// The value of an expression; `Unknown` after a mistake, which is reported.
    pub(in crate::lower) fn value(&mut self, expression: &Expression, environment: &mut Environment) -> Value {
        let place = environment.place(expression.span);
        match &expression.kind {
            ExpressionKind::Number { value, .. } => Value::Real(self.out.program.pool.constant(*value)),
            ExpressionKind::Name(name) => self.named_value(&name.to_string(), place, environment),
            ExpressionKind::Negate(value) => {
                let value = self.value(value, environment);
                self.lift(&[value], "negate", place, &mut |lowering, values| {
                    Some(lowering.out.program.pool.negate(values[0]))
                })
            }
            ExpressionKind::Binary(operator, left, right) => {
                let left = self.value(left, environment);
                let right = self.value(right, environment);
                self.lift(&[left, right], operator_name(*operator), place, &mut |lowering, values| {
                    lowering.arithmetic(*operator, values[0], values[1], place)
                })
            }
            ExpressionKind::Call(name, arguments) => {
                let called = self.call(name, arguments, environment);
                self.only(called, &name.to_string(), environment.place(name.span()))
            }
            ExpressionKind::Field(base, name) => self.field(base, name, environment),
            ExpressionKind::Reduce(name, ..)
                if matches!(environment.names.get(&name.to_string()), Some(Binding::Layer(_))) =>
            {
                self.unknown(Code::OtherKind, place, format!("`{name}` is not an array of layers"))
            }
            ExpressionKind::Index(..) | ExpressionKind::Reduce(..) => {
                match self.scalar(expression, environment, &Scope::default()) {
                    Some(value) => self.materialise(value, &environment.label.clone()),
                    None => Value::Unknown,
                }
            }
            ExpressionKind::Braced(_, value) => match &**value {
                Ok(value) => self.value(value, environment),
                Err(mistake) => {
                    self.errors.add(mistake.clone());
                    Value::Unknown
                }
            },
            ExpressionKind::Path(path) if self.in_loss => {
                let path = path.to_string().replace(' ', "");
                let name = path.rsplit("::").next().unwrap_or_default();
                let message = format!("a loss is one word: `{path}` is none");
                self.unknown(Code::UnknownLoss, place, with_suggestion(message, name, self.library.loss_names()))
            }
            ExpressionKind::Bool(_)
            | ExpressionKind::Path(_)
            | ExpressionKind::Infer
            | ExpressionKind::Tuple(_)
            | ExpressionKind::Shape(_) => self.unknown(Code::ValueKind, place, "expected a tensor or a number"),
        }
    }

    /// Reports a mistake.
    pub(in crate::lower) fn unknown(&mut self, code: Code, place: Span, message: impl Into<String>) -> Value {
        self.errors.report(code, place, message);
        Value::Unknown
    }

    fn named_value(&mut self, name: &str, place: Span, environment: &Environment) -> Value {
        match environment.names.get(name) {
            Some(Binding::Tensor(tensor)) => Value::Tensor(*tensor),
            Some(Binding::Real(value) | Binding::Scalar(value)) => Value::Real(*value),
            Some(Binding::Size(dim, _)) => Value::Real(self.out.program.pool.size(dim.clone())),
            Some(Binding::Position(position)) => Value::Real(self.out.program.pool.index(position.clone())),
            Some(Binding::Unknown) => Value::Unknown,
            Some(Binding::Layer(layer)) => {
                self.layers[*layer].used = true;
                self.unknown(Code::OtherKind, place, format!("`{name}` is a layer: call it, as in `{name}(x)`"))
            }
            Some(Binding::Bool(_) | Binding::Word(_) | Binding::Numbers(..)) => {
                self.unknown(Code::OtherKind, place, format!("`{name}` is not a tensor"))
            }
            Some(Binding::Nothing) => {
                self.unknown(Code::OtherKind, place, crate::lower::equation::scalars::nothing_message(name))
            }
            None if name == "infinity" => Value::Real(self.out.program.pool.constant(f64::INFINITY)),
            None if is_module_elsewhere(name) => {
                let message = format!("functions have no `{name}` in front of them: write `relu(x)` or `x.relu()`");
                self.unknown(Code::UnknownValue, place, message)
            }
            None => {
                let help = if name == "forward" && self.in_loss {
                    ": the result of `forward` is `output`, or has the name that was declared"
                } else {
                    ""
                };
                let message = format!("there is no value `{name}` here{help}");
                let known = environment.names.keys().map(String::as_str);
                self.unknown(Code::UnknownValue, place, with_suggestion(message, name, known))
            }
        }
    }

    /// A number for each sample as a tensor without axes.
    pub(in crate::lower) fn materialise(&mut self, value: ExpressionId, label: &str) -> Value {
        let program = &mut self.out.program;
        let reads = program.pool.reads(value);
        if reads.is_empty() {
            return Value::Real(value);
        }
        let for_each_sample = program.pool.indices(value).contains(&IndexId::SAMPLE);
        let target = self.new_tensor(label, Vec::new(), for_each_sample);
        self.define_elementwise(target, value);
        Value::Tensor(target)
    }

    /// `target[all indices] = body`, for a target without axes of its own.
    fn define_elementwise(&mut self, target: TensorId, body: ExpressionId) {
        let program = &mut self.out.program;
        let indices = program.indices_over(target, &self.iterations);
        program.equations.push(Equation::elementwise(target, indices, body));
    }

    /// Applies a function of numbers to every element of tensors of one shape; axes of size 1 and single numbers are
    /// broadcast.
    pub(in crate::lower) fn lift(
        &mut self,
        values: &[Value],
        label: &str,
        place: Span,
        function: &mut dyn FnMut(&mut Self, &[ExpressionId]) -> Option<ExpressionId>,
    ) -> Value {
        let Some(shape) = self.common_shape(values, label, place) else { return Value::Unknown };
        let Some(shape) = shape else {
            let numbers: Vec<ExpressionId> =
                values.iter().filter_map(|v| if let Value::Real(id) = v { Some(*id) } else { None }).collect();
            return function(self, &numbers).map_or(Value::Unknown, Value::Real);
        };
        let tensors = values.iter().filter_map(|v| if let Value::Tensor(id) = v { Some(*id) } else { None });
        let for_each_sample = tensors.clone().any(|id| self.out.program.at(id).for_each_sample());
        let target = self.new_tensor(label, shape, for_each_sample);
        let indices = self.elementwise_indices(target);
        let own = &indices[self.out.program.at(target).leading()..];
        let elements: Vec<ExpressionId> = values
            .iter()
            .map(|value| match value {
                Value::Tensor(tensor) => {
                    let tensor = self.as_wide_as(*tensor, own);
                    let at = self.met_at(tensor, own);
                    self.read_at(tensor, at, None)
                }
                Value::Real(value) => *value,
                Value::Unknown => self.out.program.pool.constant(0.0),
            })
            .collect();
        let Some(body) = function(self, &elements) else { return Value::Unknown };
        self.out.program.equations.push(Equation::elementwise(target, indices, body));
        Value::Tensor(target)
    }

    /// Indices over a whole tensor, the same for all results of a shape, so that inlining keeps indices.
    fn elementwise_indices(&mut self, target: TensorId) -> Vec<IndexId> {
        let program = &mut self.out.program;
        let mut indices = program.indices_over(target, &self.iterations);
        let leading = program.at(target).leading();
        for (axis, index) in indices[leading..].iter_mut().enumerate() {
            let extent = program.extent(*index).clone();
            *index = *self.elementwise.entry((axis, extent)).or_insert(*index);
        }
        indices
    }

    /// A tensor with the extents of the indices as its sizes, except where it is repeated.
    fn as_wide_as(&mut self, tensor: TensorId, indices: &[IndexId]) -> TensorId {
        let program = &self.out.program;
        let sizes =
            program.at(tensor).sample_shape().iter().zip(indices).map(|(size, index)| {
                if size.literal() == Some(1) { size.clone() } else { program.extent(*index).clone() }
            });
        let sizes = sizes.collect();
        self.resized(tensor, sizes)
    }

    /// The positions at which a tensor is read for an element of a broadcast result.
    fn met_at(&self, tensor: TensorId, indices: &[IndexId]) -> Vec<Position> {
        let program = &self.out.program;
        let sizes = program.at(tensor).sample_shape().iter();
        let repeated = |size: &Dim, index: &IndexId| size.literal() == Some(1) && program.extent(*index) != size;
        sizes
            .zip(indices)
            .map(|(size, index)| match repeated(size, index) {
                true => Position::Affine(Affine::default()),
                false => Position::index(*index),
            })
            .collect()
    }

    /// The broadcast shape of the tensors among the values: `Some(None)` if there is no tensor.
    fn common_shape(&mut self, values: &[Value], label: &str, place: Span) -> Option<Option<Vec<Dim>>> {
        let mut shape: Option<Vec<Dim>> = None;
        for value in values {
            match value {
                Value::Unknown => return None,
                Value::Real(_) => {}
                Value::Tensor(tensor) => {
                    let tensor = self.out.program.at(*tensor);
                    if tensor.bound.is_some() {
                        let message = format!("`{}` holds indices, not numbers to compute with", tensor.name);
                        return self.mistake(Code::Classes, place, message);
                    }
                    let own = tensor.sample_shape();
                    match &shape {
                        None => shape = Some(own.to_vec()),
                        Some(known) => {
                            let own = own.to_vec();
                            shape = Some(self.broadcast_shape(known, &own, label, place)?);
                        }
                    }
                }
            }
        }
        Some(shape)
    }

    /// The broadcast shape of two tensors, for axes of size 1 and for single numbers.
    fn broadcast_shape(&mut self, a: &[Dim], b: &[Dim], label: &str, place: Span) -> Option<Vec<Dim>> {
        if a.is_empty() || b.is_empty() {
            return Some(if a.is_empty() { b.to_vec() } else { a.to_vec() });
        }
        let message = || {
            let (name, a, b, help) = (operator_text(label), display_shape(a), display_shape(b), help(a, b));
            format!("`{name}` needs tensors of one shape, but it is given {a} and {b}{help}")
        };
        let one = |size: &Dim| size.literal() == Some(1);
        let (widest, wide): (Vec<Dim>, Vec<Dim>) = a
            .iter()
            .zip(b)
            .map(|(a, b)| if one(a) { (b.clone(), b.clone()) } else { (a.clone(), if one(b) { a } else { b }.clone()) })
            .unzip();
        if a.len() != b.len() || !self.agree(&widest, &wide, message, place) {
            return self.mistake(Code::OperandShapes, place, message());
        }
        Some(widest)
    }

    /// Whether two shapes are one, as far as the macro sees: what constants and types of the program are is compared when
    /// rustc knows them, and reported with the message.
    pub(in crate::lower) fn agree(&mut self, a: &[Dim], b: &[Dim], message: impl Fn() -> String, place: Span) -> bool {
        let is_seen = |size: &Dim| !size.symbols().into_iter().any(|symbol| self.out.symbols.contains_key(symbol));
        let differences: Option<Vec<Dim>> =
            a.iter().zip(b).filter(|(a, b)| a != b).map(|(a, b)| a.subtract(b)).collect();
        match differences {
            Some(differences) if a.len() == b.len() && !differences.iter().any(is_seen) => {
                differences
                    .into_iter()
                    .for_each(|difference| self.must_be_zero(Code::OperandShapes, difference, message(), place));
                true
            }
            _ => false,
        }
    }
}

/// The help for a tensor with fewer axes: its trailing axes must be written out to be broadcast.
fn help(a: &[Dim], b: &[Dim]) -> String {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if short.len() == long.len() || !long.starts_with(short) {
        return String::new();
    }
    let sizes = short.iter().map(ToString::to_string).chain(long[short.len()..].iter().map(|_| "1".to_string()));
    let sizes: Vec<String> = sizes.collect();
    format!("\n\nhelp: `x.reshape({})` is repeated along the axes of size 1", sizes.join(", "))
}

pub(in crate::lower) fn operator_name(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "add",
        Operator::Subtract => "subtract",
        Operator::Multiply => "multiply",
        Operator::Divide => "divide",
        _ => "compare",
    }
}

/// An operation as its user wrote it.
fn operator_text(label: &str) -> &str {
    match label {
        "add" => "+",
        "subtract" | "negate" => "-",
        "multiply" => "*",
        "divide" => "/",
        function => function,
    }
}
