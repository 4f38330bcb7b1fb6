//! Definitions: `y[o] = …;` and `y = …;`.

use std::collections::HashMap;

use proc_macro2::Span;

use super::Lowering;
use super::environment::{Binding, Environment, Scope, Value};
use crate::equation::{Equation, Reduce, Role, Tensor, Turns};
use crate::shape::{Dim, display_shape};
use crate::symbolic::{ExpressionId, IndexId, Position, TensorId};
use crate::syntax::ast::{Argument, Assign, Expression, ExpressionKind, Subscript};

/// The result of a formula: its name and, where it is declared, its shape.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    pub name: String,
    pub shape: Option<Vec<Dim>>,
    /// Whether there is one for each sample.
    pub for_each_sample: bool,
}

impl Lowering<'_> {
    /// `y = …;`
    pub(super) fn assign_whole(
        &mut self,
        name: &str,
        assign: &Assign,
        environment: &mut Environment,
        declared: &Declared,
    ) {
        let value = self.value(&assign.value, environment);
        let place = environment.place(assign.value.span);
        if name == declared.name
            && let (Value::Tensor(tensor), Some(shape)) = (value, &declared.shape)
        {
            let given = self.out.program.at(tensor).sample_shape().to_vec();
            if given != *shape {
                let (given, shape) = (display_shape(&given), display_shape(shape));
                self.errors.report(place, format!("`{name}` is declared as {shape}, but this gives {given}"));
            }
        }
        let binding = match value {
            Value::Tensor(tensor) => Binding::Tensor(tensor),
            Value::Real(value) => Binding::Real(value),
            Value::Unknown => Binding::Unknown,
        };
        environment.bind(name, binding);
    }

    /// `y[o, ..] = …;`, where `name` is what the definition is kept under.
    pub(super) fn assign_indexed(
        &mut self,
        name: &str,
        assign: &Assign,
        subscripts: &[Subscript],
        environment: &mut Environment,
        declared: &Declared,
    ) -> Option<()> {
        let known = match environment.names.get(name) {
            Some(Binding::Tensor(tensor)) => Some(*tensor),
            _ => None,
        };
        let shape = match known {
            Some(tensor) => Some(self.out.program.at(tensor).sample_shape().to_vec()),
            None if name == declared.name => declared.shape.clone(),
            None => None,
        };
        let scope = self.left_scope(assign, subscripts, shape.as_deref(), environment)?;
        let (body, direct) = self.right_side(&assign.value, environment, &scope)?;
        let for_each_sample = match known {
            Some(tensor) => self.out.program.at(tensor).for_each_sample(),
            None if name == declared.name => declared.for_each_sample,
            None => self.out.program.pool.indices(body).contains(&IndexId::SAMPLE),
        };
        let place = environment.place(assign.name.span());
        let target = match known {
            Some(tensor) => tensor,
            None => {
                let shape = shape.unwrap_or_else(|| self.shape_of_scope(subscripts, &scope));
                let label = if name == declared.name {
                    environment.label.clone()
                } else {
                    format!("{}_{name}", environment.label)
                };
                let target = self.new_tensor(&label, shape, for_each_sample);
                environment.bind(name, Binding::Tensor(target));
                target
            }
        };
        if !self.out.program.at(target).for_each_sample()
            && self.out.program.pool.indices(body).contains(&IndexId::SAMPLE)
        {
            return self.mistake(place, super::states::one_for_all(name));
        }
        let positions = self.positions((target, name), subscripts, environment, &scope, place)?;
        let sizes = self.out.program.at(target).sample_shape().to_vec();
        for (position, size) in positions.iter().zip(&sizes) {
            self.check_inside((name, false), position, size, place)?;
        }
        self.define(target, positions, &scope, body, direct);
        if !self.indexed.iter().any(|(known, ..)| *known == target) {
            self.indexed.push((target, name.into(), place));
        }
        Some(())
    }

    /// A new tensor with a shape for one sample.
    pub(super) fn new_tensor(&mut self, name: &str, shape: Vec<Dim>, for_each_sample: bool) -> TensorId {
        let turns = self.out.program.turns.clone();
        self.tensor_with(name, shape, for_each_sample, &turns)
    }

    /// A new tensor of which every turn of some sequences has its own.
    pub(super) fn tensor_with(
        &mut self,
        name: &str,
        shape: Vec<Dim>,
        for_each_sample: bool,
        turns: &[IndexId],
    ) -> TensorId {
        let program = &mut self.out.program;
        let samples = for_each_sample.then(Dim::samples);
        let counts = turns.iter().map(|turn| program.extent(*turn).clone());
        let shape = samples.into_iter().chain(counts).chain(shape).collect();
        let turns = vec![Turns::Kept; turns.len()];
        program.tensor(Tensor { turns, ..Tensor::new(name, shape, Role::Value) })
    }

    /// Adds the equation. A reduction that is all of the right side defines the target itself.
    fn define(
        &mut self,
        target: TensorId,
        mut write: Vec<Position>,
        scope: &Scope,
        body: ExpressionId,
        direct: Option<usize>,
    ) {
        let program = &mut self.out.program;
        let mut indices = program.leading_indices(target);
        // in the order in which they are written, so that the innermost is contiguous
        indices.extend(write.iter().flat_map(Position::indices));
        write.splice(0..0, program.leading_indices(target).into_iter().map(Position::index));
        indices.extend(scope.all().filter(|index| !indices.contains(index)).collect::<Vec<_>>());
        if let Some(at) = direct
            && at + 1 == program.equations.len()
        {
            let reduction = &program.equations[at];
            let same = reduction.write.iter().filter_map(Position::as_index).all(|index| indices.contains(&index));
            if same {
                let reduced: Vec<IndexId> = reduction.reduced().collect();
                let (reduce, body) = (reduction.reduce, reduction.body);
                indices.extend(reduced);
                program.equations[at] =
                    Equation { target, write, indices, reduce, accumulate: false, clip: false, body };
                return;
            }
        }
        program.equations.push(Equation {
            target,
            write,
            indices,
            reduce: Reduce::Sum,
            accumulate: false,
            clip: false,
            body,
        });
    }

    /// The value of the right side, and the equation of a reduction that is all of it.
    fn right_side(
        &mut self,
        value: &Expression,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<(ExpressionId, Option<usize>)> {
        if let ExpressionKind::Reduce(name, binders, body) = &value.kind {
            let reduced = self.reduce(name, binders, body, environment, scope)?;
            return Some((reduced.value, reduced.equation));
        }
        Some((self.scalar(value, environment, scope)?, None))
    }

    /// The indices on the left of `=`.
    fn left_scope(
        &mut self,
        assign: &Assign,
        subscripts: &[Subscript],
        shape: Option<&[Dim]>,
        environment: &mut Environment,
    ) -> Option<Scope> {
        let mut names: Vec<(String, Span)> = Vec::new();
        let mut scope = Scope::default();
        for subscript in subscripts {
            match subscript {
                Subscript::Rest(rest) => {
                    let sizes = self.rest_of(rest, environment)?;
                    let indices = self.rest_indices(&sizes);
                    scope.rests.push((rest.text(), indices));
                }
                Subscript::At(expression) => index_names(expression, environment, &mut names),
            }
        }
        let plain: Vec<String> = names.iter().map(|(name, _)| name.clone()).collect();
        let inferred = self.infer_extents(&assign.value, &plain, environment)?;
        for (name, span) in names {
            // an index that stands alone on the left runs over the whole axis
            let said = match assign.extents.iter().find(|(known, _)| *known == name) {
                Some((_, extent)) => Some(self.size(extent, environment)?),
                None => None,
            };
            let extent = said
                .or_else(|| shape.and_then(|shape| extent_from_left(&name, subscripts, shape, environment)))
                .or_else(|| inferred.get(&name).cloned());
            let Some(extent) = extent else {
                let message = format!(
                    "nothing says how far `{name}` runs: no tensor on the right is read at `{name}` alone\n\nhelp: say it, as in `{}[{name}: N] = …`",
                    assign.name
                );
                return self.mistake(environment.place(span), message);
            };
            if scope.find(&name).is_none() {
                let index = self.out.program.index(name.clone(), extent);
                scope.indices.push((name, index));
            }
        }
        Some(scope)
    }

    /// The shape that the left side of a new tensor implies.
    fn shape_of_scope(&self, subscripts: &[Subscript], scope: &Scope) -> Vec<Dim> {
        let mut shape = Vec::new();
        for subscript in subscripts {
            match subscript {
                Subscript::Rest(rest) => {
                    let indices = scope.rest(&rest.text()).unwrap_or_default();
                    shape.extend(indices.iter().map(|index| self.out.program.extent(*index).clone()));
                }
                Subscript::At(Expression { kind: ExpressionKind::Name(name), .. }) => {
                    let extent = scope.find(&name.to_string()).map(|index| self.out.program.extent(index).clone());
                    shape.push(extent.unwrap_or_else(|| Dim::from(1)));
                }
                Subscript::At(_) => shape.push(Dim::from(1)),
            }
        }
        shape
    }

    /// How far the named indices run, by the axes that are read at them alone.
    pub(super) fn infer_extents(
        &mut self,
        expression: &Expression,
        names: &[String],
        environment: &Environment,
    ) -> Option<HashMap<String, Dim>> {
        let mut found = HashMap::new();
        self.infer_into(expression, names, environment, &mut found)?;
        Some(found)
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
                let ExpressionKind::Name(name) = &base.kind else { return Some(()) };
                let Some(Binding::Tensor(tensor)) = environment.names.get(&name.to_string()) else { return Some(()) };
                self.infer_from_read(*tensor, subscripts, names, environment, found)
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
                        return self.mistake(environment.place(*span), message);
                    }
                    self.must_be_zero(difference, message);
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

/// The size of the axis that is written at `name` alone.
fn extent_from_left(name: &str, subscripts: &[Subscript], shape: &[Dim], environment: &Environment) -> Option<Dim> {
    let at = subscripts.iter().position(
        |s| matches!(s, Subscript::At(Expression { kind: ExpressionKind::Name(known), .. }) if *known == name),
    )?;
    shape.get(axes(subscripts, environment)[at]).cloned()
}

/// The names in an index that are not sizes.
fn index_names(expression: &Expression, environment: &Environment, names: &mut Vec<(String, Span)>) {
    match &expression.kind {
        ExpressionKind::Name(name) => {
            let text = name.to_string();
            if !matches!(environment.names.get(&text), Some(Binding::Size(..))) {
                names.push((text, name.span()));
            }
        }
        ExpressionKind::Negate(value) => index_names(value, environment, names),
        ExpressionKind::Binary(_, left, right) => {
            index_names(left, environment, names);
            index_names(right, environment, names);
        }
        _ => {}
    }
}
