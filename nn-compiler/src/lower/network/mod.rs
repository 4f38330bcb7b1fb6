//! The network itself: its layers, its forward pass, its outputs.

pub(in crate::lower) mod arrays;
pub(in crate::lower) mod batch;
mod defaults;
pub(in crate::lower) mod fields;
pub(in crate::lower) mod known_sizes;
pub(in crate::lower) mod layers;
mod limits;
mod order;
mod outputs;
pub(in crate::lower) mod unused;

use proc_macro2::Span;

use crate::equation::Role;
use crate::errors::{Code, Errors, bug};
use crate::lower::environment::{Binding, Environment};
use crate::lower::library::Library;
use crate::lower::lowering::{Lowering, Mode};
use crate::lower::messages::IGNORED;
use crate::lower::network::known_sizes::KnownSizes;
use crate::lower::network::unused::is_named;
use crate::lowered::{Lowered, Port};
use crate::shape::Dim;
use crate::symbolic::TensorId;
use crate::syntax::ast::{Forward, Network, ParameterField, Statement, TypedName};

/// Lowers a network; mistakes are reported, and the result is then incomplete.
///
/// Two sizes that are written in different ways are conditions, which rustc checks. Where such a condition says what a
/// constant of the program is, the network is lowered again with that size, so that all that follows sees one size.
pub fn lower(network: &Network, library: &Library<'_>, mode: Mode, errors: &mut Errors) -> Lowered {
    let (mut known, mut obligations) = (KnownSizes::new(), Vec::new());
    loop {
        let mut lowering = Lowering::new(network, library, mode, &known, errors);
        lowering.network(network);
        let mut lowered = lowering.out;
        for new in std::mem::take(&mut lowered.obligations) {
            if !obligations.contains(&new) {
                obligations.push(new);
            }
        }
        if errors.any() || !known_sizes::learn(&mut known, &obligations, &lowered.symbols) {
            lowered.obligations = obligations;
            return lowered;
        }
    }
}

impl Lowering<'_> {
    fn network(&mut self, network: &Network) {
        let mut environment = Environment::new(&network.name.to_string(), network.name.span(), false);
        for generic in &network.generics {
            let name = generic.to_string();
            environment.bind(&name, Binding::Size(Dim::symbol(&name), generic.span()));
        }
        self.check_defaults(network);
        let sizes = environment.clone();
        self.declare_layers(network, &mut environment);
        self.declare_parameters(network, &mut environment);
        let Some(forward) = &network.forward else { return };
        let forward = &self.without_batch(forward, &environment);
        self.inputs(forward, &mut environment);
        let before = self.errors.count();
        self.body(forward, &mut environment);
        let outputs = self.outputs(forward, &mut environment);
        let is_sound = self.errors.count() == before;
        // where there is a mistake, a call that is written may be the one that is missed
        self.unused_layers(network, |layer| is_sound || !is_named(forward, layer));
        match (&network.loss, outputs) {
            (Some(loss), Some(outputs)) => {
                let environment = self.loss_environment(network, &outputs, sizes);
                self.loss(loss, &outputs, environment);
            }
            (Some(loss), None) => self.loss_exists(loss),
            (None, _) => {}
        }
        self.sort_stored(network);
        self.check_limits(network);
        self.finish_states();
        let given_up =
            self.out.outputs.len() != forward.outputs.len() || self.out.terms.is_empty() && network.loss.is_some();
        if given_up && !self.errors.any() {
            bug("a part of the network is given up without a mistake");
        }
    }

    fn declare_layers(&mut self, network: &Network, environment: &mut Environment) {
        for field in &network.layers {
            let name = field.name.to_string();
            let outer = environment.clone();
            let layer = self.declare_layer(field, vec![name.clone()], &mut outer.clone());
            environment.bind(&name, Binding::Layer(layer));
        }
    }

    /// The parameters that belong to no layer.
    fn declare_parameters(&mut self, network: &Network, environment: &mut Environment) {
        for ParameterField { statement, .. } in &network.parameters {
            let name = statement.name.to_string();
            let tensor = self.own_parameter(statement, &mut environment.clone());
            environment.bind(&name, tensor.map_or(Binding::Unknown, Binding::Tensor));
        }
    }

    fn inputs(&mut self, forward: &Forward, environment: &mut Environment) {
        for declared in &forward.inputs {
            let name = declared.name.to_string();
            let tensor = self.input(declared, &name, environment);
            environment.bind(&name, tensor.map_or(Binding::Unknown, Binding::Tensor));
        }
        if forward.inputs.is_empty() {
            self.errors.report(
                Code::ForwardSyntax,
                forward.span,
                "`forward` takes no input: write `fn forward(x: [sizes])`",
            );
        }
    }

    fn input(&mut self, declared: &TypedName, name: &str, environment: &mut Environment) -> Option<TensorId> {
        let Some(shape) = &declared.shape else {
            return self.mistake(
                Code::MissingShape,
                declared.name.span(),
                format!("say the input's shape, as in `{name}: [784]`"),
            );
        };
        if let Some(ignored) = &shape.ignored {
            return self.mistake(Code::ShapeSyntax, ignored.span, IGNORED);
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
                self.errors.report(
                    Code::ForwardSyntax,
                    place,
                    "definitions with indices stand in formulas: write a `fn` or `layer` for it",
                );
                environment.bind(&name, Binding::Unknown);
                continue;
            }
            let value = self.value(&assign.value, environment);
            environment.bind(&name, value.into());
        }
    }

    fn unused_layers(&mut self, network: &Network, certain: impl Fn(&str) -> bool) {
        let top: Vec<(String, Span)> = self
            .layers
            .iter()
            .filter(|layer| layer.path.len() == 1 && !layer.used && layer.formula.is_some() && certain(&layer.path[0]))
            .map(|layer| (layer.path[0].clone(), layer.field.name.span()))
            .collect();
        for (name, span) in top {
            let message = format!(
                "layer `{name}` is never used in `forward` of `{}`\n\nhelp: call it, as in `{name}(x)`, or take it out",
                network.name
            );
            self.errors.report(Code::UnusedLayer, span, message);
        }
    }
}
