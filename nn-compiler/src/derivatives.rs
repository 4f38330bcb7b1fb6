//! The functions of `#[derivatives(…)]`, each as a network of its own: derived from the same equations, and simplified
//! and scheduled like all others.

use std::collections::BTreeMap;

use crate::differentiate::{Seed, differentiate};
use crate::equation::{Program, Role, Tensor};
use crate::gradient::append_gradient;
use crate::lowered::{Lowered, Port};
use crate::symbolic::TensorId;

/// The gradient of the outputs by the parameters and the inputs, weighted with what is given for each output: those
/// weights take the place of the targets. The network has no loss.
#[must_use]
pub fn pullback(of: &Lowered) -> Lowered {
    let mut lowered = of.clone();
    let weights: Vec<TensorId> = (0..).zip(&of.outputs).map(|(at, port)| lowered.given(port, at)).collect();
    let outputs = of.outputs.iter().map(|port| port.tensor);
    let seeds: Vec<_> = outputs.zip(weights.iter().copied().map(Seed::Tensor)).collect();
    lowered.name_targets(&of.outputs, &weights);
    hide_outputs(&mut lowered.program);
    append_gradient(&mut lowered.program, &seeds, &of.checkpoints, true);
    lowered
}

/// The outputs, and their derivatives along a direction of the inputs, which takes the place of the targets. The network
/// has no loss.
///
/// The gradient by the inputs is linear in the weights of the outputs. Its own derivative by these weights, along the
/// direction, is the derivative of the outputs: all that depends on the weights falls away, and what remains is forward
/// mode.
#[must_use]
pub fn along_inputs(of: &Lowered) -> Lowered {
    let mut lowered = of.clone();
    let weights: Vec<TensorId> = (0..).zip(&of.outputs).map(|(at, port)| lowered.given(port, at)).collect();
    let inputs: Vec<&Port> = of.inputs.iter().filter(|port| of.program.at(port.tensor).bound.is_none()).collect();
    let by: Vec<TensorId> = inputs.iter().map(|port| port.tensor).collect();
    let directions: Vec<TensorId> = of
        .inputs
        .iter()
        .enumerate()
        .map(|(at, port)| if by.contains(&port.tensor) { lowered.given(port, at) } else { port.tensor })
        .collect();
    let outputs = of.outputs.iter().map(|port| port.tensor);
    let seeds: Vec<_> = outputs.zip(weights.iter().copied().map(Seed::Tensor)).collect();
    let gradients = differentiate(&mut lowered.program, &seeds, &by);
    let along = of.inputs.iter().zip(&directions).filter(|(port, _)| by.contains(&port.tensor));
    let seeds: Vec<_> = along.map(|(port, direction)| (gradients[&port.tensor], Seed::Tensor(*direction))).collect();
    let tangents = differentiate(&mut lowered.program, &seeds, &weights);
    for (number, weight) in weights.iter().enumerate() {
        lowered.program.at_mut(tangents[weight]).role = Role::Tangent(number);
    }
    lowered.name_targets(&of.inputs, &directions);
    lowered
}

/// The product of the Hessian of the loss by the parameters with a direction.
#[must_use]
pub fn hessian_product(of: &Lowered) -> Lowered {
    let mut lowered = of.clone();
    let program = &mut lowered.program;
    hide_outputs(program);
    let factors = (0..of.terms.len()).map(|term| Seed::Number(program.pool.scale(term)));
    let seeds: Vec<_> = factors.zip(&of.terms).map(|(factor, term)| (term.tensor, factor)).collect();
    let parameters: Vec<TensorId> = of.parameters.iter().map(|parameter| parameter.tensor).collect();
    let gradients = differentiate(program, &seeds, &parameters);
    let seeds: Vec<_> = parameters
        .iter()
        .enumerate()
        .map(|(number, parameter)| (gradients[parameter], Seed::Tensor(direction(program, *parameter, number))))
        .collect();
    let products: BTreeMap<TensorId, TensorId> = differentiate(program, &seeds, &parameters);
    for (number, parameter) in parameters.iter().enumerate() {
        program.at_mut(products[parameter]).role = Role::Gradient(number);
    }
    lowered
}

/// A tensor of the shape of a parameter, which is given beside it.
fn direction(program: &mut Program, parameter: TensorId, number: usize) -> TensorId {
    let of = program.at(parameter);
    let (name, shape) = (format!("along_{}", of.name), of.shape.clone());
    let (sequence_axes, of_layers) = (of.sequence_axes, of.of_layers);
    program.tensor(Tensor { sequence_axes, of_layers, ..Tensor::new(name, shape, Role::Direction(number)) })
}

/// Outputs that nobody takes are values like others.
fn hide_outputs(program: &mut Program) {
    for tensor in program.tensors.iter_mut().filter(|tensor| matches!(tensor.role, Role::Output(_))) {
        tensor.role = Role::Value;
    }
}

impl Lowered {
    /// A tensor of the shape of a port, which is given for each sample in the place of a target.
    fn given(&mut self, port: &Port, number: usize) -> TensorId {
        let of = self.program.at(port.tensor);
        let (name, shape) = (format!("along_{}", of.name), of.shape.clone());
        self.program.tensor(Tensor::new(name, shape, Role::Target(number)))
    }

    /// The ports in the place of the targets: they are called as those that they belong to.
    fn name_targets(&mut self, ports: &[Port], tensors: &[TensorId]) {
        let named = ports.iter().zip(tensors);
        self.targets = named.map(|(port, tensor)| Port { name: port.name.clone(), tensor: *tensor }).collect();
    }
}
