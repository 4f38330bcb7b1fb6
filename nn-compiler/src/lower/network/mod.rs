//! The network itself: its layers, its forward pass, its outputs.

pub(in crate::lower) mod arrays;
pub(in crate::lower) mod fields;
pub(in crate::lower) mod layers;
pub(in crate::lower) mod library;
mod order;
mod outputs;
pub(in crate::lower) mod unused;

use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::Span;

use crate::equation::{Program, Role};
use crate::errors::Errors;
use crate::lower::call::environment::{Binding, Environment};
use crate::lower::{Library, Lowering, Mode};
use crate::lowered::{Lowered, Port};
use crate::shape::Dim;
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
            let Statement::Assign(assign) = statement else { continue };
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
}
