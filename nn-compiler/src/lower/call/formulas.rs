//! The unfolding of a formula at its call.

use proc_macro2::Span;

use crate::equation::Role;
use crate::errors::Code;
use crate::lower::environment::{Binding, Called, Environment, Scope, Value};
use crate::lower::equation::assign::Declared;
use crate::lower::lowering::Lowering;
use crate::lower::messages::signature;
use crate::shape::display_shape;
use crate::symbolic::{ExpressionId, IndexId, TensorId};
use crate::syntax::ast::{Arguments, Formula, Statement, TypedName};

impl Lowering<'_> {
    /// Runs the body of a formula whose inputs and parameters are bound.
    pub(in crate::lower) fn run(
        &mut self,
        formula: &Formula,
        environment: &mut Environment,
        inputs: &[Option<TensorId>],
    ) -> Called {
        if !self.unfolds(formula, environment.call) {
            return Value::Unknown.into();
        }
        let Some(inputs) = self.bind_inputs(formula, environment, inputs) else { return Value::Unknown.into() };
        let inputs = inputs.as_slice();
        if !self.place_axes(formula, environment, inputs) || !self.place_numbers(formula, environment) {
            return Value::Unknown.into();
        }
        let Some(body) = self.require_all(formula, environment) else { return Value::Unknown.into() };
        let Some(declared) = self.declare(formula, environment, inputs) else { return Value::Unknown.into() };
        self.depth += 1;
        let outer = std::mem::take(&mut self.indexed);
        let holds = self.statements(body, environment, &declared);
        self.check_definitions(&formula.name.to_string());
        self.indexed = outer;
        self.depth -= 1;
        self.advance_states(environment);
        if !holds {
            return Value::Unknown.into();
        }
        let mut results: Vec<Value> =
            declared.iter().map(|declared| self.result(formula, declared, environment)).collect();
        if results.len() == 1 { Called::One(results.remove(0)) } else { Called::Several(results) }
    }

    /// Binds the inputs, and returns their tensors.
    fn bind_inputs(
        &mut self,
        formula: &Formula,
        environment: &mut Environment,
        inputs: &[Option<TensorId>],
    ) -> Option<Vec<TensorId>> {
        let given: Vec<Option<TensorId>> = formula
            .inputs
            .iter()
            .zip(inputs)
            .map(|(declared, tensor)| tensor.map(|tensor| self.with_declared_sizes(declared, tensor, environment)))
            .collect();
        let mut tensors = Vec::new();
        for (at, (declared, tensor)) in formula.inputs.iter().zip(given).enumerate() {
            match (tensor, formula.left_out(at)) {
                (Some(tensor), _) => {
                    environment.bind(&declared.name.to_string(), Binding::Tensor(tensor));
                    tensors.push(tensor);
                }
                (None, Some(left_out)) => tensors.extend(self.leave_out(declared, left_out, environment)?),
                (None, None) => return None,
            }
        }
        Some(tensors)
    }

    /// An input with the sizes that the formula computes with: a view of it, where equal sizes are written in two ways.
    fn with_declared_sizes(&mut self, declared: &TypedName, tensor: TensorId, environment: &Environment) -> TensorId {
        let Some(sizes) = declared.shape.as_ref().and_then(|shape| self.shape_of(shape, environment)) else {
            return tensor;
        };
        self.resized(tensor, sizes)
    }

    /// A result of a formula whose body has been run.
    fn result(&mut self, formula: &Formula, declared: &Declared, environment: &Environment) -> Value {
        match environment.names.get(&declared.name) {
            Some(Binding::Tensor(tensor)) => Value::Tensor(*tensor),
            Some(Binding::Real(value)) => Value::Real(*value),
            Some(Binding::Unknown) => Value::Unknown,
            _ => {
                let place = environment.place(formula.name.span());
                let message = format!("`{}` never defines its result `{}`", formula.name, declared.name);
                if self.errors.any() { Value::Unknown } else { self.unknown(Code::UndefinedResult, place, message) }
            }
        }
    }

    /// Checks the requirements in front of a formula's body, and gives the rest: requirements on arguments come before
    /// the statements that rely on them.
    fn require_all<'f>(&mut self, formula: &'f Formula, environment: &mut Environment) -> Option<&'f [Statement]> {
        let mut body = formula.body.as_slice();
        while let [Statement::Require { condition, message }, rest @ ..] = body {
            if !self.require(condition, message.as_ref(), environment) {
                return None;
            }
            body = rest;
        }
        Some(body)
    }

    /// The results' declared shapes.
    fn declare(&mut self, formula: &Formula, environment: &Environment, inputs: &[TensorId]) -> Option<Vec<Declared>> {
        let for_each_sample = inputs.iter().any(|input| self.out.program.at(*input).for_each_sample());
        let mut all = Vec::new();
        for result in formula.results() {
            let name = result.name.to_string();
            let shape = match &result.shape {
                Some(shape) => Some(self.shape_of(shape, environment)?),
                None => None,
            };
            let label = &environment.label;
            let of = if environment.layer.is_some() { format!("layer `{label}`") } else { format!("`{label}`") };
            if let Some(shape) = &shape
                && !self.check_positive(shape, &format!("the result of {of}"), environment.call)
            {
                return None;
            }
            let label = if formula.further.is_empty() { label.clone() } else { format!("{label}_{name}") };
            all.push(Declared { name, label, shape, for_each_sample });
        }
        Some(all)
    }

    /// Returns whether all requirements hold; the first that does not ends the unfolding.
    fn statements(&mut self, statements: &[Statement], environment: &mut Environment, declared: &[Declared]) -> bool {
        statements.iter().all(|statement| self.statement(statement, environment, declared))
    }

    pub(in crate::lower) fn statement(
        &mut self,
        statement: &Statement,
        environment: &mut Environment,
        declared: &[Declared],
    ) -> bool {
        match statement {
            Statement::Parameter(stored) if self.declared_in_scan("parameter", &stored.name, environment) => {
                return false;
            }
            Statement::Layer(field) if self.declared_in_scan("layer", &field.name, environment) => return false,
            Statement::State(stored) if self.declared_in_scan("state", &stored.name, environment) => return false,
            Statement::Parameter(parameter) => self.parameter(parameter, environment),
            Statement::Layer(field) => self.inner_layer(field, environment),
            Statement::State(state) => self.state(state, environment),
            Statement::Next(assign) => {
                if self.next_carry(assign, environment).is_none() {
                    self.next(assign, environment);
                }
            }
            Statement::Scan(scan) => return self.scan(scan, environment, declared),
            Statement::Assign(assign) => {
                let name = assign.name.to_string();
                match &assign.subscripts {
                    None => self.assign_whole(&name, assign, environment, declared),
                    Some(subscripts) => {
                        if self.assign_at_position(assign, subscripts, environment, declared).is_some() {
                            return true;
                        }
                        if self.assign_indexed(&name, assign, subscripts, environment, declared).is_none() {
                            environment.names.entry(name).or_insert(Binding::Unknown);
                        }
                    }
                }
            }
            Statement::Several(several) => self.assign_several(several, environment, declared),
            Statement::Require { condition, message } => {
                return self.require(condition, message.as_ref(), environment);
            }
            Statement::If { condition, then, otherwise } => match self.condition(condition, environment) {
                Some(true) => return self.statements(then, environment, declared),
                Some(false) => return self.statements(otherwise, environment, declared),
                None => {}
            },
            Statement::Mode { train, infer } => {
                self.out.has_modes = true;
                let chosen = if self.mode == crate::lower::Mode::Train { train } else { infer };
                return self.statements(chosen, environment, declared);
            }
        }
        true
    }

    /// The value of a scalar function for given numbers.
    pub(in crate::lower) fn inline(
        &mut self,
        formula: &Formula,
        values: &[ExpressionId],
        arguments: &Arguments,
        outer: &mut Environment,
        place: Span,
    ) -> Option<ExpressionId> {
        let mut environment = Environment::new(&formula.name.to_string(), place, formula.library);
        if values.len() < formula.inputs.len() {
            let message = format!("`{}` is how it is called", signature(formula));
            return self.mistake(Code::MissingArgument, place, message);
        }
        if !self.bind_arguments(formula, arguments, formula.inputs.len(), outer, &mut environment) {
            return None;
        }
        if !self.unfolds(formula, place) {
            return None;
        }
        for (input, value) in formula.inputs.iter().zip(values) {
            environment.bind(&input.name.to_string(), Binding::Scalar(*value));
        }
        self.depth += 1;
        let result = self.inline_body(formula, &mut environment);
        self.depth -= 1;
        result
    }

    fn inline_body(&mut self, formula: &Formula, environment: &mut Environment) -> Option<ExpressionId> {
        self.inline_statements(formula, &formula.body, environment)?;
        match environment.names.get(&formula.result.name.to_string()) {
            Some(Binding::Scalar(value)) => Some(*value),
            _ => {
                let place = environment.place(formula.name.span());
                let message = format!("`{}` never defines its result `{}`", formula.name, formula.result.name);
                self.mistake(Code::UndefinedResult, place, message)
            }
        }
    }

    fn inline_statements(
        &mut self,
        formula: &Formula,
        statements: &[Statement],
        environment: &mut Environment,
    ) -> Option<()> {
        for statement in statements {
            match statement {
                Statement::Require { condition, message } => {
                    if !self.require(condition, message.as_ref(), environment) {
                        return None;
                    }
                }
                Statement::If { condition, then, otherwise } => {
                    let chosen = if self.condition(condition, environment)? { then } else { otherwise };
                    self.inline_statements(formula, chosen, environment)?;
                }
                Statement::Assign(assign) if assign.subscripts.is_some() => {
                    let place = environment.place(assign.name.span());
                    let message = "the inputs of this function have no shape: declare one, as in `x: [N]`";
                    return self.mistake(Code::FunctionOfNumbers, place, message);
                }
                Statement::Assign(assign) => {
                    let value = self.scalar(&assign.value, environment, &Scope::default())?;
                    environment.bind(&assign.name.to_string(), Binding::Scalar(value));
                }
                _ => {
                    let place = environment.place(formula.name.span());
                    return self.mistake(
                        Code::FunctionOfNumbers,
                        place,
                        "a function of numbers consists of definitions `name = value;` only",
                    );
                }
            }
        }
        Some(())
    }

    /// A tensor that is defined from the start, such as an input.
    pub(in crate::lower) fn given(
        &mut self,
        name: &str,
        shape: Vec<crate::shape::Dim>,
        role: Role,
        bound: Option<crate::shape::Dim>,
        for_each_sample: bool,
    ) -> TensorId {
        // the layers of an array have one each, but all steps of a scan have the same
        let program = &self.out.program;
        let arrays: Vec<IndexId> =
            self.iterations.iter().copied().filter(|iteration| program.counts_layers(*iteration)).collect();
        let id = self.tensor_with(name, shape, for_each_sample, &arrays);
        let tensor = self.out.program.at_mut(id);
        tensor.role = role;
        tensor.bound = bound;
        id
    }

    /// The shape of one sample of a tensor, as text.
    pub(in crate::lower) fn shape_text(&self, tensor: TensorId) -> String {
        display_shape(self.out.program.at(tensor).sample_shape())
    }
}
