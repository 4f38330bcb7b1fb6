//! The order of parameters and states: that of the declaration.

use std::collections::HashMap;

use crate::equation::Role;
use crate::lower::lowering::{Instance, Lowering};
use crate::lowered::{Lowered, NetworkLayer, StoredTensor};
use crate::syntax::ast::{Network, Statement};

impl Lowering<'_> {
    /// Puts parameters and states in the order of declaration, whatever the order of use.
    pub(super) fn sort_stored(&mut self, network: &Network) {
        let networks = self.layers.iter().filter_map(|layer| {
            let network = layer.formula.and_then(|formula| formula.network.clone())?;
            let (path, frozen) = (layer.path.clone(), layer.frozen);
            (!frozen || !self.has_frozen_parts(layer)).then_some(NetworkLayer { path, network, frozen })
        });
        self.out.networks = networks.collect();
        let own: Vec<String> = network.fields().map(|field| field.name().to_string()).collect();
        let Lowered { parameters, frozen, states, program, networks, .. } = &mut self.out;
        let declared = |within: &[String]| match within {
            [] => Some(own.as_slice()),
            path => networks.iter().find(|layer| layer.path == path).map(|layer| layer.network.layers.as_slice()),
        };
        sort_as_declared(parameters, &declared);
        sort_as_declared(frozen, &declared);
        sort_as_declared(states, &declared);
        for (number, parameter) in parameters.iter().enumerate() {
            program.at_mut(parameter.tensor).role = Role::Parameter(number);
        }
        for (number, parameter) in frozen.iter().enumerate() {
            program.at_mut(parameter.tensor).role = Role::Frozen(number);
        }
        for (number, state) in states.iter().enumerate() {
            program.at_mut(state.tensor).role = Role::State(number);
        }
    }

    /// Whether a layer has `#[frozen]` inside: no one struct of the network holds all of its parameters then.
    fn has_frozen_parts(&self, layer: &Instance<'_>) -> bool {
        let own = layer.formula.is_some_and(|formula| formula.body.iter().any(is_frozen_parameter));
        let is_inside =
            |other: &&Instance<'_>| other.path.len() > layer.path.len() && other.path.starts_with(&layer.path);
        let mut inside = self.layers.iter().filter(is_inside);
        own || inside
            .any(|other| other.field.frozen || other.formula.is_some_and(|f| f.body.iter().any(is_frozen_parameter)))
    }
}

/// Whether a statement declares a frozen parameter.
fn is_frozen_parameter(statement: &Statement) -> bool {
    matches!(statement, Statement::Parameter(parameter) if parameter.frozen)
}

/// Sorts stored tensors layer by layer, so that those of a layer are contiguous: the layers of a network in the order
/// of declaration, inner layers in the order of their first use.
fn sort_as_declared<'a>(stored: &mut [StoredTensor], declared: &dyn Fn(&[String]) -> Option<&'a [String]>) {
    let names = |stored: &StoredTensor| [stored.path.as_slice(), std::slice::from_ref(&stored.name)].concat();
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
