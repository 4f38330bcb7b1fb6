//! Schedules evaluated beside the equations that they were made of.
#![allow(dead_code)] // not every test uses all of it

use std::collections::HashMap;

use nn_compiler::equation::{Program, Role, Values};
use nn_compiler::lowered::Lowered;
use nn_compiler::schedule::{Schedule, evaluate};
use nn_compiler::symbolic::TensorId;

use crate::given::{Random, SAMPLES, given};

/// A tensor's role, and what it holds.
pub type Held = (Role, Vec<f64>);

/// The greatest difference, relative to numbers above one.
const TOLERANCE: f64 = 1e-12;

/// What is given, at some sizes.
pub fn values(lowered: &Lowered, sizes: &[(&str, i64)]) -> Values {
    let symbols: HashMap<String, i64> = sizes.iter().map(|(name, size)| ((*name).to_string(), *size)).collect();
    let (fixed, variables) = given(&lowered.program, &|name| symbols.get(name).copied(), &mut Random(3));
    let mut values = Values::new(SAMPLES, vec![0.25; lowered.terms.len()]);
    values.symbols = symbols;
    for (tensor, elements) in fixed.into_iter().chain(variables) {
        // variances are positive
        let is_state = matches!(lowered.program.at(tensor).role, Role::State(_));
        let elements = elements.into_iter().map(|element| if is_state { element.abs() + 0.5 } else { element });
        values.set(tensor, elements.collect());
    }
    values
}

/// The tensors with some roles, and what they hold; what is summed over the samples as its sum.
pub fn results(program: &Program, values: &Values, wanted: &dyn Fn(Role) -> bool) -> Vec<Held> {
    let ids = (0..program.tensors.len()).map(TensorId::new).filter(|tensor| wanted(program.at(*tensor).role));
    let mut results: Vec<Held> = ids
        .map(|tensor| {
            let (role, elements) = (program.at(tensor).role, values.get(program, tensor));
            (role, if role.is_summed() { vec![elements.iter().sum()] } else { elements.to_vec() })
        })
        .collect();
    results.sort_by_key(|(role, _)| format!("{role:?}"));
    results
}

/// Compares what tensors hold. What is no number on one side is none on the other.
///
/// # Errors
/// The first difference.
pub fn same(found: &[Held], wanted: &[Held]) -> Result<(), String> {
    if found.is_empty() || found.len() != wanted.len() {
        return Err(format!("{found:?} and {wanted:?}"));
    }
    for ((role, found), (other, wanted)) in found.iter().zip(wanted) {
        let near = |(a, b): (&f64, &f64)| {
            (a - b).abs() <= TOLERANCE * b.abs().max(1.0) || a == b || (a.is_nan() && b.is_nan())
        };
        if role != other || found.len() != wanted.len() {
            return Err(format!("{role:?} of {} and {other:?} of {}", found.len(), wanted.len()));
        }
        if let Some((found, wanted)) = found.iter().zip(wanted).find(|pair| !near(*pair)) {
            return Err(format!("{role:?}: {found} and {wanted}"));
        }
    }
    Ok(())
}

/// How many samples a tile may hold: all of them in one tile, and several tiles.
pub const TILES: [i64; 3] = [SAMPLES + 1, 2, 1];

/// Compares what a schedule gives with what equations give, with tiles of these capacities.
///
/// # Errors
/// The first difference, or why the schedule cannot be evaluated.
pub fn agree(
    schedule: &Schedule,
    program: &Program,
    given: &Values,
    wanted: &dyn Fn(Role) -> bool,
    tiles: &[i64],
) -> Result<(), String> {
    let mut expected = given.clone();
    program.evaluate(&mut expected);
    let expected = results(program, &expected, wanted);
    for &capacity in tiles {
        let mut found = given.clone();
        evaluate(schedule, &mut found, capacity)?;
        same(&results(&schedule.program, &found, wanted), &expected)?;
    }
    Ok(())
}

/// The results of training.
pub fn is_trained(role: Role) -> bool {
    matches!(role, Role::Loss(_) | Role::Gradient(_) | Role::InputGradient(_))
}
