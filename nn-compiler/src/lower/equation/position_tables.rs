//! Tables of positions that are not affine: those of indices and sizes alone are computed while compiling, for every
//! choice of the indices, as in `x[c, floor(h*H / N) + i]`.

use std::collections::HashMap;

use proc_macro2::Span;

use crate::equation::Role;
use crate::errors::Code;
use crate::lower::environment::{Binding, Environment, Scope};
use crate::lower::lowering::Lowering;
use crate::lower::messages::expression_text;
use crate::lowered::Obligation;
use crate::shape::Dim;
use crate::symbolic::{Affine, Function, IndexId, Position, Table, TensorId};
use crate::syntax::ast::{Argument, Arguments, Expression, ExpressionKind, Operator, Subscript};

/// The greatest number of positions of a table, and of all tables of a network.
const MOST: i64 = 1 << 16;
const MOST_IN_ALL: i64 = 1 << 18;

const NEEDS_NUMBERS: &str = "this index is computed while compiling: its sizes have to be numbers";

const NOT_COMPUTED: &str = "an index is made of index names, sizes, numbers and functions of them";

/// Values of indices by their names.
type Choice = HashMap<String, i64>;

impl Lowering<'_> {
    /// The positions of an expression for every choice of its indices; `Some(None)` if it reads tensors.
    pub(in crate::lower) fn table(
        &mut self,
        expression: &Expression,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<Option<Position>> {
        let mut names = Vec::new();
        if !self.depends_on_indices_alone(expression, environment, scope, &mut names) {
            return Some(None);
        }
        let place = environment.place(expression.span);
        let mut extents = Vec::new();
        let mut at = Affine::default();
        for (_, index) in &names {
            let extent = self.out.program.extent(*index).clone();
            at = self.fits(at.scale(&extent).and_then(|at| at.add(&Affine::index(*index))), place)?;
            let Some(extent) = extent.literal() else {
                return self.mistake(Code::UndecidedSize, place, NEEDS_NUMBERS);
            };
            extents.push(extent);
        }
        let count = extents.iter().try_fold(1i64, |product, extent| product.checked_mul(*extent));
        let Some(count) = count.filter(|count| *count <= MOST) else {
            return self.mistake(Code::TooLarge, place, format!("this index has too many values: more than {MOST}"));
        };
        let before = self.tabulated;
        self.tabulated += count;
        if self.tabulated > MOST_IN_ALL {
            let message = format!(
                "this index and those before it, which are computed while compiling, have more than {MOST_IN_ALL} values"
            );
            // one mistake for all of them
            return if before > MOST_IN_ALL { None } else { self.mistake(Code::TooLarge, place, message) };
        }
        let mut values = Vec::new();
        for choice in choices(&names, &extents) {
            values.push(self.whole_position(expression, environment, &choice)?);
        }
        let strides = (0..extents.len()).map(|at| extents[at + 1..].iter().product::<i64>()).collect::<Vec<_>>();
        let indices: Vec<IndexId> = names.iter().map(|(_, index)| *index).collect();
        Some(Some(match as_affine(&values, &indices, &extents, &strides) {
            Some(affine) => Position::Affine(affine),
            None => Position::Table(Table { values: values.into(), at }),
        }))
    }

    /// Reports positions that leave their axis.
    pub(in crate::lower) fn check_table(&mut self, name: &str, table: &Table, size: &Dim, place: Span) -> Option<()> {
        let low = table.values.iter().min().copied().unwrap_or(0);
        let high = table.values.iter().max().copied().unwrap_or(0);
        let message = format!(
            "an index can leave `{name}`: it runs from {low} to {high}, but there are {size} values along this axis"
        );
        if low < 0 || size.literal().is_some_and(|size| high >= size) {
            return self.mistake(Code::IndexLeaves, place, message);
        }
        if size.literal().is_none() {
            let not_negative = self.fits(size.subtract(&Dim::from(high + 1)), place)?;
            self.out.obligations.push(Obligation {
                not_negative,
                zero: false,
                code: Code::IndexLeaves,
                message,
                place,
            });
        }
        Some(())
    }

    /// The position for one choice of the indices.
    fn whole_position(
        &mut self,
        expression: &Expression,
        environment: &mut Environment,
        choice: &Choice,
    ) -> Option<i64> {
        let value = self.chosen(expression, environment, choice)?;
        if value.fract() == 0.0 && value.abs() < 1e15 {
            #[allow(clippy::cast_possible_truncation)] // whole and not large
            return Some(value as i64);
        }
        let mut chosen: Vec<String> = choice.iter().map(|(name, value)| format!("`{name}` is {value}")).collect();
        chosen.sort();
        let message = format!(
            "the index `{}` is {value} where {}: an index is a whole number\n\nhelp: `floor(…)` and `ceil(…)` round",
            expression_text(expression),
            chosen.join(" and ")
        );
        self.mistake(Code::IndexForm, environment.place(expression.span), message)
    }

    /// The value of an expression for one choice of the indices. Quotients of sizes alone round down, as everywhere.
    #[allow(clippy::cast_precision_loss)] // sizes and indices are small
    fn chosen(&mut self, expression: &Expression, environment: &mut Environment, choice: &Choice) -> Option<f64> {
        let place = environment.place(expression.span);
        if self.is_size(expression, environment) {
            let Some(size) = self.size(expression, environment)?.literal() else {
                return self.mistake(Code::UndecidedSize, place, NEEDS_NUMBERS);
            };
            return Some(size as f64);
        }
        match &expression.kind {
            ExpressionKind::Number { value, .. } => Some(*value),
            ExpressionKind::Name(name) => {
                match (choice.get(&name.to_string()), environment.names.get(&name.to_string())) {
                    (Some(value), _) => Some(*value as f64),
                    (None, Some(Binding::Real(value))) => match self.out.program.constant_value(*value) {
                        Some(value) => Some(value),
                        None => self.mistake(Code::UndecidedSize, place, NEEDS_NUMBERS),
                    },
                    _ => self.mistake(Code::IndexForm, place, NOT_COMPUTED),
                }
            }
            ExpressionKind::Negate(value) => Some(-self.chosen(value, environment, choice)?),
            ExpressionKind::Binary(operator, left, right) => {
                let (left, right) = (self.chosen(left, environment, choice)?, self.chosen(right, environment, choice)?);
                match operator {
                    Operator::Add => Some(left + right),
                    Operator::Subtract => Some(left - right),
                    Operator::Multiply => Some(left * right),
                    Operator::Divide => Some(left / right),
                    _ => self.mistake(Code::IndexForm, place, "an index is a number, not a comparison"),
                }
            }
            ExpressionKind::Call(name, arguments) => {
                let (Some(function), Some(arguments)) = (Function::named(&name.to_string()), values_of(arguments))
                else {
                    return self.mistake(Code::IndexForm, place, NOT_COMPUTED);
                };
                let values: Option<Vec<f64>> =
                    arguments.into_iter().map(|argument| self.chosen(argument, environment, choice)).collect();
                Some((function.row().value)(&values?))
            }
            ExpressionKind::Index(base, subscripts) => self.chosen_number(base, subscripts, environment, choice),
            _ => self.mistake(Code::IndexForm, place, NOT_COMPUTED),
        }
    }

    /// `S[k]` for one choice of the indices, where `S` are numbers that a formula was given.
    fn chosen_number(
        &mut self,
        base: &Expression,
        subscripts: &[Subscript],
        environment: &mut Environment,
        choice: &Choice,
    ) -> Option<f64> {
        let place = environment.place(base.span);
        let Some(tensor) = self.tensor_at(base, environment) else {
            return self.mistake(Code::IndexForm, place, NOT_COMPUTED);
        };
        let name = expression_text(base);
        let shape = self.out.program.at(tensor).sample_shape().to_vec();
        if subscripts.len() != shape.len() {
            let message = format!("`{name}` has {} axes, but {} indices are given", shape.len(), subscripts.len());
            return self.mistake(Code::IndexCount, place, message);
        }
        let mut at = 0;
        let mut positions = Vec::new();
        for (subscript, size) in subscripts.iter().zip(&shape) {
            let Subscript::At(position) = subscript else { return self.mistake(Code::IndexForm, place, NOT_COMPUTED) };
            let Some(size) = size.literal() else { return self.mistake(Code::UndecidedSize, place, NEEDS_NUMBERS) };
            let position = self.whole_position(position, environment, choice)?;
            if !(0..size).contains(&position) {
                let message = format!(
                    "an index can leave `{name}`: it is {position}, but there are {size} values along this axis"
                );
                return self.mistake(Code::IndexLeaves, place, message);
            }
            positions.push((position, size));
        }
        if let Some(value) = self.filled.get(&tensor) {
            return self.out.program.constant_value(*value);
        }
        let constant = self.repeated.get(&tensor).copied().unwrap_or(tensor);
        // a constant that is broadcast along the first axes has the last ones
        let own = self.out.program.at(constant).sample_shape().len();
        for (position, size) in &positions[positions.len() - own..] {
            at = at * size + position;
        }
        let Role::Constant(number) = self.out.program.at(constant).role else {
            return self.mistake(Code::IndexForm, place, NOT_COMPUTED);
        };
        let values = &self.out.program.constants[number];
        usize::try_from(at).ok().and_then(|at| values.get(at)).copied()
    }

    /// Whether a tensor consists of numbers that are known while compiling.
    fn holds_known_numbers(&self, tensor: TensorId) -> bool {
        let is_constant = matches!(self.out.program.at(tensor).role, Role::Constant(_));
        is_constant || self.filled.contains_key(&tensor) || self.repeated.contains_key(&tensor)
    }

    /// Whether an expression is made of indices, sizes, known numbers and functions of the table; collects the
    /// indices.
    fn depends_on_indices_alone(
        &self,
        expression: &Expression,
        environment: &Environment,
        scope: &Scope,
        indices: &mut Vec<(String, IndexId)>,
    ) -> bool {
        let mut within = |part: &Expression| self.depends_on_indices_alone(part, environment, scope, indices);
        match &expression.kind {
            ExpressionKind::Number { .. } => true,
            ExpressionKind::Name(name) => {
                let name = name.to_string();
                match scope.find(&name) {
                    Some(index) => {
                        if !indices.iter().any(|(_, known)| *known == index) {
                            indices.push((name, index));
                        }
                        true
                    }
                    None => matches!(environment.names.get(&name), Some(Binding::Size(..) | Binding::Real(_))),
                }
            }
            ExpressionKind::Negate(value) => within(value),
            ExpressionKind::Binary(_, left, right) => within(left) && within(right),
            ExpressionKind::Call(name, arguments) => {
                let count = Function::named(&name.to_string()).map(|function| function.row().derivatives.len());
                values_of(arguments).is_some_and(|values| count == Some(values.len()) && values.into_iter().all(within))
            }
            ExpressionKind::Index(base, subscripts) => {
                let known = self.tensor_at(base, environment).is_some_and(|tensor| self.holds_known_numbers(tensor));
                known && subscripts.iter().all(|at| matches!(at, Subscript::At(at) if within(at)))
            }
            _ => false,
        }
    }
}

/// The arguments of a call, if all of them are plain values.
fn values_of(arguments: &Arguments) -> Option<Vec<&Expression>> {
    let values = arguments.positional.iter().map(|argument| match argument {
        Argument::Value(value) => Some(value),
        Argument::Arrow(..) => None,
    });
    values.collect::<Option<Vec<_>>>().filter(|_| arguments.keywords.is_empty())
}

/// All choices of some indices, the last of which runs fastest.
fn choices(names: &[(String, IndexId)], extents: &[i64]) -> Vec<Choice> {
    let mut all = vec![Choice::new()];
    for ((name, _), extent) in names.iter().zip(extents) {
        let with = |choice: &Choice, value: i64| {
            let mut choice = choice.clone();
            choice.insert(name.clone(), value);
            choice
        };
        all = all.iter().flat_map(|choice| (0..*extent).map(move |value| with(choice, value))).collect();
    }
    all
}

/// The affine position that has these values, if there is one: kernels can stream those.
fn as_affine(values: &[i64], indices: &[IndexId], extents: &[i64], strides: &[i64]) -> Option<Affine> {
    let first = *values.first()?;
    let mut affine = Affine::constant(Dim::from(first));
    let mut factors = Vec::new();
    for ((index, extent), stride) in indices.iter().zip(extents).zip(strides) {
        let factor = if *extent > 1 { values.get(usize::try_from(*stride).ok()?)? - first } else { 0 };
        factors.push(factor);
        affine = affine.add(&Affine::index(*index).scale(&Dim::from(factor))?)?;
    }
    let same = values.iter().enumerate().all(|(at, value)| {
        let mut rest = i64::try_from(at).unwrap_or(0);
        let mut expected = first;
        for (factor, stride) in factors.iter().zip(strides) {
            expected += factor * (rest / stride);
            rest %= stride;
        }
        expected == *value
    });
    same.then_some(affine)
}
