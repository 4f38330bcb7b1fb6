//! The sizes that need a type of their own.

use crate::pipeline::Compiled;
use crate::shape::Dim;
use crate::syntax::ast::Network;

/// The sizes that are not numbers and appear in types.
pub(in crate::emit) fn typed_dims(network: &Network, compiled: &Compiled) -> Vec<Dim> {
    let lowered = &compiled.infer;
    let folded = compiled.folded.as_ref();
    let mut dims: Vec<Dim> = network.generics.iter().map(|name| Dim::symbol(&name.to_string())).collect();
    dims.extend(lowered.symbols.keys().map(|name| Dim::symbol(name)));
    let ports = lowered.inputs.iter().chain(&lowered.outputs).chain(&lowered.targets);
    dims.extend(ports.flat_map(|port| lowered.program.at(port.tensor).sample_shape().to_vec()));
    let stored = lowered.parameters.iter().chain(&lowered.frozen).chain(&compiled.train.states);
    let stored = stored.chain(folded.iter().flat_map(|folding| &folding.network.infer.parameters));
    dims.extend(stored.flat_map(|stored| stored.shape.clone()));
    let training = compiled.training.iter().flat_map(|t| t.loss.iter().chain([&t.gradient]));
    let folded = folded.iter().flat_map(|folding| [&folding.network.forward, &folding.preparation]);
    for schedule in training.chain([&compiled.forward]).chain(folded) {
        if schedule.scratch.literal().is_none() {
            let buffers = schedule.places.values().map(|place| place.buffer);
            dims.extend(buffers.flat_map(|tensor| schedule.layout.stored_sample(&schedule.program, tensor)));
        }
    }
    dims.retain(|dim| dim.literal().is_none());
    let mut distinct: Vec<Dim> = Vec::new();
    for dim in dims {
        if !distinct.contains(&dim) {
            distinct.push(dim);
        }
    }
    distinct
}
