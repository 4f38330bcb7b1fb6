//! What equations are computed for.

use super::Purpose;
use crate::equation::{Equation, Program, Role};

/// The purpose of each equation.
pub(super) fn purposes(program: &Program) -> Vec<Purpose> {
    // needed by the parameters' gradient, by the inputs' gradient, by the loss or the prediction
    let mut needed = vec![[false; 3]; program.tensors.len()];
    let mut purposes = Vec::new();
    // a carry makes an iteration read what later equations write, hence the fixed point
    loop {
        let before = needed.clone();
        purposes.clear();
        for equation in program.equations.iter().rev() {
            let own = purpose_of(program, equation, &mut needed);
            purposes.push(match own {
                [_, _, true] => Purpose::All,
                [true, true, _] => Purpose::Gradients,
                [true, false, _] => Purpose::Parameters,
                [false, _, _] => Purpose::Inputs,
            });
        }
        if needed == before {
            break;
        }
    }
    purposes.reverse();
    purposes
}

/// The purpose of an equation, which all that it reads serves too.
fn purpose_of(program: &Program, equation: &Equation, needed: &mut [[bool; 3]]) -> [bool; 3] {
    let target = program.root(equation.target).0 as usize;
    let own = match program.tensors[target].role {
        Role::Gradient(_) => [true, false, false],
        Role::InputGradient(_) => [false, true, false],
        Role::Value => needed[target],
        _ => [false, false, true],
    };
    for read in program.reads_of(equation) {
        if let Some(tensor) = program.pool.tensor_of(read) {
            let tensor = program.root(tensor).0 as usize;
            (0..3).for_each(|at| needed[tensor][at] |= own[at]);
        }
    }
    own
}
