//! What emitted code computes: outputs, losses and gradients, in workspaces that held NaN before; whether their bits
//! depend on the size of the workspace or the number of threads; and the gradients against finite differences of the loss. Its text is also a
//! module of generated crates.

use crate::differences;
use crate::runner::{DRAW, Sample, Values, samples, text};
use nn_core::{Compiled, CompiledLoss, DerivedByInputs, Error, Network, Parallel, Plain, Team, Train};

/// Elements of a tensor that are compared with finite differences one by one.
const PICKS: usize = 8;

/// The elements of a stored tensor by its number: the field is named, so that nothing depends on the tables of the
/// network.
pub type Field<P> = fn(&mut P, usize) -> &mut [f64];

/// How the numbers of a network are reached, and its gradients.
pub struct Access<N: Train> {
    /// A parameter by its number.
    pub parameter: Field<N::Params>,
    /// A frozen parameter by its number.
    pub frozen: Field<N::Frozen>,
    /// A state by its number.
    pub state: Field<N::State>,
    /// [`by_inputs_too`], or [`by_parameters`] for a network with frozen layers.
    pub gradients: Derived<N>,
}

/// The loss of samples, with its gradient by the parameters, and those by the inputs; whether these were derived.
pub type Derived<N> = fn(
    &N,
    (&[<N as Compiled>::Input], &[<N as CompiledLoss>::Target]),
    &mut [<N as CompiledLoss>::TrainScratch],
    &mut <N as Compiled>::Params,
    &mut [<N as CompiledLoss>::InputGradient],
) -> Result<(f64, bool), Error>;

/// Both gradients.
///
/// # Errors
/// As the network says.
pub fn by_inputs_too<N: DerivedByInputs + Compiled<Scalar = f64>>(
    network: &N,
    (inputs, targets): (&[N::Input], &[N::Target]),
    workspace: &mut [N::TrainScratch],
    by_parameters: &mut N::Params,
    by_inputs: &mut [N::InputGradient],
) -> Result<(f64, bool), Error> {
    let loss = network.gradients(inputs, targets, DRAW, workspace, Some(by_parameters), Some(by_inputs))?;
    Ok((loss, true))
}

/// The gradient by the parameters; there are none by the inputs.
///
/// # Errors
/// As the network says.
pub fn by_parameters<N: Train<Scalar = f64>>(
    network: &N,
    (inputs, targets): (&[N::Input], &[N::Target]),
    workspace: &mut [N::TrainScratch],
    by_parameters: &mut N::Params,
    _: &mut [N::InputGradient],
) -> Result<(f64, bool), Error> {
    let loss = network.to_box().gradient(inputs, targets, DRAW, workspace, by_parameters)?;
    Ok((loss, false))
}

/// What a network computes on the `samples` of `input` and `target` with the parameters `param.0`, `param.1` …, the frozen
/// ones `frozen.0` … and the states `state.0` …, of which there are `param.count` and so on: `output`, `loss` as it predicts, `train_loss`,
/// `grad.0` … by the parameters and `grad.input`, `next.0` …, the states after a step. `tiles` is 1 if the bits do not
/// depend on the size of the workspace, `difference` the greatest difference of a gradient from finite differences on
/// the first `few` samples. `parts` says to which input each number of a sample belongs, from 1 on; 0 is a class.
///
/// # Errors
/// If the values do not fit the network, or the network refuses them.
pub fn gradient_check<N: Train<Scalar = f64>>(given: &Values, access: Access<N>) -> Result<Values, String>
where
    N::Input: Sample,
    N::Target: Sample,
{
    check(&mut Subject::<N> { network: N::init_as(0), access }, given)
}

struct Subject<N: Train> {
    network: Box<N>,
    access: Access<N>,
}

/// The loss, the gradients by the parameters and that by the inputs.
struct Gradients {
    loss: f64,
    parameters: Vec<Vec<f64>>,
    inputs: Vec<f64>,
}

impl Gradients {
    fn bits(&self) -> Vec<u64> {
        let gradients = self.parameters.iter().chain([&self.inputs]).flatten();
        gradients.chain([&self.loss]).map(|number| number.to_bits()).collect()
    }
}

/// A network of any type, so that the check is compiled once and not for each network of a crate.
trait Checked {
    fn parameter(&mut self, at: usize) -> &mut [f64];
    fn frozen(&mut self, at: usize) -> &mut [f64];
    fn state(&mut self, at: usize) -> &mut [f64];
    /// Whether it takes statistics of the batch, which has to lie in one tile then.
    fn takes_whole_batch(&self) -> bool;
    fn outputs(&self, samples: &Samples, tile: usize) -> Result<Vec<f64>, String>;
    /// The loss as it predicts.
    fn loss(&self, samples: &Samples, tile: usize) -> Result<f64, String>;
    /// The loss as it is trained, always with the same random numbers.
    fn training_loss(&self, samples: &Samples) -> Result<f64, String>;
    /// The gradients by so many parameters and by the inputs.
    fn gradients(&self, samples: &Samples, tile: usize, parameters: usize) -> Result<Gradients, String>;
    /// The gradients by so many parameters on several threads, and in place of those by the inputs the next state.
    fn parallel_gradients(&self, samples: &Samples, threads: usize, parameters: usize) -> Result<Gradients, String>;
    /// Updates the state as a step of training does.
    fn step(&mut self, samples: &Samples) -> Result<(), String>;
}

impl<N: Train<Scalar = f64>> Checked for Subject<N>
where
    N::Input: Sample,
    N::Target: Sample,
{
    fn parameter(&mut self, at: usize) -> &mut [f64] {
        (self.access.parameter)(self.network.params_mut(), at)
    }

    fn frozen(&mut self, at: usize) -> &mut [f64] {
        (self.access.frozen)(self.network.frozen_mut(), at)
    }

    fn state(&mut self, at: usize) -> &mut [f64] {
        (self.access.state)(self.network.state_mut(), at)
    }

    fn takes_whole_batch(&self) -> bool {
        N::WHOLE_BATCH
    }

    fn outputs(&self, given: &Samples, tile: usize) -> Result<Vec<f64>, String> {
        let inputs = samples(&given.input, given.count)?;
        let (mut workspace, mut outputs): (Vec<N::Scratch>, Vec<N::Output>) = (of_nan(tile), of_nan(given.count));
        Network::forward_batch(&*self.network, &inputs, &mut workspace, &mut outputs).map_err(text)?;
        Ok(flat(&outputs))
    }

    fn loss(&self, given: &Samples, tile: usize) -> Result<f64, String> {
        let (inputs, targets) = (samples(&given.input, given.count)?, samples(&given.target, given.count)?);
        let mut workspace: Vec<N::TrainScratch> = of_nan(tile);
        Train::loss(&*self.network, &inputs, &targets, &mut workspace).map_err(text)
    }

    fn training_loss(&self, given: &Samples) -> Result<f64, String> {
        let (inputs, targets) = (samples(&given.input, given.count)?, samples(&given.target, given.count)?);
        let mut workspace = nn_core::train_workspace_for::<N>(given.count);
        let mut gradient = nn_core::zero_gradient::<N>();
        by_parameters(&*self.network, (&inputs, &targets), &mut workspace, &mut gradient, &mut [])
            .map(|(loss, _)| loss)
            .map_err(text)
    }

    fn gradients(&self, given: &Samples, tile: usize, parameters: usize) -> Result<Gradients, String> {
        let (inputs, targets) = (samples(&given.input, given.count)?, samples(&given.target, given.count)?);
        // what was there before must not matter
        let mut workspace: Vec<N::TrainScratch> = of_nan(tile);
        let mut by_inputs: Vec<N::InputGradient> = of_nan(given.count);
        let mut by_params = nn_core::zero_gradient::<N>();
        by_params.flat_mut().fill(f64::NAN);
        let samples = (&*inputs, &*targets);
        let gradients = self.access.gradients;
        let found = gradients(&self.network, samples, &mut workspace, &mut by_params, &mut by_inputs);
        let (loss, has_inputs) = found.map_err(text)?;
        let parameter = |at| (self.access.parameter)(&mut by_params, at).to_vec();
        let parameters = (0..parameters).map(parameter).collect();
        let inputs = if has_inputs { flat(&by_inputs) } else { Vec::new() };
        Ok(Gradients { loss, parameters, inputs })
    }

    fn parallel_gradients(&self, given: &Samples, threads: usize, parameters: usize) -> Result<Gradients, String> {
        let (inputs, targets) = (samples(&given.input, given.count)?, samples(&given.target, given.count)?);
        // tiles of a few samples, so that each thread has several
        let tile = if N::WHOLE_BATCH || threads == 1 { given.count } else { 3 };
        let mut workspace: Vec<N::TrainScratch> = of_nan(tile * threads);
        let (mut gradient, mut team) = (nn_core::zero_gradient::<N>(), Team::new(threads));
        gradient.flat_mut().fill(f64::NAN);
        let mut network = self.network.to_box();
        let loss = network
            .parallel_gradient(&inputs, &targets, DRAW, &mut workspace, &mut gradient, &mut team)
            .map_err(text)?;
        let parameter = |at| (self.access.parameter)(&mut gradient, at).to_vec();
        let parameters = (0..parameters).map(parameter).collect();
        Ok(Gradients { loss, parameters, inputs: network.flat_state().to_vec() })
    }

    fn step(&mut self, given: &Samples) -> Result<(), String> {
        let (inputs, targets) = (samples(&given.input, given.count)?, samples(&given.target, given.count)?);
        let mut workspace: Vec<N::TrainScratch> = of_nan(given.count);
        let mut gradient = nn_core::zero_gradient::<N>();
        let step = self.network.gradient(&inputs, &targets, DRAW, &mut workspace, &mut gradient);
        step.map(drop).map_err(text)
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

fn flat<P: Plain<Element = f64>>(all: &[P]) -> Vec<f64> {
    all.iter().flat_map(|one| one.flat().iter().copied()).collect()
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

fn check(network: &mut dyn Checked, given: &Values) -> Result<Values, String> {
    let [params, frozen, states] = ["param", "frozen", "state"].map(|name| given.whole(&format!("{name}.count")));
    let (params, states) = (params?, states?);
    for at in 0..params {
        network.parameter(at).copy_from_slice(given.get(&format!("param.{at}"))?);
    }
    for at in 0..frozen? {
        network.frozen(at).copy_from_slice(given.get(&format!("frozen.{at}"))?);
    }
    for at in 0..states {
        network.state(at).copy_from_slice(given.get(&format!("state.{at}"))?);
    }
    let (input, target) = (given.get("input")?.to_vec(), given.get("target")?.to_vec());
    let samples = Samples { count: given.whole("samples")?, input, target };
    let mut found = Values::default();
    let same = tiles(network, &samples, params, &mut found)?;
    found.set("tiles", vec![f64::from(u8::from(same))]);
    let few = samples.first(given.whole("few")?);
    found.set("difference", vec![difference(network, &few, params, given.get("parts")?)?]);
    network.step(&samples)?;
    for at in 0..states {
        found.set(&format!("next.{at}"), network.state(at).to_vec());
    }
    Ok(found)
}

/// Notes everything that is computed, and answers whether it has the same bits in tiles of several sizes.
fn tiles(network: &dyn Checked, samples: &Samples, params: usize, found: &mut Values) -> Result<bool, String> {
    let (outputs, loss) = (network.outputs(samples, 3)?, network.loss(samples, 3)?);
    let [first, others @ ..] = if network.takes_whole_batch() { [20, 21, 64] } else { [3, 1, 16] };
    let gradients = network.gradients(samples, first, params)?;
    let mut same = true;
    let bits = |all: &[f64]| -> Vec<u64> { all.iter().map(|number| number.to_bits()).collect() };
    for tile in [1, 16] {
        same &= bits(&network.outputs(samples, tile)?) == bits(&outputs);
    }
    for tile in others {
        same &= network.gradients(samples, tile, params)?.bits() == gradients.bits();
    }
    let alone = network.parallel_gradients(samples, 1, params)?;
    same &= alone.loss.to_bits() == gradients.loss.to_bits();
    same &= alone.parameters.iter().map(|all| bits(all)).eq(gradients.parameters.iter().map(|all| bits(all)));
    for threads in [2, 3] {
        same &= network.parallel_gradients(samples, threads, params)?.bits() == alone.bits();
    }
    found.set("output", outputs);
    found.set("loss", vec![loss]);
    found.set("train_loss", vec![gradients.loss]);
    for (at, gradient) in gradients.parameters.into_iter().enumerate() {
        found.set(&format!("grad.{at}"), gradient);
    }
    found.set("grad.input", gradients.inputs);
    Ok(same)
}

fn difference(network: &mut dyn Checked, samples: &Samples, params: usize, parts: &[f64]) -> Result<f64, String> {
    let gradients = network.gradients(samples, samples.count, params)?;
    let mut tensors: Vec<Vec<f64>> = (0..params).map(|at| network.parameter(at).to_vec()).collect();
    let mut all = gradients.parameters;
    // where the numbers of each input stand; the gradient has none for classes
    let part = |at: usize| parts[at % parts.len()];
    let is_derived = |at: &usize| part(*at) != 0.0 && !gradients.inputs.is_empty();
    let real: Vec<usize> = (0..samples.input.len()).filter(is_derived).collect();
    let count = real.iter().map(|at| part(*at)).fold(0.0f64, f64::max);
    let mut places = Vec::new();
    for number in (1u32..).map(f64::from).take_while(|number| *number <= count) {
        let own: Vec<usize> = (0..real.len()).filter(|at| part(real[*at]) == number).collect();
        all.push(own.iter().map(|at| gradients.inputs[*at]).collect());
        tensors.push(own.iter().map(|at| samples.input[real[*at]]).collect());
        places.push(own.iter().map(|at| real[*at]).collect::<Vec<_>>());
    }
    let mut moved = samples.first(samples.count);
    let worst = differences::worst(&mut tensors, &all, PICKS, &mut |tensors| {
        (0..params).for_each(|at| network.parameter(at).copy_from_slice(&tensors[at]));
        for (places, numbers) in places.iter().zip(&tensors[params..]) {
            places.iter().zip(numbers).for_each(|(at, number)| moved.input[*at] = *number);
        }
        network.training_loss(&moved).unwrap_or(f64::NAN)
    })?;
    (0..params).for_each(|at| network.parameter(at).copy_from_slice(&tensors[at]));
    Ok(worst)
}
