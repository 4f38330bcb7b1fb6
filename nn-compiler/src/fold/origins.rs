//! The origins and names of a folded network's parameters.

use std::collections::HashMap;

use super::hoist::{Hoisted, Operation};
use crate::equation::{Program, Tensor};
use crate::errors::OrBug;
use crate::lowered::{Initial, Lowered, StoredTensor};
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, TensorId};

/// The facts that names are derived from.
pub(super) struct Origins<'a> {
    infer: &'a Lowered,
    /// The tensors that were hoisted.
    hoisted: &'a [Hoisted],
    /// For tensors that were or had a scale: the weights that have taken it.
    weights: &'a HashMap<TensorId, TensorId>,
    zero: ExpressionId,
    one: ExpressionId,
}

impl<'a> Origins<'a> {
    pub(super) fn new(
        infer: &'a Lowered,
        program: &mut Program,
        hoisted: &'a [Hoisted],
        weights: &'a HashMap<TensorId, TensorId>,
    ) -> Self {
        let [zero, one] = [0.0, 1.0].map(|value| program.pool.constant(value));
        Origins { infer, hoisted, weights, zero, one }
    }

    /// The parameter of the folded network that a tensor becomes: scaled weights are still the weights of their layer,
    /// and the offsets behind it its bias.
    pub(super) fn parameter(&self, program: &Program, tensor: TensorId) -> StoredTensor {
        if let Some(known) = self.stored(tensor) {
            return known.clone();
        }
        let hoisted = self.hoisted.iter().find(|hoisted| hoisted.tensor == tensor);
        let like = match hoisted {
            Some(Hoisted { operation: Operation::Sum, target, like, .. }) => *self.weights.get(target).unwrap_or(like),
            Some(hoisted) => hoisted.like,
            None => tensor,
        };
        let owner = self.owner(program, like);
        let own_name = owner.tensor == like;
        let (name, initial) = match hoisted.map(|hoisted| hoisted.operation) {
            Some(Operation::Sum) => ("bias".to_string(), Initial::Constant(self.zero)),
            Some(Operation::Product) if !own_name => ("weight".to_string(), Initial::Constant(self.one)),
            Some(_) if own_name => (owner.name.clone(), owner.initial.clone()),
            _ => (name_within(&program.at(like).name, owner), owner.initial.clone()),
        };
        let shape = program.at(tensor).sample_shape().to_vec();
        StoredTensor { name, shape, tensor, initial, ..owner.clone() }
    }

    fn all(&self) -> impl Iterator<Item = &'a StoredTensor> {
        self.infer.stored()
    }

    /// A tensor as a parameter or state.
    fn stored(&self, tensor: TensorId) -> Option<&'a StoredTensor> {
        self.all().find(|stored| stored.tensor == tensor)
    }

    /// A parameter or state that a tensor is computed from and that has the same iterations of sequences.
    fn owner(&self, program: &Program, tensor: TensorId) -> &'a StoredTensor {
        let iterations = |tensor: TensorId| iterations_of(program.at(tensor));
        let wanted = iterations(tensor);
        let mut found = vec![program.root(tensor)];
        let mut at = 0;
        while let Some(next) = found.get(at).copied() {
            if let Some(stored) = self.stored(next).filter(|_| iterations(next) == wanted) {
                return stored;
            }
            let definitions = program.equations.iter().filter(|equation| program.root(equation.target) == next);
            let reads = definitions.flat_map(|equation| program.reads_of(equation));
            for read in reads.filter_map(|read| program.pool.tensor_of(read)).map(|read| program.root(read)) {
                if !found.contains(&read) {
                    found.push(read);
                }
            }
            at += 1;
        }
        // a tensor without such an origin counts as varying
        let beside = self.all().find(|stored| iterations(stored.tensor) == wanted);
        beside.or_else(|| self.all().next()).or_bug("a stored value is computed from none that is stored")
    }

    /// Puts parameters in the order of the network's layers, and gives each a name of its own.
    pub(super) fn arrange(&self, parameters: &mut [StoredTensor]) {
        let place = |path: &[String]| self.all().position(|stored| stored.path.starts_with(path));
        let order = |parameter: &StoredTensor| {
            let layers: Vec<_> = (1..=parameter.path.len()).map(|len| place(&parameter.path[..len])).collect();
            let own = self.all().position(|s| s.path == parameter.path && s.name == parameter.name);
            (layers, own.unwrap_or(usize::MAX))
        };
        parameters.sort_by_key(order);
        for at in 0..parameters.len() {
            let wanted = parameters[at].name.clone();
            let mut number = 1;
            while is_taken(&parameters[..at], &parameters[at]) {
                number += 1;
                parameters[at].name = format!("{wanted}_{number}");
            }
        }
    }
}

fn is_taken(earlier: &[StoredTensor], parameter: &StoredTensor) -> bool {
    earlier.iter().any(|other| other.path == parameter.path && other.name == parameter.name)
}

fn iterations_of(tensor: &Tensor) -> Vec<Dim> {
    tensor.shape[..tensor.leading()].to_vec()
}

/// The name of a tensor in the formula of a layer: `r` of `norm_r`.
fn name_within(name: &str, owner: &StoredTensor) -> String {
    let layer = owner.path.join("_") + "_";
    name.strip_prefix(&layer).unwrap_or(name).to_string()
}
