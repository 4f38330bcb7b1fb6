//! The gradients that emitted code computes against finite differences of its loss, and with each other
//! in tiles of several sizes. Its text is also a module of generated crates.

use crate::differences;
use crate::runner::{DRAW, Sample, Values, samples, text};
use nn_core::{Plain, Train};

/// Elements of a tensor that are compared with finite differences one by one.
const PICKS: usize = 24;

/// Checks the gradients of a network by finite differences of its loss, and that they do not depend on
/// the size of the workspace: `difference` is the greatest difference, `tiles` is 1 if they do not.
///
/// `params` holds all parameters, `input` and `target` the `samples`, `real` is 1 for each number of an
/// input that is not a class; the first `few` samples are for the differences.
///
/// # Errors
/// If the values do not fit the network, or the network refuses them.
pub fn gradient_check<N: Train<Scalar = f64>>(given: &Values) -> Result<Values, String>
where
    N::Input: Sample,
    N::Target: Sample,
{
    check(&mut *N::init_as(0), given)
}

/// A network of any type, so that the check is compiled once and not for each network of a crate.
trait Subject {
    fn params_mut(&mut self) -> &mut [f64];
    fn state_mut(&mut self) -> &mut [f64];
    /// Whether it takes statistics of the batch, which has to lie in one tile then.
    fn takes_whole_batch(&self) -> bool;
    /// The loss as it is trained, always with the same random numbers.
    fn loss(&self, samples: &Samples) -> Result<f64, String>;
    /// The gradients by the parameters and by the inputs.
    fn gradients(&self, samples: &Samples, tile: usize) -> Result<[Vec<f64>; 2], String>;
}

impl<N: Train<Scalar = f64>> Subject for N
where
    N::Input: Sample,
    N::Target: Sample,
{
    fn params_mut(&mut self) -> &mut [f64] {
        self.flat_params_mut()
    }

    fn state_mut(&mut self) -> &mut [f64] {
        self.flat_state_mut()
    }

    fn takes_whole_batch(&self) -> bool {
        N::WHOLE_BATCH
    }

    fn loss(&self, given: &Samples) -> Result<f64, String> {
        let (inputs, targets) = (samples(&given.input, given.count)?, samples(&given.target, given.count)?);
        let mut workspace = nn_core::train_workspace_for::<N>(given.count);
        Train::gradients(self, &inputs, &targets, DRAW, &mut workspace, None, None).map_err(text)
    }

    fn gradients(&self, given: &Samples, tile: usize) -> Result<[Vec<f64>; 2], String> {
        let (inputs, targets) = (samples(&given.input, given.count)?, samples(&given.target, given.count)?);
        // what was there before must not matter
        let mut workspace: Vec<N::TrainScratch> = of_nan(tile);
        let mut by_inputs: Vec<N::InputGradient> = of_nan(given.count);
        let mut by_params = nn_core::zero_gradient::<N>();
        by_params.flat_mut().fill(f64::NAN);
        let wanted = (Some(&mut *by_params), Some(&mut *by_inputs));
        Train::gradients(self, &inputs, &targets, DRAW, &mut workspace, wanted.0, wanted.1).map_err(text)?;
        let mut flat = Vec::new();
        for by_input in &by_inputs {
            flat.extend_from_slice(by_input.flat());
        }
        Ok([by_params.flat().to_vec(), flat])
    }
}

fn of_nan<P: Plain<Element = f64>>(count: usize) -> Vec<P> {
    let mut all = Vec::with_capacity(count);
    while all.len() < count {
        let mut one = P::zeroed();
        one.flat_mut().fill(f64::NAN);
        all.push(one);
    }
    all
}

/// Inputs and targets as numbers.
struct Samples {
    count: usize,
    input: Vec<f64>,
    target: Vec<f64>,
}

impl Samples {
    fn first(&self, count: usize) -> Self {
        let part = |all: &[f64]| all[..all.len() / self.count * count].to_vec();
        Samples { count, input: part(&self.input), target: part(&self.target) }
    }
}

fn check(network: &mut dyn Subject, given: &Values) -> Result<Values, String> {
    network.params_mut().copy_from_slice(given.get("params")?);
    network.state_mut().iter_mut().zip(1u8..).for_each(|(state, at)| *state = 0.5 + 0.1 * f64::from(at));
    let (input, target) = (given.get("input")?.to_vec(), given.get("target")?.to_vec());
    let samples = Samples { count: given.whole("samples")?, input, target };
    let [first, others @ ..] = if network.takes_whole_batch() { [20, 21, 64] } else { [1, 3, 16] };
    let bits = |tile| -> Result<Vec<u64>, String> {
        let gradients = network.gradients(&samples, tile)?;
        Ok(gradients.iter().flatten().map(|number| number.to_bits()).collect())
    };
    let alone = bits(first)?;
    let mut same = true;
    for tile in others {
        same &= bits(tile)? == alone;
    }
    let mut found = Values::default();
    found.set("tiles", vec![f64::from(u8::from(same))]);
    found.set("difference", vec![difference(network, &samples.first(given.whole("few")?), given.get("real")?)?]);
    Ok(found)
}

fn difference(network: &mut dyn Subject, samples: &Samples, real: &[f64]) -> Result<f64, String> {
    let gradients = network.gradients(samples, samples.count)?;
    // where the numbers stand that are no classes
    let places: Vec<usize> = (0..samples.input.len()).filter(|at| real[at % real.len()] != 0.0).collect();
    let variables = places.iter().map(|at| samples.input[*at]).collect();
    let mut tensors = [network.params_mut().to_vec(), variables];
    let mut moved = samples.first(samples.count);
    differences::worst(&mut tensors, &gradients, PICKS, &mut |tensors| {
        network.params_mut().copy_from_slice(&tensors[0]);
        places.iter().zip(&tensors[1]).for_each(|(at, number)| moved.input[*at] = *number);
        network.loss(&moved).unwrap_or(f64::NAN)
    })
}
