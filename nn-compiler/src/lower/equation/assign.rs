//! Definitions: `y[o] = …;` and `y = …;`.

use proc_macro2::Span;

use crate::equation::{Equation, Role, Tensor};
use crate::lower::Lowering;
use crate::lower::call::environment::{Binding, Environment, Scope, Value};
use crate::shape::{Dim, display_shape};
use crate::symbolic::{ExpressionId, IndexId, Position, TensorId};
use crate::syntax::ast::{Assign, Expression, ExpressionKind, Subscript};

/// A result of a formula: its name and, where it is declared, its shape.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Declared {
    pub name: String,
    /// The name of its tensor.
    pub label: String,
    pub shape: Option<Vec<Dim>>,
    /// Whether there is one for each sample.
    pub for_each_sample: bool,
}

impl Lowering<'_> {
    /// `y = …;`
    pub(in crate::lower) fn assign_whole(
        &mut self,
        name: &str,
        assign: &Assign,
        environment: &mut Environment,
        declared: &[Declared],
    ) {
        let value = self.value(&assign.value, environment);
        let place = environment.place(assign.value.span);
        self.check_declared(name, value, place, declared);
        self.keep_numerator(name, value, &assign.value, environment);
        environment.bind(name, value.into());
    }

    /// Reports a result of another shape than it is declared with.
    pub(in crate::lower) fn check_declared(&mut self, name: &str, value: Value, place: Span, declared: &[Declared]) {
        let shape = declared.iter().find(|declared| declared.name == name).and_then(|declared| declared.shape.as_ref());
        if let (Value::Tensor(tensor), Some(shape)) = (value, shape) {
            let given = self.out.program.at(tensor).sample_shape().to_vec();
            if given != *shape {
                let (given, shape) = (display_shape(&given), display_shape(shape));
                self.errors.report(place, format!("`{name}` is declared as {shape}, but this gives {given}"));
            }
        }
    }

    /// `y[o, ..] = …;`, bound to `name`.
    pub(in crate::lower) fn assign_indexed(
        &mut self,
        name: &str,
        assign: &Assign,
        subscripts: &[Subscript],
        environment: &mut Environment,
        declared: &[Declared],
    ) -> Option<()> {
        let place = environment.place(assign.name.span());
        let known = match environment.names.get(name) {
            Some(Binding::Tensor(tensor)) => Some(*tensor),
            _ => None,
        };
        let shape = match known {
            Some(tensor) => Some(self.out.program.at(tensor).sample_shape().to_vec()),
            None => declared.iter().find(|declared| declared.name == name).and_then(|declared| declared.shape.clone()),
        };
        let scope = self.left_scope(assign, subscripts, shape.as_deref(), environment)?;
        let before = self.out.program.equations.len();
        let (body, direct) = self.right_side(assign, environment, &scope)?;
        if let Some(known) = known {
            self.check_grows(known, assign, body, place)?;
        }
        let target = match known {
            Some(tensor) => tensor,
            None => {
                let shape = shape.unwrap_or_else(|| self.shape_of_scope(subscripts, &scope));
                let target = self.new_target(name, shape, body, environment, declared);
                if assign.adds {
                    self.begin_with_zeros(target, before);
                }
                target
            }
        };
        if !self.out.program.at(target).for_each_sample()
            && self.out.program.pool.indices(body).contains(&IndexId::SAMPLE)
        {
            return self.mistake(place, crate::lower::stored::states::one_for_all(name));
        }
        let positions = self.positions((target, name), subscripts, environment, &scope, place)?;
        let sizes = self.out.program.at(target).sample_shape().to_vec();
        for (position, size) in positions.iter().zip(&sizes).filter(|_| !assign.clips) {
            self.check_inside((name, false), position, size, place)?;
        }
        if !assign.adds {
            self.check_digits(&positions, environment, place)?;
        }
        let direct = direct.map(|at| at + usize::from(assign.adds && known.is_none()));
        let definition =
            Equation { accumulate: assign.adds, clip: assign.clips, ..Equation::elementwise(target, Vec::new(), body) };
        self.define(Equation { write: positions, ..definition }, &scope, direct);
        if !self.indexed.iter().any(|(known, ..)| *known == target) {
            self.indexed.push((target, name.into(), place));
        }
        Some(())
    }

    /// The tensor of a name that is defined for the first time.
    fn new_target(
        &mut self,
        name: &str,
        shape: Vec<Dim>,
        body: ExpressionId,
        environment: &mut Environment,
        declared: &[Declared],
    ) -> TensorId {
        let result = declared.iter().find(|declared| declared.name == name);
        let for_each_sample = match result {
            Some(declared) => declared.for_each_sample,
            None => self.out.program.pool.indices(body).contains(&IndexId::SAMPLE),
        };
        let label = result.map_or_else(|| format!("{}_{name}", environment.label), |declared| declared.label.clone());
        let target = self.new_tensor(&label, shape, for_each_sample);
        environment.bind(name, Binding::Tensor(target));
        target
    }

    /// Reports positions of several indices that may not reach every place exactly once.
    fn check_digits(&mut self, positions: &[Position], environment: &Environment, place: Span) -> Option<()> {
        let known = |(index, factor): &(IndexId, Dim)| {
            factor.literal().is_some() && self.out.program.extent(*index).literal().is_some()
        };
        let unknown = positions.iter().any(|position| match position {
            Position::Affine(affine) => affine.terms.len() > 1 && !affine.terms.iter().all(known),
            _ => false,
        });
        if unknown {
            let label = &environment.label;
            let message =
                format!("`{label}` needs sizes that are numbers: it is defined at several indices along an axis");
            return self.mistake(place, message);
        }
        Some(())
    }

    /// A new tensor with a shape for one sample.
    pub(in crate::lower) fn new_tensor(&mut self, name: &str, shape: Vec<Dim>, for_each_sample: bool) -> TensorId {
        let iterations = self.iterations.clone();
        self.tensor_with(name, shape, for_each_sample, &iterations)
    }

    /// A new tensor with an axis for each of some sequences.
    pub(in crate::lower) fn tensor_with(
        &mut self,
        name: &str,
        shape: Vec<Dim>,
        for_each_sample: bool,
        iterations: &[IndexId],
    ) -> TensorId {
        let program = &mut self.out.program;
        let samples = for_each_sample.then(Dim::samples);
        let counts = iterations.iter().map(|iteration| program.extent(*iteration).clone());
        let shape = samples.into_iter().chain(counts).chain(shape).collect();
        program.tensor(Tensor { sequence_axes: iterations.len(), ..Tensor::new(name, shape, Role::Value) })
    }

    /// Whether a definition may add to an existing tensor: one that was begun here and that nothing has read.
    fn check_grows(&mut self, tensor: TensorId, assign: &Assign, body: ExpressionId, place: Span) -> Option<()> {
        let name = &assign.name;
        if !self.indexed.iter().any(|(known, ..)| *known == tensor) {
            return self.mistake(place, format!("`{name}` is there already: choose another name for what is defined"));
        }
        let program = &self.out.program;
        let bodies = program.equations.iter().map(|equation| equation.body).chain([body]);
        let mut reads = bodies.flat_map(|body| program.pool.reads(body));
        let is_own = |read| program.pool.tensor_of(read).map(|read| program.root(read)) == Some(tensor);
        if assign.adds && reads.any(is_own) {
            return self.mistake(place, format!("`{name}` is read before all is added to it"));
        }
        Some(())
    }

    /// Fills a tensor with zeros if it is only accumulated into.
    fn begin_with_zeros(&mut self, target: TensorId, before: usize) {
        let program = &mut self.out.program;
        let indices = program.indices_over(target, &self.iterations);
        let zero = program.pool.constant(0.0);
        program.equations.insert(before, Equation::elementwise(target, indices, zero));
    }

    /// Adds the equation. A reduction that is the whole right side defines the target itself.
    fn define(&mut self, mut equation: Equation, scope: &Scope, direct: Option<usize>) {
        let program = &mut self.out.program;
        let mut indices = program.leading_indices(equation.target, &self.iterations);
        equation.write.splice(0..0, indices.iter().copied().map(Position::index));
        // in the order in which they are written, so that the innermost is contiguous
        let read = program.pool.indices(equation.body);
        // an index with one value that occurs nowhere is of no use
        let single = |index: &IndexId| program.extent(*index).literal() == Some(1) && !read.contains(index);
        for index in equation.write.iter().flat_map(Position::indices).chain(scope.all().filter(|index| !single(index)))
        {
            if !indices.contains(&index) {
                indices.push(index);
            }
        }
        if let Some(at) = direct
            && at + 1 == program.equations.len()
        {
            let reduction = &program.equations[at];
            let same = reduction.write.iter().filter_map(Position::as_index).all(|index| indices.contains(&index));
            if same {
                indices.extend(reduction.reduced());
                let (reduce, body) = (reduction.reduce, reduction.body);
                program.equations[at] = Equation { indices, reduce, body, ..equation };
                return;
            }
        }
        program.equations.push(Equation { indices, ..equation });
    }

    /// The value of the right side, and the equation of a reduction that is the whole of it.
    fn right_side(
        &mut self,
        assign: &Assign,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<(ExpressionId, Option<usize>)> {
        if let ExpressionKind::Reduce(name, binders, body) = &assign.value.kind {
            let reduced = self.reduce(name, binders, body, environment, scope)?;
            // only sums can accumulate
            return Some((reduced.value, reduced.equation.filter(|_| !assign.adds || name == "sum")));
        }
        Some((self.scalar(&assign.value, environment, scope)?, None))
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
        // an extent that is written follows from nothing else: it may be less than that of the axis
        let is_said = |name: &str| assign.extents.iter().any(|(said, _)| said == name);
        let unsaid: Vec<String> = names.iter().map(|(name, _)| name.clone()).filter(|name| !is_said(name)).collect();
        let inferred = self.infer_extents(&assign.value, &unsaid, environment)?;
        for (name, span) in names {
            let Some(extent) = self.extent_of(&name, assign, shape, &inferred, environment)? else {
                let message = format!(
                    "nothing says how far `{name}` runs: no tensor on the right is read at `{name}` alone\n\nhelp: say it, as in `{}[{name}: N] = …`",
                    assign.name
                );
                return self.mistake(environment.place(span), message);
            };
            if extent.literal().is_some_and(|extent| extent < 1) {
                let message = format!("`{name}` runs over {extent} values: there must be one at least");
                return self.mistake(environment.place(span), message);
            }
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
