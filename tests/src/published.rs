//! Networks with weights that others have trained and published.

use std::collections::{BTreeMap, BTreeSet};

use nn_core::{Network, Scalar};

/// A network with the weights of a file, all of which it must have a place for. `renamed` says how the file names a tensor
/// of the network.
///
/// # Panics
/// If a tensor is missing, has another size, or is left over.
#[must_use]
pub fn load<N: Network>(weights: &BTreeMap<String, Vec<f64>>, renamed: fn(&str) -> String) -> Box<N> {
    let mut network = N::init_as(0);
    let mut used = BTreeSet::new();
    let mut fill = |tensors: &[nn_core::Parameter], flat: &mut [N::Scalar]| {
        for tensor in tensors {
            let name = renamed(tensor.name);
            let values = weights.get(&name).unwrap_or_else(|| panic!("no tensor is called `{name}`"));
            assert_eq!(values.len(), tensor.len(), "{name}");
            flat[tensor.range()].iter_mut().zip(values).for_each(|(to, from)| *to = N::Scalar::from_f64(*from));
            used.insert(name);
        }
    };
    fill(N::PARAMETERS, network.flat_params_mut());
    fill(N::STATES, network.flat_state_mut());
    let unused: Vec<&String> = weights.keys().filter(|name| !used.contains(*name)).collect();
    assert!(unused.is_empty(), "{unused:?} are not in the network");
    network
}
