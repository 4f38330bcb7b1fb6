//! The network itself: its layers, its forward pass, its outputs.

pub(in crate::lower) mod arrays;
pub(in crate::lower) mod fields;
pub(in crate::lower) mod layers;
pub(in crate::lower) mod library;
pub(in crate::lower) mod unused;

use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::Span;

use crate::equation::{Equation, Program, Role};
use crate::errors::Errors;
use crate::lower::call::environment::{Binding, Environment, Value};
use crate::lower::{Library, Lowering, Mode};
use crate::lowered::{Lowered, Parameter, Port};
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;
use crate::syntax::ast::{Forward, Network, Statement, TypedName};

/// The help for `index<N or I>` where classes are declared without a use: the loss decides which class is ignored.
pub(in crate::lower) const IGNORED: &str =
    "write `index<N>` alone: which class is ignored is said by the loss, as in `cross_entropy(ignore_index = 255)`";

/// Lowers a network; mistakes are reported, and the result is then incomplete.
pub fn lower(network: &Network, library: &Library<'_>, mode: Mode, errors: &mut Errors) -> Lowered {
    let out = Lowered {
        program: Program::default(),
        inputs: Vec::new(),
        outputs: Vec::new(),
        targets: Vec::new(),
        parameters: Vec::new(),
        states: Vec::new(),
        networks: Vec::new(),
        terms: Vec::new(),
        steps: Vec::new(),
        checkpoints: Vec::new(),
        obligations: Vec::new(),
        symbols: BTreeMap::new(),
        has_modes: false,
        names_batch: false,
    };
    let mut lowering = Lowering {
        errors,
        library,
        mode,
        out,
        layers: Vec::new(),
        trace: Vec::new(),
        draws: 0,
        counted: (0, 0),
        depth: 0,
        in_checkpoint: false,
        iterations: Vec::new(),
        elementwise: HashMap::new(),
        filled: HashMap::new(),
        classes: BTreeMap::new(),
        indexed: Vec::new(),
        generics: network.generics.iter().map(ToString::to_string).collect(),
        unknown_sizes: HashSet::new(),
        term_reductions: Vec::new(),
        in_loss: false,
        repeated: HashMap::new(),
    };
    lowering.network(network);
    lowering.out
}

impl Lowering<'_> {
    fn network(&mut self, network: &Network) {
        let mut environment = Environment::new(&network.name.to_string(), network.name.span(), false);
        for generic in &network.generics {
            let name = generic.to_string();
            environment.bind(&name, Binding::Size(Dim::symbol(&name), generic.span()));
        }
        let sizes = environment.clone();
        self.declare_layers(network, &mut environment);
        let Some(forward) = &network.forward else { return };
        self.inputs(forward, &mut environment);
        self.body(forward, &mut environment);
        let outputs = self.outputs(forward, &mut environment);
        self.unused_layers(network);
        match (&network.loss, outputs) {
            (Some(loss), Some(outputs)) => {
                let environment = self.loss_environment(network, &outputs, sizes);
                self.loss(loss, &outputs, environment);
            }
            (Some(loss), None) => self.loss_exists(loss),
            (None, _) => {}
        }
        self.sort_stored(network);
        self.finish_states();
    }

    fn declare_layers(&mut self, network: &Network, environment: &mut Environment) {
        for field in &network.layers {
            let name = field.name.to_string();
            let outer = environment.clone();
            let layer = self.declare_layer(field, vec![name.clone()], &mut outer.clone());
            environment.bind(&name, Binding::Layer(layer));
        }
    }

    fn inputs(&mut self, forward: &Forward, environment: &mut Environment) {
        for declared in &forward.inputs {
            let name = declared.name.to_string();
            let tensor = self.input(declared, &name, environment);
            environment.bind(&name, tensor.map_or(Binding::Unknown, Binding::Tensor));
        }
        if forward.inputs.is_empty() {
            self.errors.report(forward.span, "`forward` takes no input: write `fn forward(x: [sizes])`");
        }
    }

    fn input(&mut self, declared: &TypedName, name: &str, environment: &mut Environment) -> Option<TensorId> {
        let Some(shape) = &declared.shape else {
            return self.mistake(declared.name.span(), format!("say the input's shape, as in `{name}: [784]`"));
        };
        if let Some(ignored) = &shape.ignored {
            return self.mistake(ignored.span, IGNORED);
        }
        let sizes = self.shape_of(shape, environment)?;
        if !self.check_positive(&sizes, &format!("the input `{name}`"), shape.span) {
            return None;
        }
        let bound = match &shape.index {
            Some(index) => Some(self.size(index, environment)?),
            None => None,
        };
        let number = self.out.inputs.len();
        let tensor = self.given(name, sizes.clone(), Role::Input(number), bound, true);
        self.out.inputs.push(Port { name: name.into(), tensor });
        self.trace(name.into(), sizes, String::new());
        Some(tensor)
    }

    fn body(&mut self, forward: &Forward, environment: &mut Environment) {
        for statement in &forward.body {
            let assign = match statement {
                Statement::Assign(assign) => assign,
                Statement::Several(several) => {
                    self.assign_several(several, environment, &[]);
                    continue;
                }
                _ => continue,
            };
            let name = assign.name.to_string();
            if assign.subscripts.is_some() {
                let place = assign.name.span();
                self.errors.report(place, "definitions with indices stand in formulas: write a `fn` or `layer` for it");
                environment.bind(&name, Binding::Unknown);
                continue;
            }
            let value = self.value(&assign.value, environment);
            environment.bind(&name, value.into());
        }
    }

    /// Checks the outputs against their declared shapes.
    fn outputs(&mut self, forward: &Forward, environment: &mut Environment) -> Option<Vec<(String, TensorId)>> {
        let values: Vec<Value> = forward.results.iter().map(|result| self.value(result, environment)).collect();
        if values.len() != forward.outputs.len() {
            let place = forward.results.last().map_or(forward.span, |result| result.span);
            let message = format!(
                "`forward` declares {}, but its last line gives {}",
                crate::lower::network::layers::count_of(forward.outputs.len(), "output"),
                crate::lower::network::layers::count_of(values.len(), "value")
            );
            return self.mistake(place, message);
        }
        let mut outputs = Vec::new();
        for ((declared, value), result) in forward.outputs.iter().zip(values).zip(&forward.results) {
            outputs.push(self.output(declared, value, result.span, environment));
        }
        outputs.into_iter().collect()
    }

    fn output(
        &mut self,
        declared: &TypedName,
        value: Value,
        place: Span,
        environment: &Environment,
    ) -> Option<(String, TensorId)> {
        let name = declared.name.to_string();
        let Some(shape) = &declared.shape else {
            return self.mistake(declared.name.span(), format!("say the output's shape, as in `{name}: [10]`"));
        };
        if shape.index.is_some() {
            let message = "an output consists of numbers: give one for each class, as in `[10]`, and take the largest";
            return self.mistake(shape.span, message);
        }
        let sizes = self.shape_of(shape, environment);
        let tensor = match value {
            Value::Tensor(tensor) => tensor,
            Value::Unknown => return None,
            Value::Real(_) => return self.mistake(place, "the output is a number, not a tensor"),
        };
        let sizes = sizes?;
        let given = self.out.program.at(tensor).sample_shape().to_vec();
        if given != sizes {
            let equal_later = given.len() == sizes.len()
                && given.iter().zip(&sizes).all(|(a, b)| a.literal().is_none() || b.literal().is_none() || a == b);
            if equal_later {
                for (a, b) in given.iter().zip(&sizes).filter(|(a, b)| a != b) {
                    let message = format!(
                        "`forward` is declared to give {}, but it gives {}",
                        display_shape(&sizes),
                        display_shape(&given)
                    );
                    self.must_be_zero(a.subtract(b).unwrap_or_default(), message);
                }
            } else {
                let (want, have) = (display_shape(&sizes), display_shape(&given));
                let trace = self.trace_text("forward", &want).replace("takes", "gives");
                let message = format!(
                    "`forward` is declared to give {want}, but it gives {have}\n\n{trace}\n\nhelp: declare it as `-> {have}`"
                );
                return self.mistake(shape.span, message);
            }
        }
        let tensor = self.own_output(tensor, &name);
        Some((name, tensor))
    }

    /// Marks a tensor as an output; one that has another role is copied.
    fn own_output(&mut self, tensor: TensorId, name: &str) -> TensorId {
        let number = self.out.outputs.len();
        let program = &mut self.out.program;
        let plain = program.at(tensor);
        let free = plain.role == Role::Value && plain.view_of.is_none() && plain.for_each_sample();
        let viewed = program.tensors.iter().any(|other| other.view_of == Some(tensor));
        let output = if free && !viewed {
            program.at_mut(tensor).role = Role::Output(number);
            tensor
        } else {
            let shape = plain.sample_shape().to_vec();
            let output = self.given(name, shape, Role::Output(number), None, true);
            let program = &mut self.out.program;
            let indices = program.indices_over(output, &self.iterations);
            let own = if program.at(tensor).for_each_sample() { &indices[..] } else { &indices[1..] };
            let body = program.element(tensor, own);
            program.equations.push(Equation::elementwise(output, indices, body));
            output
        };
        self.out.outputs.push(Port { name: name.into(), tensor: output });
        output
    }

    fn unused_layers(&mut self, network: &Network) {
        let top: Vec<(String, Span)> = self
            .layers
            .iter()
            .filter(|layer| layer.path.len() == 1 && !layer.used && layer.formula.is_some())
            .map(|layer| (layer.path[0].clone(), layer.field.name.span()))
            .collect();
        for (name, span) in top {
            let message = format!(
                "layer `{name}` is never used in `forward` of `{}`\n\nhelp: call it, as in `{name}(x)`, or take it out",
                network.name
            );
            self.errors.report(span, message);
        }
    }

    /// Puts parameters and states in the order of declaration, whatever the order of use.
    fn sort_stored(&mut self, network: &Network) {
        let networks = self.layers.iter().filter_map(|layer| {
            let submodel = layer.formula.and_then(|formula| formula.network.clone())?;
            Some((layer.path.clone(), submodel))
        });
        self.out.networks = networks.collect();
        let own: Vec<String> = network.layers.iter().map(|field| field.name.to_string()).collect();
        let Lowered { parameters, states, program, networks, .. } = &mut self.out;
        let declared = |within: &[String]| match within {
            [] => Some(own.as_slice()),
            path => networks.iter().find(|(known, _)| known == path).map(|(_, submodel)| submodel.layers.as_slice()),
        };
        sort_as_declared(parameters, &declared);
        sort_as_declared(states, &declared);
        for (number, parameter) in parameters.iter().enumerate() {
            program.at_mut(parameter.tensor).role = Role::Parameter(number);
        }
        for (number, state) in states.iter().enumerate() {
            program.at_mut(state.tensor).role = Role::State(number);
        }
    }
}

/// Sorts stored tensors layer by layer, so that those of a layer are contiguous: the layers of a network in the order
/// of declaration, inner layers in the order of their first use.
fn sort_as_declared<'a>(stored: &mut [Parameter], declared: &dyn Fn(&[String]) -> Option<&'a [String]>) {
    let names = |stored: &Parameter| [stored.path.as_slice(), std::slice::from_ref(&stored.name)].concat();
    let mut first_use: HashMap<Vec<String>, usize> = HashMap::new();
    for (number, stored) in stored.iter().enumerate() {
        let names = names(stored);
        for len in 1..=names.len() {
            first_use.entry(names[..len].to_vec()).or_insert(number);
        }
    }
    let place = |names: &[String], at: usize| {
        let known = declared(&names[..at]).and_then(|layers| layers.iter().position(|name| *name == names[at]));
        known.or_else(|| first_use.get(&names[..=at]).copied())
    };
    stored.sort_by_cached_key(|stored| {
        let names = names(stored);
        (0..names.len()).map(|at| place(&names, at)).collect::<Vec<_>>()
    });
}
