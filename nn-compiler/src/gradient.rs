//! The gradient of a network's loss.

use crate::differentiate::{Seed, differentiate_recomputing};
use crate::equation::{Program, Role, Tensor};
use crate::lowered::{Checkpoint, Lowered};
use crate::symbolic::TensorId;

/// The network's program with the equations of the gradient behind its own: by the parameters, and by the inputs that
/// are numbers, unless layers are frozen. The adjoint of each term of the loss begins with its factor; layers with
/// `#[checkpoint]` are recomputed.
#[must_use]
pub fn gradient(lowered: &Lowered) -> Program {
    let mut program = lowered.program.clone();
    let seeds: Vec<(TensorId, Seed)> = lowered
        .terms
        .iter()
        .enumerate()
        .map(|(number, term)| (term.tensor, Seed::Number(program.pool.scale(number))))
        .collect();
    // what stands in front of the first trained layer would be walked back and its values kept
    let by_inputs = lowered.frozen.is_empty();
    append_gradient(&mut program, &seeds, &lowered.checkpoints, by_inputs);
    program
}

/// Appends the equations of the gradient of whatever is seeded: by the parameters, and by the inputs that are numbers.
pub fn append_gradient(program: &mut Program, seeds: &[(TensorId, Seed)], checkpoints: &[Checkpoint], by_inputs: bool) {
    let is_wanted = |role: &Role| by_inputs || matches!(role, Role::Gradient(_));
    let role = |of: &Tensor| gradient_role(of).filter(is_wanted);
    let wanted: Vec<(TensorId, Role)> =
        (0u32..).map(TensorId).zip(&program.tensors).filter_map(|(id, of)| Some((id, role(of)?))).collect();
    let by: Vec<TensorId> = wanted.iter().map(|(tensor, _)| *tensor).collect();
    let adjoints = differentiate_recomputing(program, seeds, &by, checkpoints);
    for (tensor, role) in wanted {
        program.at_mut(adjoints[&tensor]).role = role;
    }
}

/// The role of the gradient by a tensor, if users differentiate by it.
fn gradient_role(tensor: &Tensor) -> Option<Role> {
    match tensor.role {
        Role::Parameter(number) => Some(Role::Gradient(number)),
        Role::Input(number) if tensor.bound.is_none() => Some(Role::InputGradient(number)),
        _ => None,
    }
}
