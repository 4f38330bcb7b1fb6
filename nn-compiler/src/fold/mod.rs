//! A network as it predicts, with all that follows from parameters and states alone computed beforehand.
//!
//! A scale behind a sum of products, as a batch norm has it, goes into the weights, and the offsets become one bias.
//! Both are derived from the equations: no layer is known here. Every other subexpression that does not depend on the
//! samples becomes a parameter of the folded network.

mod dependence;
mod hoist;
mod origins;
mod scale;
mod scale_and_offset;

use crate::equation::{Equation, Program, Role, Tensor};
use crate::lowered::{Lowered, StoredTensor, SummaryRow};
use crate::shape::Dim;
use crate::simplify::remove_unused;
use crate::symbolic::{IndexId, TensorId};
use dependence::{Dependence, Dependences};
use origins::Origins;

/// A network in two parts.
#[derive(Debug, Clone)]
pub struct Folded {
    /// The computation for each sample: a network without states.
    pub network: Lowered,
    /// The equations that compute its parameters from those of the original network.
    pub preparation: Program,
}

/// Folds a network.
#[must_use]
pub fn fold(infer: &Lowered) -> Folded {
    let mut program = infer.program.clone();
    remove_unused(&mut program, &|role| matches!(role, Role::Output(_)));
    let mut dependences = Dependences::new(&program);
    // the scale of weights must be defined before their sum
    let mut equations = std::mem::take(&mut program.equations);
    equations.sort_by_key(|equation| dependences.at(&program, equation.target) == Dependence::Varying);
    program.equations = equations;
    let weights = scale::into_weights(&mut program, &dependences);
    let hoisted = hoist::hoist(&mut program, &mut dependences);
    let origins = Origins::new(infer, &mut program, &hoisted, &weights);
    split(infer, &program, &dependences, &origins)
}

fn split(infer: &Lowered, program: &Program, dependences: &Dependences, origins: &Origins<'_>) -> Folded {
    let (mut network, mut preparation) = (program.clone(), program.clone());
    network.equations.retain(|equation| dependences.at(program, equation.target) != Dependence::Stored);
    preparation.equations.retain(|equation| dependences.at(program, equation.target) != Dependence::Varying);
    let mut parameters: Vec<StoredTensor> =
        stored_reads(&network, dependences).into_iter().map(|tensor| origins.parameter(&preparation, tensor)).collect();
    origins.arrange(&mut parameters);
    for (number, parameter) in parameters.iter().enumerate() {
        become_parameter(&mut network, parameter.tensor, number);
        hand_over(&mut preparation, parameter, number);
    }
    let steps = steps(infer, &parameters);
    let network = Lowered {
        program: network,
        parameters,
        steps,
        frozen: Vec::new(),
        states: Vec::new(),
        targets: Vec::new(),
        terms: Vec::new(),
        networks: Vec::new(),
        checkpoints: Vec::new(),
        has_modes: false,
        names_batch: false,
        ..infer.clone()
    };
    Folded { network, preparation }
}

/// The tensors that depend on parameters and states alone and are read by equations that depend on samples, in the
/// order of reading.
fn stored_reads(network: &Program, dependences: &Dependences) -> Vec<TensorId> {
    let reads = network.equations.iter().flat_map(|equation| network.reads_of(equation));
    let mut found = Vec::new();
    for tensor in reads.filter_map(|read| network.pool.tensor_of(read)) {
        let root = network.root(tensor);
        if dependences.at(network, root) == Dependence::Stored && !found.contains(&root) {
            found.push(root);
        }
    }
    found
}

/// Makes a tensor an input from outside.
fn become_parameter(network: &mut Program, tensor: TensorId, number: usize) {
    network.at_mut(tensor).role = Role::Parameter(number);
}

/// Copies a tensor to where the folded network has it.
fn hand_over(preparation: &mut Program, parameter: &StoredTensor, number: usize) {
    let of = preparation.at(parameter.tensor).clone();
    let iterations = of.shape[..of.leading()].to_vec();
    let sequences: Vec<IndexId> = iterations.into_iter().map(|count| preparation.layers("iteration", count)).collect();
    let name = [parameter.path.as_slice(), std::slice::from_ref(&parameter.name)].concat().join("_");
    let place = Tensor::new(format!("folded_{name}"), of.shape.clone(), Role::Folded(number));
    let place = preparation.tensor(Tensor { sequence_axes: of.sequence_axes, of_layers: of.of_layers, ..place });
    let indices = preparation.indices_over(place, &sequences);
    let body = preparation.element(parameter.tensor, &indices);
    preparation.equations.push(Equation::elementwise(place, indices, body));
}

/// The steps of the network, with the parameters that are left.
fn steps(infer: &Lowered, parameters: &[StoredTensor]) -> Vec<SummaryRow> {
    let of_layer = |name: &str| {
        let own = parameters.iter().filter(|parameter| parameter.path.first().is_some_and(|first| first == name));
        own.filter_map(StoredTensor::len).fold(Dim::default(), |sum, len| sum.add(&len).unwrap_or(sum))
    };
    let first_use = |at: usize| !infer.steps[..at].iter().any(|earlier| earlier.name == infer.steps[at].name);
    let parameters = |at: usize, step: &SummaryRow| if first_use(at) { of_layer(&step.name) } else { Dim::default() };
    infer
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| SummaryRow { parameters: parameters(at, step), ..step.clone() })
        .collect()
}
