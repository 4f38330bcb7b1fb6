//! A batch that was declared as an axis.

use crate::equation::{Equation, Program};
use crate::lints::{Lint, Warning};
use crate::lowered::{Lowered, Port};
use crate::shape::{Dim, display_shape};
use crate::symbolic::{IndexId, Node, Position, TensorId};
use crate::syntax::ast::Network;

/// Warns where all inputs and outputs begin with one size, and each place of that axis is computed from the same place
/// of the inputs alone.
pub(super) fn of_batch_axis(network: &Network, infer: &Lowered) -> Option<Warning> {
    let program = &infer.program;
    let leading = |port: &Port| match program.at(port.tensor).sample_shape() {
        [size, _, ..] => size.literal(),
        _ => None,
    };
    let ports = || infer.inputs.iter().chain(&infer.outputs);
    let size = leading(infer.inputs.first()?).filter(|size| *size > 1)?;
    let all_begin_with_it = ports().all(|port| leading(port) == Some(size));
    let predicts = tensors_of_prediction(infer);
    let learns = infer.stored().any(|stored| stored.shape.len() > 1);
    let of_prediction = |equation: &&Equation| predicts[program.root(equation.target).0 as usize];
    let mut equations = program.equations.iter().filter(of_prediction);
    if !all_begin_with_it || !learns || !equations.all(|equation| keeps_apart(program, equation, size)) {
        return None;
    }
    let input = &infer.inputs.first()?;
    let shape = program.at(input.tensor).sample_shape();
    let text = format!(
        "shapes are those of one sample, and the {size} rows of `{}` do not meet each other anywhere in this network: is \
         this a batch?\n\nhelp: leave it out, as in `{}: {}`; a batch is a slice of samples",
        input.name,
        input.name,
        display_shape(&shape[1..])
    );
    let declared = &network.forward.as_ref()?.inputs.first()?.shape;
    Some(Warning { lint: Lint::BatchAxis, place: declared.as_ref()?.span, text })
}

/// Whether an equation of the prediction reads what it computes a row of from that row alone.
fn keeps_apart(program: &Program, equation: &Equation, size: i64) -> bool {
    if !is_of_sample(program, equation.target) {
        return true;
    }
    // the samples come first
    let Some(row) = equation.write.get(1).and_then(Position::as_index) else { return false };
    let rows = program.extent(row).literal() == Some(size);
    rows && program.reads_of(equation).iter().all(|read| match program.pool.node(*read) {
        Node::Read { tensor, at, .. } => reads_row(program, *tensor, at, row),
        _ => false,
    })
}

/// Whether a read of something that depends on the sample is at the row, and any other is not.
fn reads_row(program: &Program, tensor: TensorId, at: &[Position], row: IndexId) -> bool {
    let of_sample = is_of_sample(program, tensor);
    at.iter().enumerate().all(|(axis, position)| {
        let is_row = position.as_index() == Some(row);
        if of_sample && axis == 1 { is_row } else { !is_row && !position.indices().any(|index| index == row) }
    })
}

fn is_of_sample(program: &Program, tensor: TensorId) -> bool {
    program.at(tensor).shape.first() == Some(&Dim::samples())
}

/// For each tensor, whether the outputs depend on it: the loss has equations too.
fn tensors_of_prediction(infer: &Lowered) -> Vec<bool> {
    let program = &infer.program;
    let mut needed = vec![false; program.tensors.len()];
    for output in &infer.outputs {
        needed[program.root(output.tensor).0 as usize] = true;
    }
    for equation in program.equations.iter().rev() {
        if needed[program.root(equation.target).0 as usize] {
            for read in program.tensors_read(equation) {
                needed[program.root(read).0 as usize] = true;
            }
        }
    }
    needed
}
