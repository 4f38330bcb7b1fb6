//! The extents of indices that are not written.

use std::collections::HashMap;

use proc_macro2::Span;

use crate::errors::Code;
use crate::lower::environment::{Binding, Environment};
use crate::lower::lowering::Lowering;
use crate::lower::shape::shapes::MOST_VALUES;
use crate::shape::Dim;
use crate::symbolic::TensorId;
use crate::syntax::ast::{Argument, Assign, Expression, ExpressionKind, Operator, Subscript};

impl Lowering<'_> {
    /// The extents of the named indices, by the axes that they index by themselves.
    pub(in crate::lower) fn infer_extents(
        &mut self,
        expression: &Expression,
        names: &[String],
        environment: &Environment,
    ) -> Option<HashMap<String, Dim>> {
        let mut found = HashMap::new();
        self.infer_into(expression, names, environment, &mut found)?;
        Some(found)
    }

    /// Reports an index that runs over nothing, or over more than any time suffices for.
    pub(in crate::lower) fn check_extent(&mut self, name: &str, extent: &Dim, place: Span) -> Option<()> {
        if extent.literal().is_some_and(|extent| extent < 1) {
            return self.mistake(
                Code::EmptyIndex,
                place,
                format!("`{name}` runs over {extent} values: there must be one at least"),
            );
        }
        if extent.magnitude() > MOST_VALUES {
            return self.mistake(
                Code::TooLarge,
                place,
                format!("`{name}` runs over {extent}: these are too many values"),
            );
        }
        Some(())
    }

    fn infer_into(
        &mut self,
        expression: &Expression,
        names: &[String],
        environment: &Environment,
        found: &mut HashMap<String, Dim>,
    ) -> Option<()> {
        match &expression.kind {
            ExpressionKind::Negate(value) => self.infer_into(value, names, environment, found),
            ExpressionKind::Binary(_, left, right) => {
                self.infer_into(left, names, environment, found)?;
                self.infer_into(right, names, environment, found)
            }
            ExpressionKind::Index(base, subscripts) => {
                for subscript in subscripts {
                    if let Subscript::At(inner) = subscript {
                        self.infer_into(inner, names, environment, found)?;
                    }
                }
                match self.tensor_at(base, environment) {
                    Some(tensor) => self.infer_from_read(tensor, subscripts, names, environment, found),
                    None => Some(()),
                }
            }
            ExpressionKind::Call(_, arguments) => {
                for argument in &arguments.positional {
                    if let Argument::Value(value) = argument {
                        self.infer_into(value, names, environment, found)?;
                    }
                }
                Some(())
            }
            ExpressionKind::Reduce(_, _, body) => self.infer_into(body, names, environment, found),
            _ => Some(()),
        }
    }

    fn infer_from_read(
        &mut self,
        tensor: TensorId,
        subscripts: &[Subscript],
        names: &[String],
        environment: &Environment,
        found: &mut HashMap<String, Dim>,
    ) -> Option<()> {
        let tensor = self.out.program.at(tensor);
        let (tensor_name, sizes) = (tensor.name.clone(), tensor.sample_shape().to_vec());
        for (subscript, axis) in subscripts.iter().zip(axes(subscripts, environment)) {
            let Subscript::At(Expression { kind: ExpressionKind::Name(name), span }) = subscript else { continue };
            let (name, Some(size)) = (name.to_string(), sizes.get(axis)) else { continue };
            if !names.contains(&name) {
                continue;
            }
            match found.get(&name) {
                None => {
                    found.insert(name, size.clone());
                }
                Some(known) if known == size => {}
                Some(known) => {
                    let difference = known.subtract(size).unwrap_or_default();
                    let message = format!(
                        "the index `{name}` runs over {size} values of `{tensor_name}`, but over {known} elsewhere in this expression"
                    );
                    if difference.literal().is_some() {
                        return self.mistake(Code::ExtentsDiffer, environment.place(*span), message);
                    }
                    self.must_be_zero(Code::ExtentsDiffer, difference, message, environment.place(*span));
                }
            }
        }
        Some(())
    }
}

/// The axis at which each subscript begins.
fn axes(subscripts: &[Subscript], environment: &Environment) -> Vec<usize> {
    let mut axis = 0;
    subscripts
        .iter()
        .map(|subscript| {
            let begins = axis;
            axis += match subscript {
                Subscript::Rest(rest) => environment.rests.get(&rest.text()).map_or(0, Vec::len),
                Subscript::At(_) => 1,
            };
            begins
        })
        .collect()
}

/// The size of the axis that `name` indexes by itself.
fn extent_from_left(name: &str, subscripts: &[Subscript], shape: &[Dim], environment: &Environment) -> Option<Dim> {
    let at = subscripts.iter().position(
        |s| matches!(s, Subscript::At(Expression { kind: ExpressionKind::Name(known), .. }) if *known == name),
    )?;
    shape.get(axes(subscripts, environment)[at]).cloned()
}

impl Lowering<'_> {
    /// The extent of an index on the left: the written one, else that of the axis that it indexes by itself, else the
    /// one that the right side implies, else that of a digit.
    pub(in crate::lower) fn extent_of(
        &mut self,
        name: &str,
        assign: &Assign,
        shape: Option<&[Dim]>,
        inferred: &HashMap<String, Dim>,
        environment: &Environment,
    ) -> Option<Option<Dim>> {
        if let Some((_, extent)) = assign.extents.iter().find(|(known, _)| known == name) {
            return self.size(extent, environment).map(Some);
        }
        let subscripts = assign.subscripts.as_deref().unwrap_or_default();
        Some(
            shape
                .and_then(|shape| extent_from_left(name, subscripts, shape, environment))
                .or_else(|| inferred.get(name).cloned())
                .or_else(|| self.extent_of_digit(name, subscripts, shape?, environment)),
        )
    }

    /// The extent of an index that is among others like a digit of a number: in `g*K + k`, `k` runs below `K` and `g`
    /// to the end of the axis.
    fn extent_of_digit(
        &mut self,
        name: &str,
        subscripts: &[Subscript],
        shape: &[Dim],
        environment: &Environment,
    ) -> Option<Dim> {
        for (subscript, axis) in subscripts.iter().zip(axes(subscripts, environment)) {
            let Subscript::At(expression) = subscript else { continue };
            let mut digits = Vec::new();
            if !collect_digits(expression, environment, &mut digits) {
                continue;
            }
            let mut factors = Vec::new();
            for (index, of) in digits {
                let mut factor = Dim::from(1);
                for size in of {
                    factor = factor.multiply(&self.size(size, environment)?)?;
                }
                factors.push((index, factor));
            }
            // of equal factors the first is that of the greater digit
            factors.sort_by_key(|(_, factor)| std::cmp::Reverse(factor.literal().unwrap_or(i64::MAX)));
            let Some(at) = factors.iter().position(|(index, _)| index == name) else { continue };
            let above = if at == 0 { shape.get(axis)? } else { &factors[at - 1].1 };
            return above.divide(&factors[at].1);
        }
        None
    }
}

/// An index and its factor.
type Digit<'a> = (String, Vec<&'a Expression>);

/// The indices whose multiples a position sums, and whether it consists of such terms alone.
fn collect_digits<'a>(expression: &'a Expression, environment: &Environment, into: &mut Vec<Digit<'a>>) -> bool {
    match &expression.kind {
        ExpressionKind::Binary(Operator::Add, left, right) => {
            collect_digits(left, environment, into) && collect_digits(right, environment, into)
        }
        _ => digit(expression, environment).map(|digit| into.push(digit)).is_some(),
    }
}

/// `k`, or a product of it and sizes.
fn digit<'a>(expression: &'a Expression, environment: &Environment) -> Option<Digit<'a>> {
    match &expression.kind {
        ExpressionKind::Name(name) => {
            let name = name.to_string();
            (!matches!(environment.names.get(&name), Some(Binding::Size(..)))).then_some((name, Vec::new()))
        }
        ExpressionKind::Binary(Operator::Multiply, left, right) => {
            let (mut found, factor) = match (digit(left, environment), digit(right, environment)) {
                (Some(found), None) => (found, right),
                (None, Some(found)) => (found, left),
                _ => return None,
            };
            found.1.push(factor);
            Some(found)
        }
        _ => None,
    }
}
