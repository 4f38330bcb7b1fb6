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
use crate::numbers::{Random, difference_by, largest};

const SAMPLES: usize = 3;
/// The samples that the workspace has room for: more than there are, or less, so that they are taken in two tiles.
const CAPACITIES: [i64; 2] = [5, 2];

/// Differences below this are not looked into.
const SMALL: f64 = 1e-12;

/// The greatest difference between what the equations of an item compute and what its schedules do: outputs, losses,
/// gradients and states. What takes statistics of the batch is computed in one tile. Where a difference is not small, the
/// rounding of the equations is measured, and does not count.
///
/// # Errors
/// If the network does not compile, or an access of a schedule is wrong.
pub fn check_scheduled(item: &Item, seed: u64) -> Result<f64, String> {
    let training = without_mistakes(item, Mode::Train)?;
    let data = Data::new(&training, item, SAMPLES, &mut Random::new(seed));
    let expected = compute(item, &data)?;
    let compiled = compiled(item)?;
    let scheduled: Vec<Vec<Vec<f64>>> = CAPACITIES
        .iter()
        .map(|capacity| Ok(values(&scheduled(&compiled, (item, &data), &expected, *capacity)?)))
        .collect::<Result<_, String>>()?;
    let expected = scaled(&expected);
    let worst = |rounding: &[Vec<f64>]| {
        scheduled.iter().map(|found| beyond(found, &expected, rounding)).fold(0.0_f64, f64::max)
    };
    let exact: Vec<Vec<f64>> = expected.iter().map(|expected| vec![0.0; expected.values.len()]).collect();
    let difference = worst(&exact);
    if difference <= SMALL { Ok(difference) } else { Ok(worst(&rounding(item, &data)?)) }
}

/// What the schedules compute for some samples at a time; what they do not is as expected.
fn scheduled(
    compiled: &Compiled,
    (item, data): (&Item, &Data),
    expected: &Computed,
    capacity: i64,
) -> Result<Computed, String> {
    let outputs = outputs(&compiled.forward, &Given::new(&compiled.infer, item, data), data.samples, capacity)?;
    let in_tiles = capacity < i64::try_from(SAMPLES).unwrap_or(i64::MAX);
    match &compiled.training {
        Some(training) if !(in_tiles && compiled.train.names_batch) => {
            Ok(Computed { outputs, ..trained(training, compiled, (item, data), capacity)? })
        }
        _ => Ok(Computed { outputs, ..expected.clone() }),
    }
}

/// What a tensor should hold, and what its differences are measured by.
struct Expected {
    values: Vec<f64>,
    scale: f64,
}

/// The greatest difference beyond the rounding of each element, relative to the scale of each tensor.
fn beyond(found: &[Vec<f64>], expected: &[Expected], rounding: &[Vec<f64>]) -> f64 {
    let mut worst = 0.0f64;
    for ((found, Expected { values, scale }), rounding) in found.iter().zip(expected).zip(rounding) {
        let nearer = |(found, (expected, rounding)): (&f64, (&f64, &f64))| {
            if (found - expected).abs() <= *rounding { *expected } else { *found }
        };
        let nearest: Vec<f64> = found.iter().zip(values.iter().zip(rounding)).map(nearer).collect();
        let is_whole = found.len() == values.len();
        worst = worst.max(if is_whole { difference_by(&nearest, values, *scale) } else { f64::INFINITY });
    }
    worst
}

/// How far the equations are off in each element because they are rounded.
fn rounding(item: &Item, data: &Data) -> Result<Vec<Vec<f64>>, String> {
    let lens: Vec<usize> = values(&compute(item, data)?).iter().map(Vec::len).collect();
    let noise = differences::noise(|distance| match compute(item, &data.moved(item, distance)) {
        Ok(computed) => values(&computed).concat(),
        Err(_) => vec![f64::NAN; lens.iter().sum()],
    });
    let mut rest = noise.as_slice();
    let part = |len: &usize| {
        let (part, behind) = rest.split_at(*len);
        rest = behind;
        // both computations are rounded
        part.iter().map(|noise| 2.0 * noise).collect()
    };
    Ok(lens.iter().map(part).collect())
}

/// All tensors that were computed: outputs, losses, gradients, states.
fn values(computed: &Computed) -> Vec<Vec<f64>> {
    scaled(computed).into_iter().map(|expected| expected.values).collect()
}

/// All tensors that were computed, each with what its differences are measured by.
fn scaled(computed: &Computed) -> Vec<Expected> {
    let by_largest = |values: &Vec<f64>| Expected { values: values.clone(), scale: largest(values) };
    let losses = [vec![computed.loss], vec![computed.training_loss]];
    let gradients = [computed.by_parameters.clone(), vec![computed.by_inputs.clone()]].concat();
    let scales = differences::scales(&gradients, computed.training_loss);
    let mut all = vec![by_largest(&computed.outputs)];
    all.extend(losses.iter().map(by_largest));
    all.extend(gradients.into_iter().zip(scales).map(|(values, scale)| Expected { values, scale }));
    all.extend(computed.states.iter().map(by_largest));
    all
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
