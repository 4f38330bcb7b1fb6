//! A network as equations: what they compute, and the derived gradient against finite differences, as derived and
//! simplified.

use nn_compiler::equation::{self, Program, Role, Values};
use nn_compiler::gradient::gradient;
use nn_compiler::lower::Mode;
use nn_compiler::lowered::{BatchReduction, Lowered};
use nn_compiler::simplify::simplify;
use nn_compiler::symbolic::TensorId;

use super::data::{Data, interleaved, stored_len};
use super::{Item, lowered, parse};
use crate::differences;
use crate::numbers::{Random, difference_by};
use crate::runner::DRAW;

const SAMPLES: usize = 3;

/// The greatest difference between the gradient of an item and finite differences, for about `picks`
/// elements of every tensor.
///
/// # Errors
/// If the network does not compile, a pass breaks the law of the form, or simplification changes a value.
pub fn check(item: &Item, seed: u64, picks: usize) -> Result<f64, String> {
    let lowered = without_mistakes(item, Mode::Train)?;
    let derived = gradient(&lowered);
    equation::check(&derived)?;
    let mut simplified = derived.clone();
    simplify(&mut simplified, &|role| {
        matches!(role, Role::Loss(_) | Role::Gradient(_) | Role::InputGradient(_) | Role::Output(_))
    });
    equation::check(&simplified)?;
    let given = Given::new(&lowered, item, &Data::new(&lowered, item, SAMPLES, &mut Random::new(seed)));
    let gradients = given.gradients(&derived);
    let mut tensors = given.variables.clone();
    let scales = differences::scales(&gradients, given.loss(&lowered, &tensors));
    for ((before, after), scale) in gradients.iter().zip(given.gradients(&simplified)).zip(scales) {
        if difference_by(&after, before, scale) > 1e-11 {
            return Err(format!("simplification changes the gradient by {:.1e}", difference_by(&after, before, scale)));
        }
    }
    differences::worst(&mut tensors, &gradients, picks, &mut |tensors| given.loss(&lowered, tensors))
}

/// What the equations of a network compute.
#[derive(Debug, Clone)]
pub(super) struct Computed {
    /// The outputs as it predicts, sample after sample.
    pub(super) outputs: Vec<f64>,
    /// The loss as it predicts.
    pub(super) loss: f64,
    /// The loss as it is trained.
    pub(super) training_loss: f64,
    /// The gradient by each parameter.
    pub(super) by_parameters: Vec<Vec<f64>>,
    /// The gradient by the inputs that are numbers, sample after sample.
    pub(super) by_inputs: Vec<f64>,
    /// The states after a step of training.
    pub(super) states: Vec<Vec<f64>>,
}

/// Computes everything by the equations, as they are written and as they are derived.
///
/// # Errors
/// The first mistake in the network.
pub(super) fn compute(item: &Item, data: &Data) -> Result<Computed, String> {
    let predicting = without_mistakes(item, Mode::Infer)?;
    let given = Given::new(&predicting, item, data);
    let values = given.evaluate(&predicting.program, &given.variables);
    let outputs: Vec<Vec<f64>> =
        predicting.outputs.iter().map(|port| values.get(&predicting.program, port.tensor).to_vec()).collect();
    let loss = given.loss(&predicting, &given.variables);
    let training = without_mistakes(item, Mode::Train)?;
    let given = Given::new(&training, item, data);
    let mut gradients = given.gradients(&gradient(&training));
    let by_parameters = gradients.split_off(gradients.len() - data.parameters.len());
    let values = given.evaluate(&training.program, &given.variables);
    Ok(Computed {
        outputs: interleaved(&outputs, data.samples),
        loss,
        training_loss: given.loss(&training, &given.variables),
        by_parameters,
        by_inputs: interleaved(&gradients, data.samples),
        states: states(&training.program, &values, data),
    })
}

/// The states after a step of training; as they were where nothing changes them.
pub(super) fn states(program: &Program, values: &Values, data: &Data) -> Vec<Vec<f64>> {
    let state = |(number, before): (usize, &Vec<f64>)| {
        let next = tensor_of(program, Role::NextState(number));
        next.map_or_else(|| before.clone(), |next| values.get(program, next).to_vec())
    };
    data.states.iter().enumerate().map(state).collect()
}

/// A network as equations.
///
/// # Errors
/// The first mistake in it.
pub(super) fn without_mistakes(item: &Item, mode: Mode) -> Result<Lowered, String> {
    let (lowered, mistakes) = lowered(&parse(&item.text), mode);
    match mistakes.into_iter().next() {
        Some(mistake) => Err(mistake),
        None => Ok(lowered),
    }
}

/// How many parameters an item has.
///
/// # Panics
/// If it does not compile.
#[must_use]
pub fn parameters(item: &Item) -> usize {
    let lowered = without_mistakes(item, Mode::Train).unwrap_or_else(|mistake| panic!("{}: {mistake}", item.name));
    lowered.parameters.iter().map(stored_len).sum()
}

/// All elements of the tensor of a role, added up; zero if there is none.
pub(super) fn sum_of(program: &Program, values: &Values, role: Role) -> f64 {
    tensor_of(program, role).map_or(0.0, |tensor| values.get(program, tensor).iter().sum())
}

/// The tensor of a role.
pub(super) fn tensor_of(program: &Program, role: Role) -> Option<TensorId> {
    let at = program.tensors.iter().position(|tensor| tensor.role == role)?;
    Some(TensorId(u32::try_from(at).expect("a network has few tensors")))
}

/// The values of a network's tensors.
pub(super) struct Given {
    samples: usize,
    /// All by which nothing is derived: targets, frozen parameters, states and classes.
    fixed: Vec<(TensorId, Vec<f64>)>,
    /// The tensors by which is derived, with their gradient's role: the inputs that are numbers, then the parameters.
    ids: Vec<(TensorId, Role)>,
    /// Their values.
    variables: Vec<Vec<f64>>,
    /// What the sum of each term of the loss is multiplied with.
    pub(super) scales: Vec<f64>,
}

impl Given {
    pub(super) fn new(lowered: &Lowered, item: &Item, data: &Data) -> Self {
        let (fixed, ids, variables, scales) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut given = Given { samples: data.samples, fixed, ids, variables, scales };
        for (number, ((port, part), values)) in lowered.inputs.iter().zip(&item.inputs).zip(&data.inputs).enumerate() {
            // with frozen layers no gradient by the inputs is derived
            if part.is_index || !lowered.frozen.is_empty() {
                given.fixed.push((port.tensor, values.clone()));
            } else {
                given.variable(port.tensor, Role::InputGradient(number), values);
            }
        }
        for (number, (parameter, values)) in lowered.parameters.iter().zip(&data.parameters).enumerate() {
            given.variable(parameter.tensor, Role::Gradient(number), values);
        }
        let targets = lowered.targets.iter().map(|port| port.tensor).zip(&data.targets);
        let frozen = lowered.frozen.iter().map(|parameter| parameter.tensor).zip(&data.frozen);
        let states = lowered.states.iter().map(|state| state.tensor).zip(&data.states);
        given.fixed.extend(targets.chain(frozen).chain(states).map(|(tensor, values)| (tensor, values.clone())));
        #[allow(clippy::cast_precision_loss)] // few samples
        let scale = |term: &nn_compiler::lowered::Term| match (term.divisor, term.reduction) {
            (Some(divisor), _) => term.coefficient / given.sum(lowered, divisor),
            (None, BatchReduction::Mean) => term.coefficient / data.samples as f64,
            (None, BatchReduction::Sum) => term.coefficient,
        };
        given.scales = lowered.terms.iter().map(scale).collect();
        given
    }

    fn variable(&mut self, tensor: TensorId, gradient: Role, values: &[f64]) {
        self.ids.push((tensor, gradient));
        self.variables.push(values.to_vec());
    }

    /// A number for each sample, added up.
    fn sum(&self, lowered: &Lowered, tensor: TensorId) -> f64 {
        self.evaluate(&lowered.program, &self.variables).get(&lowered.program, tensor).iter().sum()
    }

    fn evaluate(&self, program: &Program, variables: &[Vec<f64>]) -> Values {
        let mut values = self.values(variables);
        program.evaluate(&mut values);
        values
    }

    /// All that is given, as it is given.
    pub(super) fn unchanged(&self) -> Values {
        self.values(&self.variables)
    }

    fn values(&self, variables: &[Vec<f64>]) -> Values {
        let samples = i64::try_from(self.samples).unwrap_or(i64::MAX);
        let mut values = Values::new(samples, self.scales.clone());
        values.random = Some(random);
        for (tensor, elements) in &self.fixed {
            values.set(*tensor, elements.clone());
        }
        for ((tensor, _), elements) in self.ids.iter().zip(variables) {
            values.set(*tensor, elements.clone());
        }
        values
    }

    fn gradients(&self, program: &Program) -> Vec<Vec<f64>> {
        self.gradients_in(program, &self.evaluate(program, &self.variables))
    }

    /// The gradients by the inputs that are numbers, then those by the parameters; zeros where there is none.
    pub(super) fn gradients_in(&self, program: &Program, values: &Values) -> Vec<Vec<f64>> {
        let gradient = |role: Role| tensor_of(program, role).map(|tensor| values.get(program, tensor).to_vec());
        let zeros = self.variables.iter().map(|variable| vec![0.0; variable.len()]);
        self.ids.iter().zip(zeros).map(|((_, role), zeros)| gradient(*role).unwrap_or(zeros)).collect()
    }

    fn loss(&self, lowered: &Lowered, variables: &[Vec<f64>]) -> f64 {
        self.loss_in(&lowered.program, &self.evaluate(&lowered.program, variables))
    }

    /// The loss in what was computed.
    pub(super) fn loss_in(&self, program: &Program, values: &Values) -> f64 {
        let sum = |number: usize| sum_of(program, values, Role::Loss(number));
        self.scales.iter().enumerate().map(|(number, scale)| scale * sum(number)).sum()
    }
}

/// The random number for (layer, sample, element): that of emitted code.
fn random(layer: u32, sample: i64, element: i64) -> f64 {
    let position = |at: i64| usize::try_from(at).expect("a position is not negative");
    DRAW.uniform(layer, position(sample), position(element))
}
