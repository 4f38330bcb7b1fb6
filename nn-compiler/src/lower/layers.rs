//! Layers: formulas with parameters.

use std::collections::HashMap;

use proc_macro2::Span;

use super::arguments::{initialises, signature};
use super::environment::{Binding, Environment, Value};
use super::{Initial, Lowering, Parameter};
use crate::equation::Role;
use crate::errors::with_suggestion;
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, TensorId};
use crate::syntax::ast::{
    Argument, Arguments, Expression, ExpressionKind, Formula, FormulaKind, LayerField, ParameterStatement,
};

/// A layer that was declared: a field of the network, or a layer inside of one.
#[derive(Debug)]
pub(super) struct Instance<'a> {
    pub field: LayerField,
    pub path: Vec<String>,
    /// `None` after a mistake.
    pub formula: Option<&'a Formula>,
    /// What its arguments and earlier uses bound.
    pub bound: Environment,
    pub parameters: HashMap<String, TensorId>,
    /// The layers inside of it.
    pub inner: HashMap<String, usize>,
    pub used: bool,
}

impl<'a> Lowering<'a> {
    /// Declares a layer and answers its number.
    pub(super) fn declare_layer(&mut self, field: &LayerField, path: Vec<String>, outer: &mut Environment) -> usize {
        let label = path.join(".");
        let place = outer.place(field.kind.span());
        let mut bound = Environment::new(&label, place, true);
        let kind = field.kind.to_string();
        let mut formula = self.library.layer(&kind);
        if formula.is_none() {
            let message = self.unknown_layer(&kind);
            self.errors.report(place, message);
        }
        if let Some(found) = formula {
            bound.library = found.library;
            if !self.bind_arguments(found, &field.arguments, 0, outer, &mut bound) {
                formula = None;
            }
        }
        self.layers.push(Instance {
            field: field.clone(),
            path,
            formula,
            bound,
            parameters: HashMap::new(),
            inner: HashMap::new(),
            used: false,
        });
        let layer = self.layers.len() - 1;
        self.layers[layer].bound.layer = Some(layer);
        layer
    }

    /// A layer declared inside of a layer; declared once, however often the outer one is used.
    pub(super) fn inner_layer(&mut self, field: &LayerField, environment: &mut Environment) {
        let name = field.name.to_string();
        let Some(outer) = environment.layer else {
            let place = environment.place(field.name.span());
            self.errors.report(place, "layers with parameters can be declared in a `layer` only, not in a `fn`");
            return;
        };
        let layer = match self.layers[outer].inner.get(&name) {
            Some(layer) => *layer,
            None => {
                let mut path = self.layers[outer].path.clone();
                path.push(name.clone());
                let layer = self.declare_layer(field, path, environment);
                self.layers[outer].inner.insert(name.clone(), layer);
                layer
            }
        };
        environment.bind(&name, Binding::Layer(layer));
    }

    /// `fc1(x)`
    pub(super) fn apply_layer(
        &mut self,
        layer: usize,
        arguments: &Arguments,
        environment: &mut Environment,
        place: Span,
    ) -> Value {
        self.layers[layer].used = true;
        let label = self.layers[layer].bound.label.clone();
        let Some(formula) = self.layers[layer].formula else {
            // what is given may hold mistakes of its own
            for argument in &arguments.positional {
                if let Argument::Value(value) = argument {
                    self.value(value, environment);
                }
            }
            return Value::Unknown;
        };
        let Some(inputs) = self.tensor_arguments(formula, arguments, environment) else { return Value::Unknown };
        if inputs.len() < arguments.positional.len() || !arguments.keywords.is_empty() {
            let message = format!(
                "layer `{label}` takes {} here; its other arguments stand where it is declared",
                count_of(formula.inputs.len(), "input")
            );
            return self.unknown(place, message);
        }
        let mut inner = self.layers[layer].bound.clone();
        inner.call = place;
        inner.rest = None;
        let fits = self.unify_inputs(formula, &inputs, &mut inner, place);
        self.remember_inferred(layer, formula, &inner);
        if fits { self.run(formula, &mut inner, &inputs) } else { self.as_declared(formula, &inner, place) }
    }

    /// After a mistake in the inputs: a result of the declared shape, so that what follows is judged by
    /// what the user meant.
    fn as_declared(&mut self, formula: &Formula, environment: &Environment, place: Span) -> Value {
        let Some(shape) = &formula.result.shape else { return Value::Unknown };
        if !shape_is_known(shape, environment) {
            return Value::Unknown;
        }
        if environment.rest.as_ref().is_some_and(|rest| !rest.is_empty()) {
            return Value::Unknown;
        }
        let mut environment = environment.clone();
        environment.rest = Some(Vec::new());
        environment.call = place;
        match self.shape_of(shape, &environment) {
            Some(shape) => Value::Tensor(self.new_tensor(&environment.label, shape, true)),
            None => Value::Unknown,
        }
    }

    /// Keeps the sizes of `<…>` that followed from the first use.
    fn remember_inferred(&mut self, layer: usize, formula: &Formula, inner: &Environment) {
        use crate::syntax::ast::Pattern;
        fn names(pattern: &Pattern, into: &mut Vec<String>) {
            match pattern {
                Pattern::Name(name) => into.push(name.to_string()),
                Pattern::Tuple(parts) => parts.iter().for_each(|part| names(part, into)),
            }
        }
        let mut declared = Vec::new();
        formula.parameters.iter().for_each(|parameter| names(&parameter.pattern, &mut declared));
        for name in declared {
            if let Some(binding) = inner.names.get(&name) {
                self.layers[layer].bound.names.entry(name).or_insert_with(|| binding.clone());
            }
        }
    }

    /// `param weight: [Out, In] = …;`
    pub(super) fn parameter(&mut self, statement: &ParameterStatement, environment: &mut Environment) {
        let name = statement.name.to_string();
        let Some(layer) = environment.layer else {
            let place = environment.place(statement.name.span());
            self.errors.report(place, "a `fn` has no parameters: make it a `layer`");
            environment.bind(&name, Binding::Unknown);
            return;
        };
        if let Some(tensor) = self.layers[layer].parameters.get(&name) {
            environment.bind(&name, Binding::Tensor(*tensor));
            return;
        }
        let binding = match self.new_parameter(layer, statement, environment) {
            Some(tensor) => Binding::Tensor(tensor),
            None => Binding::Unknown,
        };
        environment.bind(&name, binding);
    }

    fn new_parameter(
        &mut self,
        layer: usize,
        statement: &ParameterStatement,
        environment: &mut Environment,
    ) -> Option<TensorId> {
        let shape = self.shape_of(&statement.shape, environment)?;
        let name = statement.name.to_string();
        let what = format!("the parameter `{name}` of layer `{}`", environment.label);
        if !self.check_positive(&shape, &what, environment.call) {
            return None;
        }
        let initial = self.initial_of(layer, statement, &shape, environment)?;
        let number = self.out.parameters.len();
        let label = format!("{}_{name}", self.layers[layer].path.join("_"));
        let tensor = self.given(&label, shape.clone(), Role::Parameter(number), None, false);
        self.layers[layer].parameters.insert(name.clone(), tensor);
        let path = self.layers[layer].path.clone();
        self.out.parameters.push(Parameter { path, name, shape, tensor, initial });
        Some(tensor)
    }

    /// The initial values: as the user says in the declaration, or as the formula says.
    fn initial_of(
        &mut self,
        layer: usize,
        statement: &ParameterStatement,
        shape: &[Dim],
        environment: &mut Environment,
    ) -> Option<Initial> {
        let given = self.layers[layer].field.arguments.keywords.iter().find_map(|(keyword, argument)| match argument {
            Argument::Value(value) if *keyword == statement.name => Some(value.clone()),
            _ => None,
        });
        let is_initial = given.is_some()
            && self.layers[layer].formula.is_some_and(|f| {
                initialises(f, &statement.name)
                    && !f.parameters.iter().any(|p| p.keyword.as_ref() == Some(&statement.name))
            });
        match given {
            Some(given) if is_initial => {
                let mut outer = Environment::new(&environment.label, given.span, false);
                self.initial(&given, shape, &mut outer)
            }
            _ => self.initial(&statement.initial, shape, environment),
        }
    }

    fn initial(&mut self, expression: &Expression, shape: &[Dim], environment: &mut Environment) -> Option<Initial> {
        let place = environment.place(expression.span);
        let (name, arguments) = match &expression.kind {
            ExpressionKind::Call(name, arguments) => (name.to_string(), Some(arguments)),
            ExpressionKind::Name(name) => (name.to_string(), None),
            ExpressionKind::Number { .. } | ExpressionKind::Negate(_) => {
                return Some(Initial::Constant(self.finite(expression, environment)?));
            }
            _ => return self.unknown_initial(place, ""),
        };
        let mut values = Vec::new();
        let mut named = HashMap::new();
        if let Some(arguments) = arguments {
            for argument in &arguments.positional {
                let Argument::Value(value) = argument else { return self.unknown_initial(place, &name) };
                values.push(self.finite(value, environment)?);
            }
            for (keyword, argument) in &arguments.keywords {
                let Argument::Value(value) = argument else { return self.unknown_initial(place, &name) };
                named.insert(keyword.to_string(), self.finite(value, environment)?);
            }
        }
        self.named_initial(&name, &values, &named, shape, place)
    }

    /// A number that is known while compiling, and finite as far as its sizes are known.
    fn finite(&mut self, expression: &Expression, environment: &mut Environment) -> Option<ExpressionId> {
        let value = self.real(expression, environment)?;
        if self.out.program.constant_value(value).is_some_and(|value| !value.is_finite()) {
            return self.mistake(environment.place(expression.span), "initial values are finite numbers");
        }
        Some(value)
    }

    fn named_initial(
        &mut self,
        name: &str,
        values: &[ExpressionId],
        named: &HashMap<String, ExpressionId>,
        shape: &[Dim],
        place: Span,
    ) -> Option<Initial> {
        let pool = &mut self.out.program.pool;
        let gain = |pool: &mut crate::symbolic::Pool| match (named.get("gain"), named.get("a")) {
            (Some(gain), _) => *gain,
            // the gain of a leaky ReLU with slope a, as PyTorch has it; a = 0 is ReLU
            (None, Some(slope)) => kaiming_gain(pool, *slope),
            (None, None) => pool.constant(core::f64::consts::SQRT_2),
        };
        let known: &[&str] = match name {
            "zeros" | "ones" | "constant" | "uniform" | "normal" => &[],
            "kaiming_uniform" | "kaiming_normal" => &["gain", "a"],
            "xavier_uniform" | "xavier_normal" => &["gain"],
            _ => return self.unknown_initial(place, name),
        };
        if let Some(unknown) = named.keys().find(|key| !known.contains(&key.as_str())) {
            return self.mistake(place, format!("`{name}` has no argument `{unknown}`"));
        }
        Some(match (name, values) {
            ("zeros", []) => Initial::Constant(pool.constant(0.0)),
            ("ones", []) => Initial::Constant(pool.constant(1.0)),
            ("constant", [value]) => Initial::Constant(*value),
            ("uniform", [bound]) => Initial::Uniform(pool.negate(*bound), *bound),
            ("uniform", [low, high]) => Initial::Uniform(*low, *high),
            ("normal", [mean, deviation]) => Initial::Normal(*mean, *deviation),
            ("kaiming_uniform" | "kaiming_normal", [] | [_]) => {
                let fan_in = match values {
                    [fan_in] => *fan_in,
                    _ => self.fans(shape, place)?.0,
                };
                let gain = gain(&mut self.out.program.pool);
                if name == "kaiming_uniform" {
                    Initial::KaimingUniform(fan_in, gain)
                } else {
                    Initial::KaimingNormal(fan_in, gain)
                }
            }
            ("xavier_uniform" | "xavier_normal", [] | [_, _]) => {
                let (fan_in, fan_out) = match values {
                    [fan_in, fan_out] => (*fan_in, *fan_out),
                    _ => self.fans(shape, place)?,
                };
                let one = self.out.program.pool.constant(1.0);
                let gain = *named.get("gain").unwrap_or(&one);
                if name == "xavier_uniform" {
                    Initial::XavierUniform(fan_in, fan_out, gain)
                } else {
                    Initial::XavierNormal(fan_in, fan_out, gain)
                }
            }
            _ => return self.unknown_initial(place, name),
        })
    }

    /// Fan-in and fan-out of a weight, by PyTorch's rule: `[out, in, kernel…]`.
    fn fans(&mut self, shape: &[Dim], place: Span) -> Option<(ExpressionId, ExpressionId)> {
        let [out, inputs, kernel @ ..] = shape else {
            return self
                .mistake(place, "a fan-in needs a weight of at least two axes: give it, as in `kaiming_uniform(64)`");
        };
        let kernel = self.fits(Dim::product(kernel), place)?;
        let fan_in = self.fits(inputs.multiply(&kernel), place)?;
        let fan_out = self.fits(out.multiply(&kernel), place)?;
        let pool = &mut self.out.program.pool;
        Some((pool.size(fan_in), pool.size(fan_out)))
    }

    fn unknown_initial<T>(&mut self, place: Span, name: &str) -> Option<T> {
        const KNOWN: [&str; 9] = [
            "kaiming_uniform",
            "kaiming_normal",
            "xavier_uniform",
            "xavier_normal",
            "uniform",
            "normal",
            "constant",
            "zeros",
            "ones",
        ];
        let message = format!(
            "expected initial values: a number, `zeros`, `ones`, `constant(c)`, `uniform(bound)`, `uniform(low, high)`, `normal(mean, deviation)`, `{}`, `{}`, `{}` or `{}`",
            KNOWN[0], KNOWN[1], KNOWN[2], KNOWN[3]
        );
        self.mistake(place, with_suggestion(message, name, KNOWN))
    }

    /// The tensors that a formula is called with.
    pub(super) fn tensor_arguments(
        &mut self,
        formula: &Formula,
        arguments: &Arguments,
        environment: &mut Environment,
    ) -> Option<Vec<TensorId>> {
        let mut tensors = Vec::new();
        let mut good = true;
        for argument in arguments.positional.iter().take(formula.inputs.len()) {
            let Argument::Value(expression) = argument else {
                good = false;
                self.errors.report(environment.place(argument.span()), "expected a tensor");
                continue;
            };
            match self.value(expression, environment) {
                Value::Tensor(tensor) => tensors.push(tensor),
                Value::Unknown => good = false,
                Value::Real(_) => {
                    good = false;
                    let place = environment.place(expression.span);
                    self.errors.report(place, format!("`{}` takes a tensor here, not a number", formula.name));
                }
            }
        }
        if good && tensors.len() < formula.inputs.len() {
            let (needed, given) = (count_of(formula.inputs.len(), "input"), tensors.len());
            let how =
                if formula.kind == FormulaKind::Layer { String::new() } else { format!(": `{}`", signature(formula)) };
            let message = format!(
                "`{}` takes {needed}, but {given} {} given{how}",
                formula.name,
                if given == 1 { "is" } else { "are" }
            );
            return self.mistake(environment.place(arguments.span), message);
        }
        good.then_some(tensors)
    }
}

/// `sqrt(2 / (1 + a²))`
fn kaiming_gain(pool: &mut crate::symbolic::Pool, slope: ExpressionId) -> ExpressionId {
    let one = pool.constant(1.0);
    let square = pool.product(1.0, &[(slope, 2)]);
    let below = pool.add(one, square);
    let inside = pool.product(2.0, &[(below, -1)]);
    match super::scalars::table_function("sqrt") {
        Some(sqrt) => pool.apply(sqrt, &[inside]),
        None => inside,
    }
}

/// `1 input`, `2 inputs`
pub(super) fn count_of(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Whether all names in a declared shape are bound.
fn shape_is_known(shape: &crate::syntax::ast::Type, environment: &Environment) -> bool {
    fn known(expression: &Expression, environment: &Environment) -> bool {
        match &expression.kind {
            ExpressionKind::Name(name) => environment.names.contains_key(&name.to_string()),
            ExpressionKind::Binary(_, left, right) => known(left, environment) && known(right, environment),
            ExpressionKind::Negate(value) => known(value, environment),
            _ => true,
        }
    }
    shape.sizes.iter().all(|size| match size {
        crate::syntax::ast::SizeItem::Size(expression) => known(expression, environment),
        crate::syntax::ast::SizeItem::Rest(_) => true,
    })
}
