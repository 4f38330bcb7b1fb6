//! The memory layout of tensors: padded where a contraction reads or writes outside of them, so that kernels need no
//! condition.
//!
//! Tensors that cannot be padded, since they are fields of the user's or have views, are copied to tensors that can.
//! Copies are inserted; no equation changes its place.

mod elsewhere;
mod memory;

use crate::equation::{Equation, Program, Reduce, Role};
use crate::symbolic::{ExpressionId, Node, Position, TensorId};

pub use memory::{Layout, Padding, Placement};

/// Pads tensors, and copies those that cannot be padded.
pub fn lay_out(program: &mut Program) -> Layout {
    let mut pass = LayOut { program, layout: Layout::default() };
    let mut at = 0;
    while at < pass.program.equations.len() {
        for access in pass.accesses_outside(at) {
            if pass.may_pad(&access) {
                pass.layout.pad(access.tensor, &access.padding);
                continue;
            }
            at += match access.read {
                Some(read) => pass.read_copy(at, read, access),
                None => pass.write_elsewhere(at, access),
            };
        }
        at += 1;
    }
    pass.layout
}

/// The pass at work.
struct LayOut<'p> {
    program: &'p mut Program,
    layout: Layout,
}

/// An access of a contraction outside of its tensor, and the padding that it needs.
struct Access {
    tensor: TensorId,
    padding: Padding,
    /// The read; `None` for what the equation writes.
    read: Option<ExpressionId>,
}

impl LayOut<'_> {
    /// The accesses of an equation outside of its tensors, if padding makes it a contraction.
    fn accesses_outside(&self, at: usize) -> Vec<Access> {
        let program = &*self.program;
        let equation = &program.equations[at];
        let mut found = Vec::new();
        for read in factors(program, equation).into_iter().flatten() {
            let Node::Read { tensor, at, outside } = program.pool.node(read) else { return Vec::new() };
            let Some(outside) = outside else { continue };
            let Some(sides) = sides(program, *tensor, at) else { return Vec::new() };
            found.push(Access { tensor: *tensor, padding: Padding { sides, value: Some(*outside) }, read: Some(read) });
        }
        if equation.clip && factors(program, equation).is_some() {
            let Some(sides) = sides(program, equation.target, &equation.write) else { return Vec::new() };
            found.push(Access { tensor: equation.target, padding: Padding { sides, value: None }, read: None });
        }
        found
    }

    /// Whether a tensor can have this padding beside the padding it has.
    fn may_pad(&self, access: &Access) -> bool {
        let (program, wanted) = (&*self.program, access.padding.value);
        let tensor = program.at(access.tensor);
        let viewed =
            tensor.view_of.is_some() || program.tensors.iter().any(|other| other.view_of == Some(access.tensor));
        let agrees = self.layout.padding(access.tensor).is_none_or(|known| known.value == wanted);
        // accumulation begins with zeros, in the padding too
        let definitions = program.equations.iter().filter(|equation| equation.target == access.tensor).count();
        let begins = definitions == 1 || wanted.is_none_or(|value| value == 0);
        tensor.role == Role::Value && !viewed && agrees && begins
    }
}

/// The two factors of a sum of products.
fn factors(program: &Program, equation: &Equation) -> Option<[ExpressionId; 2]> {
    let sums = equation.reduce == Reduce::Sum && program.reduced(equation).next().is_some();
    match program.pool.node(equation.body) {
        Node::Product(factors) if sums => match factors.as_slice() {
            [(left, 1), (right, 1)] => Some([*left, *right]),
            _ => None,
        },
        _ => None,
    }
}

/// The most elements around one element: more would be worse than conditions.
const MOST_AROUND: i64 = 1 << 16;

/// The distance of positions beyond each side of a tensor; `None` where that is unknown or far.
fn sides(program: &Program, tensor: TensorId, at: &[Position]) -> Option<Vec<[i64; 2]>> {
    let positions = at.iter().zip(&program.at(tensor).shape);
    let sides: Vec<[i64; 2]> =
        positions.map(|(position, size)| program.beyond(position, size)).collect::<Option<_>>()?;
    let of_axis = |[front, back]: &[i64; 2]| front.checked_add(*back)?.checked_add(1);
    let around = sides.iter().try_fold(1i64, |around, axis| around.checked_mul(of_axis(axis)?));
    around.is_some_and(|around| around <= MOST_AROUND).then_some(sides)
}
