//! A network as it is scheduled against its equations: the same blocks in the same memory as in emitted code.

use nn_compiler::equation::{Role, Values};
use nn_compiler::errors::Errors;
use nn_compiler::lower::Mode;
use nn_compiler::lowered::Lowered;
use nn_compiler::pipeline::{self, Compiled, Training};
use nn_compiler::schedule::{Schedule, evaluate};

use super::data::{Data, interleaved};
use super::evaluator::{Computed, Given, compute, states, sum_of, tensor_of, without_mistakes};
use super::{Item, parse};
use crate::differences;
use crate::numbers::{Random, difference, difference_by};

const SAMPLES: usize = 3;
/// The samples that the workspace has room for: more than there are, or less, so that they are taken in two tiles.
const CAPACITIES: [i64; 2] = [5, 2];

/// The greatest difference between what the equations of an item compute and what its schedules do: outputs, losses,
/// gradients and states. What takes statistics of the batch is computed in one tile.
///
/// # Errors
/// If the network does not compile, or an access of a schedule is wrong.
pub fn check_scheduled(item: &Item, seed: u64) -> Result<f64, String> {
    let training = without_mistakes(item, Mode::Train)?;
    let data = Data::new(&training, item, SAMPLES, &mut Random::new(seed));
    let expected = compute(item, &data)?;
    let compiled = compiled(item)?;
    let mut worst = 0.0_f64;
    for capacity in CAPACITIES {
        let outputs = outputs(&compiled.forward, &Given::new(&compiled.infer, item, &data), data.samples, capacity)?;
        worst = worst.max(difference(&outputs, &expected.outputs));
        let in_tiles = capacity < i64::try_from(SAMPLES).unwrap_or(i64::MAX);
        if let Some(training) = &compiled.training
            && !(in_tiles && compiled.train.names_batch)
        {
            let found = trained(training, &compiled, (item, &data), capacity)?;
            worst = worst.max(difference_in_training(&found, &expected));
        }
    }
    Ok(worst)
}

fn compiled(item: &Item) -> Result<Compiled, String> {
    let mut errors = Errors::default();
    let compiled = pipeline::compile(&parse(&item.text), &mut errors);
    compiled.ok_or_else(|| errors.messages().first().cloned().unwrap_or_default())
}

fn run(schedule: &Schedule, given: &Given, capacity: i64, function: &str) -> Result<Values, String> {
    let mut values = given.unchanged();
    match evaluate(schedule, &mut values, capacity) {
        Ok(()) => Ok(values),
        Err(error) => Err(format!("{function}, for {capacity} samples at a time: {error}")),
    }
}

/// The outputs, sample after sample.
fn outputs(forward: &Schedule, given: &Given, samples: usize, capacity: i64) -> Result<Vec<f64>, String> {
    let values = run(forward, given, capacity, "forward")?;
    let of_number = |number| tensor_of(&forward.program, Role::Output(number));
    let tensors = (0..).map_while(of_number);
    let outputs: Vec<Vec<f64>> = tensors.map(|tensor| values.get(&forward.program, tensor).to_vec()).collect();
    Ok(interleaved(&outputs, samples))
}

/// What belongs to a loss; without outputs.
fn trained(
    training: &Training,
    compiled: &Compiled,
    (item, data): (&Item, &Data),
    capacity: i64,
) -> Result<Computed, String> {
    let predicting = with_divisors(training, &compiled.infer, (item, data), capacity)?;
    let mut given = Given::new(&compiled.train, item, data);
    given.scales.clone_from(&predicting.scales);
    let program = &training.gradient.program;
    let values = run(&training.gradient, &given, capacity, "gradient")?;
    let training_loss = given.loss_in(program, &values);
    let loss = match &training.loss {
        Some(schedule) => predicting.loss_in(&schedule.program, &run(schedule, &predicting, capacity, "loss")?),
        None => training_loss,
    };
    let mut gradients = given.gradients_in(program, &values);
    let by_parameters = gradients.split_off(gradients.len() - data.parameters.len());
    Ok(Computed {
        outputs: Vec::new(),
        loss,
        training_loss,
        by_parameters,
        by_inputs: interleaved(&gradients, data.samples),
        states: states(program, &values, data),
    })
}

/// What is given, with factors of the terms that follow from the schedule of what they are divided by.
fn with_divisors(
    training: &Training,
    lowered: &Lowered,
    (item, data): (&Item, &Data),
    capacity: i64,
) -> Result<Given, String> {
    let mut given = Given::new(lowered, item, data);
    if let Some(schedule) = &training.divisors {
        let values = run(schedule, &given, capacity, "divisors")?;
        for (number, term) in lowered.terms.iter().enumerate().filter(|(_, term)| term.divisor.is_some()) {
            given.scales[number] = term.coefficient / sum_of(&schedule.program, &values, Role::Divisor(number));
        }
    }
    Ok(given)
}

fn difference_in_training(found: &Computed, expected: &Computed) -> f64 {
    let pair = |found: f64, expected: f64| difference(&[found], &[expected]);
    let mut worst = pair(found.loss, expected.loss).max(pair(found.training_loss, expected.training_loss));
    let gradients = |all: &Computed| [all.by_parameters.clone(), vec![all.by_inputs.clone()]].concat();
    let (found_gradients, expected_gradients) = (gradients(found), gradients(expected));
    let scales = differences::scales(&expected_gradients, expected.training_loss);
    for ((found, expected), scale) in found_gradients.iter().zip(&expected_gradients).zip(scales) {
        worst = worst.max(difference_by(found, expected, scale));
    }
    found
        .states
        .iter()
        .zip(&expected.states)
        .fold(worst, |worst, (found, expected)| worst.max(difference(found, expected)))
}
