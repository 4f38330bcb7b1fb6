//! From a program to a schedule.

use crate::equation::{Program, Role};
use crate::layout::lay_out;
use crate::lowered::Lowered;
use crate::schedule::{Schedule, schedule};
use crate::simplify::simplify;

/// Simplifies, lays out and schedules a program whose results are the tensors with some roles.
pub(super) fn plan(
    lowered: &Lowered,
    mut program: Program,
    wanted: &dyn Fn(Role) -> bool,
    watch: &mut dyn FnMut(&Program),
) -> Schedule {
    verify(&program);
    simplify(&mut program, wanted);
    verify(&program);
    watch(&program);
    laid_out(lowered, program, None)
}

/// Lays out and schedules a simplified program; a step of a stream like the whole.
pub(super) fn laid_out(lowered: &Lowered, mut program: Program, whole: Option<&Schedule>) -> Schedule {
    let layout = lay_out(&mut program);
    verify(&program);
    let schedule = schedule(program, layout, &|role| lowered.is_copied(role), whole);
    held(|| crate::schedule::check(&schedule));
    schedule
}

/// Checks the invariants of a program, in tests alone.
fn verify(program: &Program) {
    held(|| crate::equation::check(program));
}

/// Panics where an invariant does not hold, in tests alone.
fn held(_law: impl Fn() -> Result<(), String>) {
    #[cfg(any(test, feature = "verify"))]
    if let Err(message) = _law() {
        panic!("{message}");
    }
}
