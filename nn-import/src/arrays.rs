//! Equal layers that are called one behind the other, as an array of layers: `layers: [TransformerEncoderLayer(16, 4); 2]`.

use std::collections::HashMap;

use crate::network::{Expression, Layer, Network};
use crate::write::Uses;

/// A call of a layer with one operand.
struct Call {
    layer: usize,
    operand: Expression,
}

/// Joins chains of equal layers whose paths are `layers.0`, `layers.1` and so on.
pub(crate) fn joined(mut network: Network) -> Network {
    let uses = Uses::new(&network);
    let calls = calls(&network, &uses);
    let mut chains: Vec<Vec<usize>> = Vec::new();
    for at in 0..network.definitions.len() {
        let Some(call) = calls.get(&at) else { continue };
        let chain = chains.iter_mut().find(|chain| {
            let last = chain.last().copied().unwrap_or_default();
            let reads = call.operand == Expression::Value(last, 0) && uses.of(last, 0) == 1;
            reads && calls.get(&last).is_some_and(|before| follows(&network, before.layer, call.layer, chain.len()))
        });
        match chain {
            Some(chain) => chain.push(at),
            None if number(&network.layers[call.layer]).is_some_and(|(_, number)| number == 0) => chains.push(vec![at]),
            None => {}
        }
    }
    for chain in chains {
        let layers: Vec<usize> = chain.iter().map(|at| calls[at].layer).collect();
        if chain.len() > 1 && is_whole(&network, &uses, &layers) {
            join(&mut network, &calls, &chain, &layers);
        }
    }
    network
}

/// The calls that are read, of layers that are called once and give the shape that they take.
fn calls(network: &Network, uses: &Uses) -> HashMap<usize, Call> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    let mut calls = HashMap::new();
    for (at, definition) in network.definitions.iter().enumerate() {
        if !(0..definition.results).any(|result| uses.of(at, result) > 0) {
            continue;
        }
        definition.expression.visit(&mut |part| {
            if let Expression::Layer(layer, _) = part {
                *counts.entry(*layer).or_default() += 1;
            }
        });
        if let (Expression::Layer(layer, operands), 1) = (&definition.expression, definition.results)
            && let [operand] = operands.as_slice()
        {
            // each layer of an array takes what the one before gives, and all have one shape
            let given = network.sizes_of(&Expression::Value(at, 0));
            if given.is_some() && given == network.sizes_of(operand) {
                calls.insert(at, Call { layer: *layer, operand: operand.clone() });
            }
        }
    }
    calls.retain(|_, call| counts.get(&call.layer) == Some(&1));
    calls
}

/// The path of a list of modules, and the number in it: `layers.3`.
fn number(layer: &Layer) -> Option<(&str, usize)> {
    let (path, number) = layer.path.rsplit_once('.')?;
    Some((path, number.parse().ok()?))
}

/// Whether a layer is the next one behind another, of which so many are in the chain.
fn follows(network: &Network, before: usize, layer: usize, count: usize) -> bool {
    let (before, layer) = (&network.layers[before], &network.layers[layer]);
    let path = number(before).map(|(path, _)| path);
    before.kind == layer.kind && path.is_some() && number(layer) == path.map(|path| (path, count))
}

/// Whether no other layer that is called is in the same list of modules.
fn is_whole(network: &Network, uses: &Uses, layers: &[usize]) -> bool {
    let Some((path, _)) = layers.first().and_then(|first| number(&network.layers[*first])) else { return false };
    let prefix = format!("{path}.");
    let others = uses.layers.iter().filter(|layer| !layers.contains(layer));
    others
        .into_iter()
        .all(|layer| network.layers[*layer].path != path && !network.layers[*layer].path.starts_with(&prefix))
}

/// Puts one call of an array in the place of a chain of calls.
fn join(network: &mut Network, calls: &HashMap<usize, Call>, chain: &[usize], layers: &[usize]) {
    let [first, .., last] = chain else { return };
    let mut tensors = Vec::new();
    for (number, layer) in layers.iter().enumerate() {
        let own = network.layers[*layer].tensors.iter();
        tensors.extend(own.map(|(name, tensor)| (format!("{number}.{name}"), tensor.clone())));
    }
    let one = &network.layers[layers[0]];
    let path = number(one).map_or_else(String::new, |(path, _)| path.to_string());
    let kind = format!("[{}; {}]", one.kind, layers.len());
    network.layers[layers[0]] = Layer { path, word: one.word, kind, tensors };
    network.definitions[*last].expression = Expression::Layer(layers[0], vec![calls[first].operand.clone()]);
}
