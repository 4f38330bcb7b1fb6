//! Fewer equations with the same result: common subexpressions are shared, copies and single uses are inlined, and dead
//! equations are removed.

mod inline;
mod invariants;
mod rewriting;
mod select;
mod share;

use crate::equation::{Equation, Program, Role};
use crate::symbolic::Position;
pub(crate) use invariants::move_out;
use rewriting::Rewriting;

/// Simplifies a program of which only tensors with some roles are wanted.
pub fn simplify(program: &mut Program, wanted: &dyn Fn(Role) -> bool) {
    remove_unused(program, wanted);
    share::share(program);
    let mut rewriting = Rewriting::new(program);
    while inline::inline_one(&mut rewriting) || select::select_one(&mut rewriting) {}
    rewriting.finish();
    remove_unused(program, wanted);
}

/// Inlines a definition into its uses, if it can be. Returns whether it was; the definition is then removed.
pub(crate) fn write_into_use(program: &mut Program, at: usize) -> bool {
    let mut rewriting = Rewriting::new(program);
    let written = inline::write_into_use(&mut rewriting, at);
    rewriting.finish();
    written
}

/// Removes dead equations.
pub(crate) fn remove_unused(program: &mut Program, wanted: &dyn Fn(Role) -> bool) {
    let mut needed: Vec<bool> = program.tensors.iter().map(|tensor| wanted(tensor.role)).collect();
    // a carry makes an iteration read what later equations write, hence the fixed point
    while mark_needed(program, &mut needed) {}
    let root = |equation: &Equation| program.root(equation.target).0 as usize;
    let kept: Vec<bool> = program.equations.iter().map(|equation| needed[root(equation)]).collect();
    let mut kept = kept.into_iter();
    program.equations.retain(|_| kept.next() == Some(true));
}

/// Marks the tensors that live equations read. Returns whether any is new.
fn mark_needed(program: &Program, needed: &mut [bool]) -> bool {
    let mut changed = false;
    for equation in program.equations.iter().rev() {
        if !needed[program.root(equation.target).0 as usize] {
            continue;
        }
        let gathers = equation.write.iter().filter_map(|position| match position {
            Position::Gather(id) => Some(*id),
            _ => None,
        });
        for tensor in gathers.chain([equation.body]).flat_map(|body| program.pool.tensors(body)) {
            changed |= !std::mem::replace(&mut needed[program.root(tensor).0 as usize], true);
        }
    }
    changed
}
