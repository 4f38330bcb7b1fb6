//! Calls in whole-tensor expressions: layers, functions, losses.

use proc_macro2::Span;

use crate::errors::Code;
use crate::lower::builtins::{DERIVATIVE, elsewhere, is_structural, table_function};
use crate::lower::comparisons::comparison;
use crate::lower::environment::{Binding, Called, Environment, Value};
use crate::lower::equation::assign::Declared;
use crate::lower::lowering::{Counted, Lowering};
use crate::lower::messages::{arguments_text, count_of, signature};
use crate::lower::structure;
use crate::shape::Dim;
use crate::symbolic::TensorId;
use crate::syntax::ast::{Argument, Arguments, Expression, ExpressionKind, Formula, Several};

impl<'a> Lowering<'a> {
    /// `f(x, …)` or `x.f(…)`
    pub(in crate::lower) fn call(
        &mut self,
        name: &syn::Ident,
        arguments: &Arguments,
        environment: &mut Environment,
    ) -> Called {
        let called = self.resolve_call(name, arguments, environment);
        let first = match &called {
            Called::One(value) => Some(value),
            Called::Several(values) => values.first(),
        };
        if self.depth == 0
            && let Some(Value::Tensor(tensor)) = first
        {
            self.record_step(name, arguments, environment, *tensor);
        }
        called
    }

    /// The only value of a call, which stands at a place.
    pub(in crate::lower) fn only(&mut self, called: Called, name: &str, place: Span) -> Value {
        match called {
            Called::One(value) => value,
            Called::Several(values) => {
                let others = ", _".repeat(values.len() - 1);
                let message = format!(
                    "`{name}` gives {} results\n\nhelp: name them, and those that are left out `_`, as in `let (y{others}) = {name}(…);`",
                    values.len()
                );
                self.unknown(Code::ResultCount, place, message)
            }
        }
    }

    /// `let (y, h) = f(x);`
    pub(in crate::lower) fn assign_several(
        &mut self,
        several: &Several,
        environment: &mut Environment,
        declared: &[Declared],
    ) {
        let place = environment.place(several.span);
        let ExpressionKind::Call(name, arguments) = &several.value.kind else { return };
        let count = several.names.len();
        let values = match self.call(name, arguments, environment) {
            Called::Several(values) if values.len() == count => values,
            Called::One(Value::Unknown) => vec![Value::Unknown; count],
            called => {
                let given = match called {
                    Called::One(_) => 1,
                    Called::Several(values) => values.len(),
                };
                let message = format!("`{name}` gives {}, but here are {count} names", count_of(given, "result"));
                vec![self.unknown(Code::ResultCount, place, message); count]
            }
        };
        for (name, value) in several.names.iter().zip(values) {
            let Some(name) = name else { continue };
            self.check_declared(&name.to_string(), value, environment.place(name.span()), declared);
            environment.bind(&name.to_string(), value.into());
        }
    }

    fn resolve_call(&mut self, name: &syn::Ident, arguments: &Arguments, environment: &mut Environment) -> Called {
        let text = name.to_string();
        let place = environment.place(name.span());
        match environment.names.get(&text) {
            Some(Binding::Layer(layer)) => return self.apply_layer(*layer, arguments, environment, place),
            Some(Binding::Unknown) => return Value::Unknown.into(),
            _ => {}
        }
        let is_own = self.library.function(&text).is_some_and(|formula| !formula.library);
        if is_structural(&text, arguments) && !is_own {
            return self.structural(&text, arguments, environment, place).into();
        }
        if text == DERIVATIVE && !is_own {
            return self.derivative(arguments, environment, place).into();
        }
        if text == "where" {
            return self.lifted_where(arguments, environment, place).into();
        }
        let candidates = self.library.functions(&text);
        if !candidates.is_empty() {
            return self.call_formula(&candidates, arguments, environment, place);
        }
        if let Some(function) = table_function(&text) {
            let count = function.row().derivatives.len();
            if arguments.positional.len() != count || !arguments.keywords.is_empty() {
                let message = format!("`{text}` takes {}", count_of(count, "tensor or number"));
                return self.unknown(Code::Usage, place, message).into();
            }
            let values = self.lifted_arguments(arguments, count, environment);
            let lifted = self.lift(&values, &text, place, &mut |lowering, values| {
                Some(lowering.out.program.pool.apply(function, values))
            });
            return lifted.into();
        }
        self.unknown_call(&text, arguments, environment, place).into()
    }

    fn unknown_call(&mut self, name: &str, arguments: &Arguments, environment: &mut Environment, place: Span) -> Value {
        // what is given to a function of another library is written as that library takes it
        let own = elsewhere(name).is_none();
        for argument in arguments.positional.iter().filter(|_| own) {
            if let Argument::Value(value) = argument {
                self.value(value, environment);
            }
        }
        if let Some(layer) = self.library.layer(name) {
            let kind = &layer.name;
            let message = format!(
                "`{kind}` is a kind of layer: declare one in the struct, as in `name: {}`, and call it by its name",
                signature(layer)
            );
            return self.unknown(Code::OtherKind, place, message);
        }
        let message = self.unknown_function(name, environment);
        self.unknown(Code::UnknownFunction, place, message)
    }

    /// Calls the first formula of a name that takes the given arguments.
    pub(in crate::lower) fn call_formula(
        &mut self,
        candidates: &[&'a Formula],
        arguments: &Arguments,
        environment: &mut Environment,
        place: Span,
    ) -> Called {
        let first = candidates[0];
        if first.inputs.iter().all(|input| input.shape.is_none()) {
            let values = self.lifted_arguments(arguments, first.inputs.len(), environment);
            let name = first.name.to_string();
            let mut outer = environment.clone();
            let lifted = self.lift(&values, &name, place, &mut |lowering, values| {
                lowering.inline(first, values, arguments, &mut outer, place)
            });
            return lifted.into();
        }
        let Some((formula, inputs)) = self.formula_for(candidates, arguments, environment, place) else {
            return Value::Unknown.into();
        };
        match self.entered(formula, &inputs, arguments, environment, place) {
            Some(mut inner) => self.run(formula, &mut inner, &inputs),
            None => Value::Unknown.into(),
        }
    }

    /// The first formula of a name that takes the given tensors, and these.
    pub(in crate::lower) fn formula_for(
        &mut self,
        candidates: &[&'a Formula],
        arguments: &Arguments,
        environment: &mut Environment,
        place: Span,
    ) -> Option<(&'a Formula, Vec<Option<TensorId>>)> {
        let first = candidates[0];
        let inputs = self.tensor_arguments(first, arguments, environment)?;
        match candidates.iter().find(|formula| self.takes_kinds(formula, &inputs)).copied() {
            Some(formula) => Some((formula, inputs)),
            None => {
                let message = self.classes_message(first, &inputs);
                self.mistake(Code::Classes, place, message)
            }
        }
    }

    /// Whether a formula is given classes where it takes classes, and numbers where it takes numbers.
    pub(in crate::lower) fn takes_kinds(&self, formula: &Formula, inputs: &[Option<TensorId>]) -> bool {
        formula.inputs.iter().zip(inputs).all(|(declared, given)| {
            let wants_index = declared.shape.as_ref().is_some_and(|shape| shape.index.is_some());
            given.is_none_or(|given| wants_index == self.out.program.at(given).bound.is_some())
        })
    }

    /// The names in force inside of a formula that is called with these inputs.
    pub(in crate::lower) fn entered(
        &mut self,
        formula: &'a Formula,
        inputs: &[Option<TensorId>],
        arguments: &Arguments,
        environment: &mut Environment,
        place: Span,
    ) -> Option<Environment> {
        let mut inner = Environment::new(&formula.name.to_string(), place, formula.library);
        let skip = formula.inputs.len();
        let good = self.bind_arguments(formula, arguments, skip, environment, &mut inner)
            && self.unify_inputs(formula, inputs, &mut inner, place);
        good.then_some(inner)
    }

    fn lifted_arguments(&mut self, arguments: &Arguments, count: usize, environment: &mut Environment) -> Vec<Value> {
        let mut values = Vec::new();
        for argument in arguments.positional.iter().take(count) {
            values.push(match argument {
                Argument::Value(value) => self.value(value, environment),
                Argument::Arrow(..) => {
                    self.unknown(Code::ArgumentForm, environment.place(argument.span()), "expected a value")
                }
            });
        }
        values
    }

    /// `where(x > 0, a, b)` on whole tensors.
    fn lifted_where(&mut self, arguments: &Arguments, environment: &mut Environment, place: Span) -> Value {
        let parts = match arguments.positional.as_slice() {
            [Argument::Value(condition), Argument::Value(then), Argument::Value(otherwise)] => {
                comparison(condition).map(|(relation, left, right)| (relation, [left, right, then, otherwise]))
            }
            _ => None,
        };
        let Some((relation, parts)) = parts else {
            return self.unknown(Code::Usage, place, "expected `where(a < b, value, other value)`");
        };
        let values = parts.map(|part| self.value(part, environment));
        self.lift(&values, "where", place, &mut |lowering, v| {
            Some(lowering.out.program.pool.choose(relation, v[0], v[1], v[2], v[3]))
        })
    }

    /// Records a step of the forward pass for messages and for the summary.
    fn record_step(&mut self, name: &syn::Ident, arguments: &Arguments, environment: &Environment, tensor: TensorId) {
        let shape = self.out.program.at(tensor).sample_shape().to_vec();
        let layer = match environment.names.get(&name.to_string()) {
            Some(Binding::Layer(layer)) => Some(*layer),
            _ => None,
        };
        let mut own = arguments.clone();
        own.positional.retain(|argument| !matches!(argument, Argument::Value(e) if is_tensor_like(e)));
        let text = arguments_text(&own);
        let label = if text.is_empty() || layer.is_some() { name.to_string() } else { format!("{name}({text})") };
        let kind = match layer {
            Some(layer) => {
                let field = &self.layers[layer].field;
                let one = format!("{}({})", field.kind, arguments_text(&field.arguments));
                match &field.count {
                    None => one,
                    Some(count) => format!("[{one}; {}]", crate::lower::messages::expression_text(count)),
                }
            }
            None => String::new(),
        };
        let note = structure::note(&name.to_string(), self.trace.last().map(|line| line.shape.as_slice()));
        self.trace(label.clone(), shape.clone(), note);
        let Counted { equations, stored: [trained, frozen] } = self.counted;
        let stored = [self.out.parameters.len(), self.out.frozen.len()];
        self.counted = Counted { equations: self.out.program.equations.len(), stored };
        let parameters = self.out.parameters[trained..].iter().chain(&self.out.frozen[frozen..]);
        let parameters = parameters
            .fold(Dim::from(0), |sum, parameter| parameter.len().and_then(|len| sum.add(&len)).unwrap_or(sum));
        let macs = self.macs(equations);
        self.out.steps.push(crate::lowered::SummaryRow { name: label, kind, shape, parameters, macs });
    }

    /// Multiplications with addition for one sample in the equations from `first` on.
    fn macs(&self, first: usize) -> Dim {
        let program = &self.out.program;
        let mut sum = Dim::from(0);
        for equation in &program.equations[first..] {
            let is_product =
                matches!(program.pool.node(equation.body), crate::symbolic::Node::Product(f) if f.len() > 1);
            if equation.reduced().next().is_none() || !is_product {
                continue;
            }
            let extents: Vec<Dim> = equation
                .indices
                .iter()
                .filter(|index| **index != crate::symbolic::IndexId::SAMPLE)
                .map(|index| program.extent(*index).clone())
                .collect();
            if let Some(total) = Dim::product(&extents).and_then(|product| sum.add(&product)) {
                sum = total;
            }
        }
        sum
    }
}

/// Whether an argument is not a number: the label of a step leaves it out.
fn is_tensor_like(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Number { .. } | ExpressionKind::Bool(_) | ExpressionKind::Shape(_) => false,
        ExpressionKind::Tuple(values) => values.iter().any(is_tensor_like),
        ExpressionKind::Negate(value) => is_tensor_like(value),
        _ => true,
    }
}
