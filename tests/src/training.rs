//! Whole networks under an optimiser, against recorded trajectories.

use nn_core::optim::Optimizer;
use nn_core::{Draw, Plain, Scalar, Session, Train};

use crate::numbers::difference;
use crate::runner::{Sample, Values, flat, network, numbers, samples};

/// A network with samples to train it on.
pub struct Training<N: Train> {
    network: Box<N>,
    inputs: Vec<N::Input>,
    targets: Vec<N::Target>,
    workspace: Box<[N::TrainScratch]>,
    gradient: Box<N::Params>,
}

impl<N: Train> Training<N>
where
    N::Input: Sample,
    N::Target: Sample,
{
    /// A network with given values: `param.…`, `input`, `target` and the number of `samples`.
    ///
    /// # Errors
    /// If the values do not fit the network.
    pub fn new(given: &Values) -> Result<Self, String> {
        Ok(Training {
            network: network(given)?,
            inputs: samples(given.get("input")?, given.whole("samples")?)?,
            targets: samples(given.get("target")?, given.whole("samples")?)?,
            workspace: nn_core::train_workspace::<N>(),
            gradient: nn_core::zero_gradient::<N>(),
        })
    }

    /// Steps on all samples together; the loss before each.
    ///
    /// # Panics
    /// If the network refuses the samples.
    pub fn full_batch(&mut self, optimizer: &impl Optimizer<N::Scalar>, steps: usize) -> Vec<f64> {
        let mut state = optimizer.state();
        let all = 0..self.inputs.len();
        (0..steps).map(|_| self.step(all.clone(), optimizer, &mut state)).collect()
    }

    /// Steps on one sample after the other; the loss of each before its step.
    ///
    /// # Panics
    /// If the network refuses the samples.
    pub fn online(&mut self, optimizer: &impl Optimizer<N::Scalar>, epochs: usize) -> Vec<f64> {
        let mut state = optimizer.state();
        let count = self.inputs.len();
        (0..epochs * count).map(|at| self.step(at % count..at % count + 1, optimizer, &mut state)).collect()
    }

    fn step(
        &mut self,
        samples: std::ops::Range<usize>,
        optimizer: &impl Optimizer<N::Scalar>,
        state: &mut nn_core::optim::State<Box<[N::Params]>>,
    ) -> f64 {
        let (inputs, targets) = (&self.inputs[samples.clone()], &self.targets[samples]);
        let draw = Draw::new(0, 0);
        let loss = self.network.gradient(inputs, targets, draw, &mut self.workspace, &mut self.gradient);
        optimizer.step(self.network.params_mut(), &self.gradient, state, 1.0).expect("the state is the optimiser's");
        loss.expect("the samples fit").to_f64()
    }

    /// What the network predicts.
    ///
    /// # Panics
    /// If the network refuses the samples.
    pub fn outputs(&self) -> Vec<f64> {
        let mut copy = N::init_as(0);
        copy.flat_params_mut().copy_from_slice(self.network.flat_params());
        let mut outputs: Vec<N::Output> = self.inputs.iter().map(|_| Plain::zeroed()).collect();
        Session::<N>::new(copy).forward_batch(&self.inputs, &mut outputs).expect("the samples fit");
        flat(&outputs)
    }

    /// A parameter's elements.
    ///
    /// # Panics
    /// If there is no such parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Vec<f64> {
        let parameter = N::PARAMETERS.iter().find(|parameter| parameter.name == name);
        let parameter = parameter.unwrap_or_else(|| panic!("there is no parameter `{name}`"));
        numbers(&self.network.flat_params()[parameter.range()])
    }
}

/// Collects differences and complains about all that are too great.
#[derive(Debug)]
pub struct Report {
    tolerance: f64,
    worst: f64,
    wrong: Vec<String>,
}

impl Report {
    /// With the greatest difference that is allowed.
    #[must_use]
    pub fn new(tolerance: f64) -> Self {
        Report { tolerance, worst: 0.0, wrong: Vec::new() }
    }

    /// Notes how far values are from their reference, relative to its greatest.
    pub fn compare(&mut self, what: &str, found: &[f64], reference: &[f64]) {
        self.note(what, difference(found, reference));
    }

    /// Notes a difference.
    pub fn note(&mut self, what: &str, error: f64) {
        self.worst = self.worst.max(error);
        if error > self.tolerance || error.is_nan() {
            self.wrong.push(format!("{what} by {error:.1e}"));
        }
    }

    /// Compares losses of steps with a record that may hold the first of them and the last only.
    pub fn losses(&mut self, what: &str, found: &[f64], reference: &[f64]) {
        let first = reference.len() - 1;
        let mut recorded = found[..first].to_vec();
        recorded.extend(found.last());
        self.compare(what, &recorded, reference);
    }

    /// Says the greatest difference.
    ///
    /// # Panics
    /// If there was one too great.
    pub fn finish(self, name: &str) {
        println!("{name}: {:.1e}", self.worst);
        assert!(self.wrong.is_empty(), "{name} differs: {}", self.wrong.join(", "));
    }
}
