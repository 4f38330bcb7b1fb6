//! Definitions: `y[o] = …;` and `y = …;`.

use proc_macro2::Span;

use crate::equation::{Equation, Role, Tensor};
use crate::errors::Code;
use crate::lower::environment::{Binding, Environment, Scope, Value};
use crate::lower::lowering::Lowering;
use crate::lower::network::unused::mentions;
use crate::shape::{Dim, display_shape};
use crate::symbolic::{ExpressionId, IndexId, Position, TensorId};
use crate::syntax::ast::{Assign, ExpressionKind, Subscript};

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
                self.errors.report(
                    Code::DefinitionShape,
                    place,
                    format!("`{name}` is declared as {shape}, but this gives {given}"),
                );
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
        let (known, shape) = self.known_target(name, environment, declared);
        if !environment.names.contains_key(name) && mentions(&assign.value, name) {
            let message = format!(
                "`{name}` is not defined yet where it is read\n\nhelp: a step reads what the step before has defined in a scan: `scan t: T {{ carry h: [N] = zeros; next h[n] = …; {name}[t, n] = …; }}`"
            );
            return self.mistake(Code::UnknownValue, place, message);
        }
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
            return self.mistake(Code::DependsOnSample, place, one_for_all(name));
        }
        let positions = self.left_positions((target, name), assign, subscripts, environment, &scope)?;
        let direct = direct.map(|at| at + usize::from(assign.adds && known.is_none()));
        let definition =
            Equation { accumulate: assign.adds, clip: assign.clips, ..Equation::elementwise(target, Vec::new(), body) };
        self.define(Equation { write: positions, ..definition }, &scope, direct);
        if !self.indexed.iter().any(|(known, ..)| *known == target) {
            self.indexed.push((target, name.into(), place));
        }
        Some(())
    }

    /// The tensor that a name stands for already, and the shape of what is defined, as far as these are known.
    fn known_target(
        &self,
        name: &str,
        environment: &Environment,
        declared: &[Declared],
    ) -> (Option<TensorId>, Option<Vec<Dim>>) {
        match environment.names.get(name) {
            Some(Binding::Tensor(tensor)) => {
                (Some(*tensor), Some(self.out.program.at(*tensor).sample_shape().to_vec()))
            }
            _ => {
                let result = declared.iter().find(|declared| declared.name == name);
                (None, result.and_then(|declared| declared.shape.clone()))
            }
        }
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
        let of_layers = iterations.iter().all(|iteration| program.counts_layers(*iteration));
        let tensor = Tensor::new(name, shape, Role::Value);
        program.tensor(Tensor { sequence_axes: iterations.len(), of_layers, ..tensor })
    }

    /// Whether a definition may add to an existing tensor: one that was begun here and that nothing has read.
    fn check_grows(&mut self, tensor: TensorId, assign: &Assign, body: ExpressionId, place: Span) -> Option<()> {
        let name = &assign.name;
        if !self.indexed.iter().any(|(known, ..)| *known == tensor) {
            return self.mistake(
                Code::DefinedAlready,
                place,
                format!("`{name}` is there already: choose another name for what is defined"),
            );
        }
        let program = &self.out.program;
        let bodies = program.equations.iter().map(|equation| equation.body).chain([body]);
        let mut reads = bodies.flat_map(|body| program.pool.reads(body));
        let is_own = |read| program.pool.tensor_of(read).map(|read| program.root(read)) == Some(tensor);
        if assign.adds && reads.any(is_own) {
            return self.mistake(Code::DefinedAlready, place, format!("`{name}` is read before all is added to it"));
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
}

/// The message for a value that differs between samples.
pub(in crate::lower) fn one_for_all(name: &str) -> String {
    format!(
        "`{name}` is one for all samples, but this depends on the sample: bring them together, as in `mean[batch](…)`"
    )
}
