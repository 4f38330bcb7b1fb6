//! Numbers given as an argument, `weight = (1.0, 0.5)`, as tensors of the program.

use crate::equation::{Equation, Role, Tensor};
use crate::errors::Code;
use crate::lower::environment::{Binding, Environment, Numbers};
use crate::lower::lowering::Lowering;
use crate::lower::shape::sizes::typenum_literal;
use crate::shape::{Dim, display_shape};
use crate::symbolic::{IndexId, TensorId};
use crate::syntax::ast::{Expression, ExpressionKind, Formula, ParameterKind, Pattern, SizeItem, Type};
use proc_macro2::Span;

impl Lowering<'_> {
    /// The numbers of an argument.
    pub(in crate::lower) fn numbers(
        &mut self,
        value: &Expression,
        what: &str,
        environment: &mut Environment,
    ) -> Option<Numbers> {
        if let ExpressionKind::Tuple(parts) = &value.kind {
            let parts: Option<Vec<Numbers>> = parts.iter().map(|part| self.numbers(part, what, environment)).collect();
            return Some(Numbers::Parts(parts?));
        }
        let place = environment.place(value.span);
        if self.tensor_at(value, environment).is_some() {
            return self.mistake(
                Code::NotConstant,
                place,
                format!("{what} consists of numbers that are known while compiling"),
            );
        }
        let number = self.real(value, environment)?;
        match self.out.program.constant_value(number).filter(|number| number.is_finite()) {
            Some(number) => Some(Numbers::One(number)),
            None => self.mistake(Code::ArgumentKind, place, format!("{what} consists of finite numbers: `(1.0, 0.5)`")),
        }
    }

    /// Turns the numbers that a formula was given into tensors, now that its sizes are known.
    pub(in crate::lower) fn place_numbers(&mut self, formula: &Formula, environment: &mut Environment) -> bool {
        let mut good = true;
        for parameter in &formula.parameters {
            let (ParameterKind::Numbers(shape), Pattern::Name(name)) = (&parameter.kind, &parameter.pattern) else {
                continue;
            };
            let name = name.to_string();
            let Some(Binding::Numbers(numbers, place)) = environment.names.get(&name).cloned() else { continue };
            bind_sizes(shape, &numbers, place, environment);
            let what = environment.keywords.get(&name).cloned().unwrap_or_else(|| name.clone());
            let tensor = self
                .shape_of(shape, environment)
                .and_then(|shape| self.tensor_of_numbers(&numbers, shape, (&what, &environment.label), place));
            good &= tensor.is_some();
            environment.bind(&name, tensor.map_or(Binding::Unknown, Binding::Tensor));
        }
        good
    }

    /// A tensor of a shape: numbers with fewer axes are broadcast along the first ones.
    fn tensor_of_numbers(
        &mut self,
        numbers: &Numbers,
        shape: Vec<Dim>,
        (what, of): (&str, &str),
        place: Span,
    ) -> Option<TensorId> {
        if let Numbers::One(value) = numbers {
            let target = self.new_tensor(what, shape, false);
            let indices = self.out.program.indices_over(target, &self.iterations);
            let body = self.out.program.pool.constant(*value);
            self.out.program.equations.push(Equation::elementwise(target, indices, body));
            self.filled.insert(target, body);
            return Some(target);
        }
        let Some(own) = sizes(numbers) else {
            return self.mistake(
                Code::ArgumentForm,
                place,
                format!("`{what}` of `{of}` has parts of different lengths"),
            );
        };
        let own: Vec<Dim> = own.into_iter().map(Dim::from).collect();
        let fits = own.len() <= shape.len();
        let last = &shape[shape.len() - own.len().min(shape.len())..];
        let message =
            format!("`{what}` of `{of}` has the shape {}, but is given {}", display_shape(&shape), display_shape(&own));
        let differing =
            last.iter().zip(&own).find(|(a, b)| a != b && a.subtract(b).is_none_or(|d| d.literal().is_some()));
        if !fits || differing.is_some() {
            return self.mistake(Code::ArgumentForm, place, message);
        }
        for (wanted, given) in last.iter().zip(&own).filter(|(wanted, given)| wanted != given) {
            self.must_be_zero(Code::ArgumentForm, wanted.subtract(given).unwrap_or_default(), message.clone(), place);
        }
        let mut values = Vec::new();
        flatten(numbers, &mut values);
        let constant = self.constant(what, last.to_vec(), values);
        if last.len() == shape.len() {
            return Some(constant);
        }
        let last = last.len();
        let target = self.new_tensor(what, shape, false);
        let indices: Vec<IndexId> = self.out.program.indices_over(target, &self.iterations);
        let body = self.out.program.element(constant, &indices[indices.len() - last..]);
        self.out.program.equations.push(Equation::elementwise(target, indices, body));
        self.repeated.insert(target, constant);
        Some(target)
    }

    /// A constant of the program; equal ones are one.
    fn constant(&mut self, name: &str, shape: Vec<Dim>, values: Vec<f64>) -> TensorId {
        let program = &mut self.out.program;
        let number = program.constants.iter().position(|known| *known == values).unwrap_or_else(|| {
            program.constants.push(values);
            program.constants.len() - 1
        });
        program.tensor(Tensor::new(name, shape, Role::Constant(number)))
    }
}

/// Binds unbound names of sizes to the sizes of the numbers, as the shape of an input does.
fn bind_sizes(shape: &Type, numbers: &Numbers, place: Span, environment: &mut Environment) {
    let Some(own) = sizes(numbers).filter(|own| own.len() == shape.sizes.len()) else { return };
    for (size, given) in shape.sizes.iter().zip(own) {
        if let SizeItem::Size(Expression { kind: ExpressionKind::Name(name), .. }) = size
            && typenum_literal(&name.to_string()).is_none()
        {
            let size = Binding::Size(Dim::from(given), place);
            environment.names.entry(name.to_string()).or_insert(size);
        }
    }
}

/// The sizes of nested parts; `None` where they differ.
fn sizes(numbers: &Numbers) -> Option<Vec<i64>> {
    let Numbers::Parts(parts) = numbers else { return Some(Vec::new()) };
    let inner: Vec<Vec<i64>> = parts.iter().map(sizes).collect::<Option<_>>()?;
    let first = inner.first()?.clone();
    let len = i64::try_from(parts.len()).ok()?;
    inner.iter().all(|sizes| *sizes == first).then(|| [vec![len], first].concat())
}

fn flatten(numbers: &Numbers, into: &mut Vec<f64>) {
    match numbers {
        Numbers::One(value) => into.push(*value),
        Numbers::Parts(parts) => parts.iter().for_each(|part| flatten(part, into)),
    }
}
