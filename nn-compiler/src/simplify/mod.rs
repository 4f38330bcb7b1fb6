//! Fewer equations with the same result: copies and what is used once are written where they are
//! used, and what nobody needs is left out.

mod inline;
mod select;
mod share;

use crate::equation::{Program, Role};
use crate::symbolic::{Node, TensorId};

pub(crate) use inline::write_into_use;

/// Simplifies a program of which only tensors with some roles are wanted.
pub fn simplify(program: &mut Program, wanted: &dyn Fn(Role) -> bool) {
    remove_unused(program, wanted);
    share::share(program);
    while inline::inline_one(program) || select::select_one(program) {}
    remove_unused(program, wanted);
}

/// Leaves out equations whose target nobody needs.
pub(crate) fn remove_unused(program: &mut Program, wanted: &dyn Fn(Role) -> bool) {
    let mut needed: Vec<bool> = program.tensors.iter().map(|tensor| wanted(tensor.role)).collect();
    // what a turn of a sequence reads may be what comes behind it
    while mark_needed(program, &mut needed) {}
    let root = |equation: &crate::equation::Equation| program.root(equation.target).0 as usize;
    let kept: Vec<bool> = program.equations.iter().map(|equation| needed[root(equation)]).collect();
    let mut kept = kept.into_iter();
    program.equations.retain(|_| kept.next() == Some(true));
}

/// Marks what needed equations read. Answers whether there was anything new.
fn mark_needed(program: &Program, needed: &mut [bool]) -> bool {
    let mut changed = false;
    for equation in program.equations.iter().rev() {
        if !needed[program.root(equation.target).0 as usize] {
            continue;
        }
        let gathers = equation.write.iter().filter_map(|position| match position {
            crate::symbolic::Position::Gather(id) => Some(*id),
            _ => None,
        });
        for read in gathers.chain([equation.body]).flat_map(|body| program.pool.reads(body)) {
            if let Some(tensor) = tensor_of(program, read) {
                let tensor = program.root(tensor).0 as usize;
                changed |= !std::mem::replace(&mut needed[tensor], true);
            }
        }
    }
    changed
}

/// The tensor of a read.
pub(crate) fn tensor_of(program: &Program, read: crate::symbolic::ExpressionId) -> Option<TensorId> {
    if let Node::Read { tensor, .. } = program.pool.node(read) { Some(*tensor) } else { None }
}
