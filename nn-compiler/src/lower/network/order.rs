//! The order of parameters and states: that of the declaration.

use std::collections::HashMap;

use crate::equation::Role;
use crate::lower::lowering::Lowering;
use crate::lowered::{Lowered, StoredTensor};
use crate::syntax::ast::Network;

impl Lowering<'_> {
    /// Puts parameters and states in the order of declaration, whatever the order of use.
    pub(super) fn sort_stored(&mut self, network: &Network) {
        let networks = self.layers.iter().filter_map(|layer| {
            let submodel = layer.formula.and_then(|formula| formula.network.clone())?;
            Some((layer.path.clone(), submodel))
        });
        self.out.networks = networks.collect();
        let own: Vec<String> = network.fields().map(|field| field.name().to_string()).collect();
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
