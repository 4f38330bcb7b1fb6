//! Fewer equations with the same result: copies and what is used once are written where they are
//! used, and what nobody needs is left out.

mod inline;
mod select;
mod share;

use crate::equation::{Program, Role};
use crate::symbolic::{Node, TensorId};

/// Simplifies a program of which only tensors with some roles are wanted.
pub fn simplify(program: &mut Program, wanted: &dyn Fn(Role) -> bool) {
    remove_unused(program, wanted);
    share::share(program);
    while inline::inline_one(program) || select::select_one(program) {}
    remove_unused(program, wanted);
}

/// Leaves out equations whose target nobody needs.
fn remove_unused(program: &mut Program, wanted: &dyn Fn(Role) -> bool) {
    let mut needed: Vec<bool> = program.tensors.iter().map(|tensor| wanted(tensor.role)).collect();
    let mut kept = Vec::new();
    for equation in std::mem::take(&mut program.equations).into_iter().rev() {
        if !needed[program.root(equation.target).0 as usize] {
            continue;
        }
        for read in program.reads_of(&equation) {
            if let Node::Read { tensor, .. } = program.pool.node(read) {
                needed[program.root(*tensor).0 as usize] = true;
            }
        }
        for position in &equation.write {
            if let crate::symbolic::Position::Gather(id) = position {
                for read in program.pool.reads(*id) {
                    if let Node::Read { tensor, .. } = program.pool.node(read) {
                        needed[program.root(*tensor).0 as usize] = true;
                    }
                }
            }
        }
        kept.push(equation);
    }
    kept.reverse();
    program.equations = kept;
}

/// The tensor of a read.
pub(crate) fn tensor_of(program: &Program, read: crate::symbolic::ExpressionId) -> Option<TensorId> {
    if let Node::Read { tensor, .. } = program.pool.node(read) { Some(*tensor) } else { None }
}
