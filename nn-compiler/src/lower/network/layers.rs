//! Layers: formulas with parameters.

use std::collections::{BTreeMap, HashMap};

use proc_macro2::Span;

use crate::errors::{Code, with_suggestion};
use crate::lower::environment::{Binding, Called, Environment, Value};
use crate::lower::lowering::{Instance, Lowering, Mode};
use crate::lower::messages::count_of;
use crate::lowered::Checkpoint;
use crate::symbolic::TensorId;
use crate::syntax::ast::{Argument, Arguments, Expression, ExpressionKind, Formula, LayerField, TypedName};

impl<'a> Lowering<'a> {
    /// Declares a layer and returns its number.
    pub(in crate::lower) fn declare_layer(
        &mut self,
        field: &LayerField,
        path: Vec<String>,
        outer: &mut Environment,
    ) -> usize {
        let mut arrays = outer.layer.map_or_else(Vec::new, |layer| self.layers[layer].arrays.clone());
        let count = field.count.as_ref().map(|count| self.layer_count(count, &arrays, outer));
        arrays.extend(count.map(|count| (path.len() - 1, count)));
        let label = path.join(".");
        let place = outer.place(field.kind.span());
        let mut bound = Environment::new(&label, place, true);
        let kind = field.kind.to_string();
        let mut formula = self.library.layer(&kind);
        if formula.is_none() {
            let message = self.unknown_layer(&kind);
            self.errors.report(Code::UnknownLayerKind, place, message);
        }
        if let Some(found) = formula {
            bound.library = found.library;
            if !self.bind_arguments(found, &field.arguments, 0, outer, &mut bound) {
                formula = None;
            }
        }
        let suffix = self.suffix_of(field, outer);
        self.layers.push(Instance {
            field: field.clone(),
            path,
            suffix,
            arrays,
            formula,
            bound,
            parameters: HashMap::new(),
            states: BTreeMap::new(),
            frozen: field.frozen || outer.layer.is_some_and(|layer| self.layers[layer].frozen),
            inner: HashMap::new(),
            used: false,
            called: false,
        });
        let layer = self.layers.len() - 1;
        self.layers[layer].bound.layer = Some(layer);
        layer
    }

    /// A layer declared inside of a layer; declared once, however often the outer one is used.
    pub(in crate::lower) fn inner_layer(&mut self, field: &LayerField, environment: &mut Environment) {
        let name = field.name.to_string();
        let Some(outer) = environment.layer else {
            let place = environment.place(field.name.span());
            self.errors.report(
                Code::StoredInFunction,
                place,
                "layers with parameters can be declared in a `layer` only, not in a `fn`",
            );
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
    pub(in crate::lower) fn apply_layer(
        &mut self,
        layer: usize,
        arguments: &Arguments,
        environment: &mut Environment,
        place: Span,
    ) -> Called {
        self.layers[layer].used = true;
        if self.in_loss {
            let message = format!(
                "layers are called in `forward`, not in the loss\n\nhelp: make the value of `{0}` an output, or read a parameter, as in `{0}.weight`",
                self.layers[layer].bound.label
            );
            return self.unknown(Code::LayerInLoss, place, message).into();
        }
        let label = self.layers[layer].bound.label.clone();
        let Some(formula) = self.layers[layer].formula else {
            // the arguments may hold mistakes of their own
            for argument in &arguments.positional {
                if let Argument::Value(value) = argument {
                    self.value(value, environment);
                }
            }
            return Value::Unknown.into();
        };
        let Some(inputs) = self.tensor_arguments(formula, arguments, environment) else {
            return Value::Unknown.into();
        };
        let is_input = |keyword: &syn::Ident| formula.inputs.iter().any(|input| input.name == *keyword);
        if formula.inputs.len() < arguments.positional.len()
            || !arguments.keywords.iter().all(|(keyword, _)| is_input(keyword))
        {
            let message = format!(
                "layer `{label}` takes {} here; its other arguments stand where it is declared",
                count_of(formula.inputs.len(), "input")
            );
            let inputs: Vec<String> = formula.inputs.iter().map(|input| input.name.to_string()).collect();
            let unknown = arguments.keywords.iter().find(|(keyword, _)| !is_input(keyword));
            let message = match unknown {
                Some((keyword, _)) => with_suggestion(message, &keyword.to_string(), inputs.iter().map(String::as_str)),
                None => message,
            };
            return self.unknown(Code::TooManyArguments, place, message).into();
        }
        self.layers[layer].called = true;
        if !self.takes_kinds(formula, &inputs) {
            let message = self.classes_message(formula, &inputs);
            return self.unknown(Code::Classes, place, message).into();
        }
        match &self.layers[layer].field.count {
            None => self.apply_formula(layer, formula, &inputs, place),
            Some(_) => self.apply_array(layer, formula, inputs, place).into(),
        }
    }

    /// One use of a layer, or an iteration of an array's.
    pub(in crate::lower) fn apply_formula(
        &mut self,
        layer: usize,
        formula: &Formula,
        inputs: &[Option<TensorId>],
        place: Span,
    ) -> Called {
        let mut inner = self.layers[layer].bound.clone();
        inner.call = place;
        // `..` may differ at each use; named rests may not
        inner.rests.remove("..");
        let fits = self.unify_inputs(formula, inputs, &mut inner, place);
        self.remember_inferred(layer, formula, &inner);
        if !fits {
            return self.as_declared(formula, &inner, place);
        }
        if self.layers[layer].frozen {
            // the same at each step: no dropout, and running statistics
            let mode = std::mem::replace(&mut self.mode, Mode::Infer);
            let called = self.run(formula, &mut inner, inputs);
            self.mode = mode;
            return called;
        }
        if !self.layers[layer].field.checkpoint || self.in_checkpoint {
            return self.run(formula, &mut inner, inputs);
        }
        let begin = self.out.program.equations.len();
        self.in_checkpoint = true;
        let called = self.run(formula, &mut inner, inputs);
        self.in_checkpoint = false;
        let values = match &called {
            Called::One(value) => std::slice::from_ref(value),
            Called::Several(values) => values,
        };
        let roots = values.iter().filter_map(|value| match value {
            Value::Tensor(result) => Some(self.out.program.root(*result)),
            _ => None,
        });
        let results: Vec<TensorId> = roots.collect();
        if !results.is_empty() {
            self.out.checkpoints.push(Checkpoint { equations: begin..self.out.program.equations.len(), results });
        }
        called
    }

    /// After a mistake in the inputs: results of the declared shapes, so that later statements are checked against the
    /// intended shapes.
    fn as_declared(&mut self, formula: &Formula, environment: &Environment, place: Span) -> Called {
        let mut results: Vec<Value> =
            formula.results().map(|result| self.one_as_declared(result, environment, place)).collect();
        if results.len() == 1 { Called::One(results.remove(0)) } else { Called::Several(results) }
    }

    fn one_as_declared(&mut self, result: &TypedName, environment: &Environment, place: Span) -> Value {
        let Some(shape) = &result.shape else { return Value::Unknown };
        if !shape_is_known(shape, environment) {
            return Value::Unknown;
        }
        if environment.rests.values().any(|rest| !rest.is_empty()) {
            return Value::Unknown;
        }
        let mut environment = environment.clone();
        environment.rests.insert("..".into(), Vec::new());
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
                // never inferred
                Pattern::Rest(_) => {}
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
}

/// Whether all names in a declared shape are bound.
fn shape_is_known(shape: &crate::syntax::ast::Type, environment: &Environment) -> bool {
    fn known(expression: &Expression, environment: &Environment) -> bool {
        match &expression.kind {
            ExpressionKind::Name(name) => environment.names.contains_key(&name.to_string()),
            ExpressionKind::Binary(_, left, right) => known(left, environment) && known(right, environment),
            ExpressionKind::Negate(value) => known(value, environment),
            ExpressionKind::Call(_, arguments) => arguments.positional.iter().all(|argument| match argument {
                Argument::Value(value) => known(value, environment),
                Argument::Arrow(..) => false,
            }),
            _ => true,
        }
    }
    shape.sizes.iter().all(|size| match size {
        crate::syntax::ast::SizeItem::Size(expression) => known(expression, environment),
        crate::syntax::ast::SizeItem::Rest(rest) => rest.name.is_none() || environment.rests.contains_key(&rest.text()),
    })
}
