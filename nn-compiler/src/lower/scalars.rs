//! Indexed expressions: `bias[o] + sum[i](weight[o, i] * x[i])`.

use proc_macro2::Span;

use super::environment::{Binding, Environment, Scope, Value};
use super::messages::expression_text;
use super::{Lowering, Obligation};
use crate::equation::{Equation, Reduce, Role, Tensor};
use crate::errors::with_suggestion;
use crate::shape::{Dim, display_shape};
use crate::symbolic::table::Function;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, Relation, TensorId};
use crate::syntax::ast::{Argument, Arguments, Binder, Expression, ExpressionKind, Operator, Subscript};

/// The names of reductions; no function may be called so.
pub(super) const REDUCTIONS: [&str; 5] = ["sum", "mean", "max", "min", "prod"];

impl Lowering<'_> {
    /// The value of an expression for one choice of the indices in `scope`.
    pub(super) fn scalar(
        &mut self,
        expression: &Expression,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<ExpressionId> {
        let place = environment.place(expression.span);
        match &expression.kind {
            ExpressionKind::Number { value, .. } => Some(self.out.program.pool.constant(*value)),
            ExpressionKind::Bool(_) => self.mistake(place, "expected a number"),
            ExpressionKind::Name(name) => self.scalar_name(&name.to_string(), place, environment, scope),
            ExpressionKind::Path(_) | ExpressionKind::Infer | ExpressionKind::Tuple(_) => {
                self.mistake(place, "expected a number, a tensor with indices, or arithmetic of these")
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
            ExpressionKind::Reduce(name, binders, body) => {
                self.reduce(name, binders, body, environment, scope).map(|reduced| reduced.value)
            }
        }
    }

    /// `a + b` and the like for two values.
    pub(super) fn arithmetic(
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
            _ => self.mistake(place, "a comparison stands in `where(a < b, x, y)` only"),
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
            Some(Binding::Real(value) | Binding::Scalar(value)) => Some(*value),
            Some(Binding::Tensor(tensor)) => {
                let tensor = *tensor;
                let shape = self.out.program.at(tensor).sample_shape().to_vec();
                if shape.is_empty() {
                    return Some(self.read_at(tensor, Vec::new(), None));
                }
                let message =
                    format!("`{name}` has the shape {} and needs indices here: `{name}[…]`", display_shape(&shape));
                self.mistake(place, message)
            }
            Some(Binding::Unknown) => None,
            Some(Binding::Layer(_)) => self.mistake(place, format!("`{name}` is a layer: call it, as in `{name}(x)`")),
            Some(Binding::Bool(_) | Binding::Word(_)) => self.mistake(place, format!("`{name}` is not a number")),
            None => self.unknown_name(name, place, environment, scope),
        }
    }

    fn unknown_name<T>(&mut self, name: &str, place: Span, environment: &Environment, scope: &Scope) -> Option<T> {
        let known: Vec<&str> = environment
            .names
            .keys()
            .map(String::as_str)
            .chain(scope.indices.iter().map(|(name, _)| name.as_str()))
            .collect();
        let message = if scope.indices.is_empty() {
            format!("there is no value `{name}` here")
        } else {
            format!(
                "the index `{name}` is not bound: it stands neither on the left of `=` nor in a `sum[{name}](…)` around it"
            )
        };
        self.mistake(place, with_suggestion(message, name, known))
    }

    /// The tensor in front of `[…]`.
    fn indexed_tensor(&mut self, base: &Expression, environment: &mut Environment) -> Option<TensorId> {
        match self.value(base, environment) {
            Value::Tensor(tensor) => Some(tensor),
            Value::Real(_) => self.mistake(environment.place(base.span), "a number has no indices"),
            Value::Unknown => None,
        }
    }

    /// The element of a tensor at given positions of one sample.
    pub(super) fn read_at(&mut self, tensor: TensorId, at: Vec<Position>, outside: Option<f64>) -> ExpressionId {
        let mut positions = at;
        let program = &mut self.out.program;
        if program.at(tensor).for_each_sample() {
            positions.insert(0, Position::index(IndexId::SAMPLE));
        }
        // what never leaves its tensor needs no value outside
        let outside = outside.filter(|_| !program.lies_inside(tensor, &positions));
        program.pool.read(tensor, positions, outside)
    }

    /// `x[h*S + i, ..]`
    fn read(
        &mut self,
        (tensor, name): (TensorId, &str),
        subscripts: &[Subscript],
        outside: Option<f64>,
        environment: &mut Environment,
        scope: &Scope,
        place: Span,
    ) -> Option<ExpressionId> {
        let positions = self.positions((tensor, name), subscripts, environment, scope, place)?;
        if outside.is_none() {
            let sizes = self.out.program.at(tensor).sample_shape().to_vec();
            for (position, size) in positions.iter().zip(&sizes) {
                self.check_inside((name, true), position, size, place)?;
            }
        }
        Some(self.read_at(tensor, positions, outside))
    }

    /// The positions that subscripts stand for, one for each axis of a sample.
    pub(super) fn positions(
        &mut self,
        (tensor, name): (TensorId, &str),
        subscripts: &[Subscript],
        environment: &mut Environment,
        scope: &Scope,
        place: Span,
    ) -> Option<Vec<Position>> {
        let mut positions = Vec::new();
        for subscript in subscripts {
            match subscript {
                Subscript::Rest(span) => match &scope.rest {
                    Some(rest) => positions.extend(rest.iter().copied().map(Position::index)),
                    None => {
                        let message =
                            "`..` is not bound: it stands neither on the left of `=` nor in a `sum[..](…)` around it";
                        return self.mistake(environment.place(*span), message);
                    }
                },
                Subscript::At(expression) => positions.push(self.position(expression, environment, scope)?),
            }
        }
        let program = &self.out.program;
        let rank = program.at(tensor).sample_shape().len();
        if positions.len() != rank {
            let shape = display_shape(program.at(tensor).sample_shape());
            let axes = if rank == 1 { "1 axis".to_string() } else { format!("{rank} axes") };
            let message =
                format!("`{name}` has the shape {shape}, with {axes}, but {} indices are given", positions.len());
            return self.mistake(place, message);
        }
        Some(positions)
    }

    /// One index: affine in the indices in scope, or read from a tensor of indices.
    fn position(&mut self, expression: &Expression, environment: &mut Environment, scope: &Scope) -> Option<Position> {
        if let Some(affine) = self.affine(expression, environment, scope)? {
            return Some(Position::Affine(affine));
        }
        let place = environment.place(expression.span);
        let value = self.scalar(expression, environment, scope)?;
        if let Node::Read { tensor, .. } = self.out.program.pool.node(value)
            && self.out.program.at(*tensor).bound.is_some()
        {
            return Some(Position::Gather(value));
        }
        self.mistake(
            place,
            "an index is made of index names and sizes (`h*S + i - P`), or read from a tensor of indices",
        )
    }

    /// `Some(None)` for an expression that is not affine.
    fn affine(&mut self, expression: &Expression, environment: &Environment, scope: &Scope) -> Option<Option<Affine>> {
        let place = environment.place(expression.span);
        let affine = match &expression.kind {
            ExpressionKind::Number { whole: Some(value), .. } => Some(Affine::constant(Dim::from(*value))),
            ExpressionKind::Name(name) => {
                let name = name.to_string();
                match (scope.find(&name), environment.names.get(&name)) {
                    (Some(index), _) => Some(Affine::index(index)),
                    (None, Some(Binding::Size(dim, _))) => Some(Affine::constant(dim.clone())),
                    (None, Some(_)) => None,
                    (None, None) => return self.unknown_name(&name, place, environment, scope),
                }
            }
            ExpressionKind::Negate(value) => {
                let Some(value) = self.affine(value, environment, scope)? else { return Some(None) };
                Some(self.fits(value.scale(&Dim::from(-1)), place)?)
            }
            ExpressionKind::Binary(operator, left, right) => {
                let left = self.affine(left, environment, scope)?;
                let right = self.affine(right, environment, scope)?;
                let (Some(left), Some(right)) = (left, right) else { return Some(None) };
                return self.affine_operation(*operator, &left, &right, place);
            }
            _ => None,
        };
        Some(affine)
    }

    fn affine_operation(
        &mut self,
        operator: Operator,
        left: &Affine,
        right: &Affine,
        place: Span,
    ) -> Option<Option<Affine>> {
        let result = match operator {
            Operator::Add => left.add(right),
            Operator::Subtract => right.scale(&Dim::from(-1)).and_then(|right| left.add(&right)),
            Operator::Multiply if right.terms.is_empty() => left.scale(&right.constant),
            Operator::Multiply if left.terms.is_empty() => right.scale(&left.constant),
            Operator::Divide if left.terms.is_empty() && right.terms.is_empty() => {
                left.constant.divide(&right.constant).map(Affine::constant)
            }
            _ => return self.mistake(place, "an index can be multiplied by sizes only, and sizes divided by sizes"),
        };
        self.fits(result, place).map(Some)
    }

    /// Reports a position that can leave its axis.
    pub(super) fn check_inside(
        &mut self,
        (name, is_read): (&str, bool),
        position: &Position,
        size: &Dim,
        place: Span,
    ) -> Option<()> {
        let Position::Affine(affine) = position else { return Some(()) };
        let (low, high) = self.fits(self.out.program.bounds(affine), place)?;
        let room = size.subtract(&Dim::from(1)).and_then(|last| last.subtract(&high));
        let room = self.fits(room, place)?;
        let text = affine.display(&self.out.program);
        let message = format!(
            "the index `{text}` can leave `{name}`: it runs from {low} to {high}, but there are {size} values along this axis"
        );
        if low.literal().is_some_and(|low| low < 0) || room.literal().is_some_and(|room| room < 0) {
            let help = if is_read {
                format!("\n\nhelp: write `pad({name}[…], 0)` to read zeros outside")
            } else {
                String::new()
            };
            return self.mistake(place, message + &help);
        }
        for not_negative in [low, room].into_iter().filter(|dim| dim.literal().is_none()) {
            self.out.obligations.push(Obligation { not_negative, zero: false, message: message.clone() });
        }
        Some(())
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
        match text.as_str() {
            "where" => return self.scalar_where(arguments, environment, scope, place),
            "pad" => return self.scalar_pad(arguments, environment, scope, place),
            "random" => return self.scalar_random(scope),
            _ => {}
        }
        if let Some(formula) = self.library.scalar_function(&text) {
            let values = self.scalar_arguments(arguments, formula.inputs.len(), environment, scope)?;
            return self.inline(formula, &values, arguments, environment, place);
        }
        if let Some(function) = table_function(&text) {
            let count = function.row().derivatives.len();
            let values = self.scalar_arguments(arguments, count, environment, scope)?;
            if values.len() != count || arguments.positional.len() != count {
                let message = format!("`{text}` takes {count} {}", if count == 1 { "number" } else { "numbers" });
                return self.mistake(place, message);
            }
            return Some(self.out.program.pool.apply(function, &values));
        }
        if environment.names.contains_key(&text) || self.library.knows(&text) {
            let message = format!(
                "`{text}` works on whole tensors: keep its result first, as in `p = {text}(…);`, and index that"
            );
            return self.mistake(place, message);
        }
        let message = self.unknown_function(&text, environment);
        self.mistake(place, message)
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
                return self.mistake(environment.place(argument.span()), "expected a value");
            };
            values.push(self.scalar(value, environment, scope));
        }
        values.into_iter().collect()
    }

    fn scalar_where(
        &mut self,
        arguments: &Arguments,
        environment: &mut Environment,
        scope: &Scope,
        place: Span,
    ) -> Option<ExpressionId> {
        let [Argument::Value(condition), Argument::Value(then), Argument::Value(otherwise)] =
            arguments.positional.as_slice()
        else {
            return self.mistake(place, "expected `where(a < b, value, other value)`");
        };
        let ExpressionKind::Binary(operator, left, right) = &condition.kind else {
            return self.mistake(environment.place(condition.span), "expected a comparison such as `x > 0`");
        };
        let Some(relation) = Relation::of(*operator) else {
            return self.mistake(environment.place(condition.span), "expected a comparison such as `x > 0`");
        };
        let left = self.scalar(left, environment, scope);
        let right = self.scalar(right, environment, scope);
        let then = self.scalar(then, environment, scope);
        let otherwise = self.scalar(otherwise, environment, scope);
        Some(self.out.program.pool.choose(relation, left?, right?, then?, otherwise?))
    }

    /// `pad(x[…], value)`
    fn scalar_pad(
        &mut self,
        arguments: &Arguments,
        environment: &mut Environment,
        scope: &Scope,
        place: Span,
    ) -> Option<ExpressionId> {
        let [Argument::Value(read), Argument::Value(value)] = arguments.positional.as_slice() else {
            return self.mistake(place, "expected `pad(x[…], value)`");
        };
        let ExpressionKind::Index(base, subscripts) = &read.kind else {
            return self.mistake(environment.place(read.span), "expected a tensor with indices: `pad(x[…], value)`");
        };
        let value_place = environment.place(value.span);
        let value = self.real(value, environment)?;
        let Some(value) = self.out.program.pool.as_constant(value) else {
            return self.mistake(value_place, "the value outside is a number");
        };
        let tensor = self.indexed_tensor(base, environment)?;
        let name = expression_text(base);
        self.read((tensor, &name), subscripts, Some(value), environment, scope, place)
    }

    /// `random()`: a number in 0 ≤ u < 1 for each choice of the indices.
    fn scalar_random(&mut self, scope: &Scope) -> Option<ExpressionId> {
        let indices = scope.rest.iter().flatten().chain(scope.indices.iter().map(|(_, index)| index));
        let mut element = Affine::default();
        for index in indices {
            let extent = self.out.program.extent(*index).clone();
            element = element.scale(&extent)?.add(&Affine::index(*index))?;
        }
        let layer = self.draws;
        self.draws += 1;
        Some(self.out.program.pool.random(layer, element))
    }

    /// `sum[i](…)`
    pub(super) fn reduce(
        &mut self,
        name: &syn::Ident,
        binders: &[Binder],
        body: &Expression,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<Reduced> {
        let place = environment.place(name.span());
        let text = name.to_string();
        let reduce = match text.as_str() {
            "sum" | "mean" => Reduce::Sum,
            "max" => Reduce::Max,
            "min" => Reduce::Min,
            "prod" => Reduce::Product,
            _ => {
                let message =
                    format!("there is no reduction `{text}`: it is one of `sum`, `mean`, `max`, `min`, `prod`");
                return self.mistake(place, with_suggestion(message, &text, REDUCTIONS));
            }
        };
        let (inner, bound) = self.bind_indices(binders, body, environment, scope)?;
        let value = self.scalar(body, environment, &inner)?;
        let Some(read) = self.reduced_tensor(reduce, &text, value, &bound, environment, place) else {
            return Some(Reduced { value, equation: None });
        };
        if text != "mean" {
            return Some(Reduced { value: read, equation: Some(self.out.program.equations.len() - 1) });
        }
        let extents: Vec<Dim> = bound.iter().map(|index| self.out.program.extent(*index).clone()).collect();
        let count = self.fits(Dim::product(&extents), place)?;
        let pool = &mut self.out.program.pool;
        let count = pool.size(count);
        Some(Reduced { value: pool.divide(read, count), equation: None })
    }

    /// Defines a tensor that holds a reduction for every choice of the indices it depends on, and
    /// reads it; `None` if nothing is reduced.
    fn reduced_tensor(
        &mut self,
        reduce: Reduce,
        name: &str,
        body: ExpressionId,
        bound: &[IndexId],
        environment: &Environment,
        _place: Span,
    ) -> Option<ExpressionId> {
        if bound.is_empty() {
            return None;
        }
        let program = &mut self.out.program;
        let free: Vec<IndexId> =
            program.pool.indices(body).into_iter().filter(|index| !bound.contains(index)).collect();
        let shape = free.iter().map(|index| program.extent(*index).clone()).collect();
        let name = format!("{}_{name}", environment.label);
        let target = program.tensor(Tensor::new(name, shape, Role::Value));
        let write = free.iter().copied().map(Position::index).collect();
        let indices = free.iter().chain(bound).copied().collect();
        program.equations.push(Equation { target, write, indices, reduce, accumulate: false, clip: false, body });
        Some(program.element(target, &free))
    }

    /// The scope inside of a reduction, and its indices.
    fn bind_indices(
        &mut self,
        binders: &[Binder],
        body: &Expression,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<(Scope, Vec<IndexId>)> {
        let mut inner = scope.clone();
        let mut bound = Vec::new();
        let names: Vec<String> = binders
            .iter()
            .filter_map(|binder| if let Binder::Index(name, None) = binder { Some(name.to_string()) } else { None })
            .collect();
        let inferred = self.infer_extents(body, &names, environment)?;
        for binder in binders {
            match binder {
                Binder::Rest(span) => {
                    let Some(rest) = environment.rest.clone() else {
                        return self.mistake(environment.place(*span), "nothing says what `..` stands for here");
                    };
                    let indices = self.rest_indices(&rest);
                    bound.extend(&indices);
                    inner.rest = Some(indices);
                }
                Binder::Index(name, extent) => {
                    let extent = match extent {
                        Some(extent) => self.size(extent, environment)?,
                        None => match inferred.get(&name.to_string()) {
                            Some(extent) => extent.clone(),
                            None => {
                                let message = format!(
                                    "nothing says how far `{name}` runs: no tensor is read at `{name}` alone\n\nhelp: say it, as in `sum[{name}: N](…)`"
                                );
                                return self.mistake(environment.place(name.span()), message);
                            }
                        },
                    };
                    if extent.literal().is_some_and(|extent| extent < 1) {
                        let message = format!("`{name}` runs over {extent} values: there must be one at least");
                        return self.mistake(environment.place(name.span()), message);
                    }
                    if scope.find(&name.to_string()).is_some() {
                        let message = format!("`{name}` is an index already: choose another name");
                        return self.mistake(environment.place(name.span()), message);
                    }
                    let index = self.out.program.index(name.to_string(), extent);
                    bound.push(index);
                    inner.indices.push((name.to_string(), index));
                }
            }
        }
        Some((inner, bound))
    }

    /// New indices over the axes of `..`.
    pub(super) fn rest_indices(&mut self, rest: &[Dim]) -> Vec<IndexId> {
        const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
        let program = &mut self.out.program;
        rest.iter().enumerate().map(|(at, extent)| program.index(NAMES[at % 6], extent.clone())).collect()
    }
}

/// The result of a reduction.
pub(super) struct Reduced {
    pub value: ExpressionId,
    /// The equation that defines it, if it is one alone.
    pub equation: Option<usize>,
}

/// A function of the table that users may call.
pub(super) fn table_function(name: &str) -> Option<Function> {
    // PyTorch's name for a power
    let name = if name == "pow" { "powf" } else { name };
    Function::named(name)
}
