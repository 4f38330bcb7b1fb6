//! A network's derived gradient against finite differences, as equations: as derived and simplified.

use nn_compiler::differentiate::differentiate;
use nn_compiler::equation::{self, Program, Role, Values};
use nn_compiler::lower::{BatchReduction, Lowered, Mode, Parameter};
use nn_compiler::simplify::simplify;
use nn_compiler::symbolic::TensorId;

use super::{Item, Part, lowered, parse};
use crate::differences;
use crate::numbers::{Random, difference_by, is_rounding, largest};

const SAMPLES: usize = 3;

/// The greatest difference between the gradient of an item and finite differences, for about `picks`
/// elements of every tensor.
///
/// # Errors
/// If the network does not compile, a pass breaks the law of the form, or simplification changes a value.
pub fn check(item: &Item, seed: u64, picks: usize) -> Result<f64, String> {
    let (lowered, mistakes) = lowered(&parse(&item.text), Mode::Train);
    if let Some(mistake) = mistakes.first() {
        return Err(mistake.clone());
    }
    let derived = differentiate(&lowered);
    equation::check(&derived)?;
    let mut simplified = derived.clone();
    simplify(&mut simplified, &|role| {
        matches!(role, Role::Loss(_) | Role::Gradient(_) | Role::InputGradient(_) | Role::Output(_))
    });
    equation::check(&simplified)?;
    let given = Given::new(&lowered, item, &mut Random::new(seed));
    let gradients = given.gradients(&derived);
    let mut tensors = given.variables.clone();
    let steepest = differences::scale(&gradients, given.loss(&lowered, &tensors));
    for (before, after) in gradients.iter().zip(given.gradients(&simplified)) {
        let scale = if is_rounding(before, steepest) { steepest } else { largest(before) };
        if difference_by(&after, before, scale) > 1e-11 {
            return Err(format!("simplification changes the gradient by {:.1e}", difference_by(&after, before, scale)));
        }
    }
    differences::worst(&mut tensors, &gradients, picks, &mut |tensors| given.loss(&lowered, tensors))
}

/// How many parameters an item has.
///
/// # Panics
/// If it does not compile.
#[must_use]
pub fn parameters(item: &Item) -> usize {
    let (lowered, mistakes) = lowered(&parse(&item.text), Mode::Train);
    assert!(mistakes.is_empty(), "{}: {mistakes:?}", item.name);
    lowered.parameters.iter().map(stored_len).sum()
}

/// The number of elements of a parameter or state, in all layers of an array.
pub(super) fn stored_len(stored: &Parameter) -> usize {
    let len = stored.len().and_then(|len| len.literal());
    len.and_then(|len| usize::try_from(len).ok()).expect("an example has sizes that are numbers")
}

/// The values of a network's tensors.
struct Given {
    /// Targets and inputs of classes.
    fixed: Vec<(TensorId, Vec<f64>)>,
    /// The tensors by which is derived, with their gradient's role.
    ids: Vec<(TensorId, Role)>,
    /// Their values.
    variables: Vec<Vec<f64>>,
    /// What the sum of each term of the loss is multiplied with.
    scales: Vec<f64>,
}

impl Given {
    fn new(lowered: &Lowered, item: &Item, random: &mut Random) -> Self {
        let mut given = Given { fixed: Vec::new(), ids: Vec::new(), variables: Vec::new(), scales: Vec::new() };
        let inputs = lowered.inputs.iter().zip(&item.inputs).enumerate();
        for (number, (port, part)) in inputs {
            given.part(port.tensor, part, Some(Role::InputGradient(number)), random);
        }
        for (port, part) in lowered.targets.iter().zip(&item.targets) {
            given.part(port.tensor, part, None, random);
        }
        for (number, parameter) in lowered.parameters.iter().enumerate() {
            given.ids.push((parameter.tensor, Role::Gradient(number)));
            given.variables.push(random.many(stored_len(parameter), -1.0, 1.0));
        }
        for state in &lowered.states {
            given.fixed.push((state.tensor, random.many(stored_len(state), 0.5, 1.5)));
        }
        #[allow(clippy::cast_precision_loss)] // few samples
        let scale = |term: &nn_compiler::lower::Term| match (term.divisor, term.reduction) {
            (Some(divisor), _) => term.coefficient / given.sum(lowered, divisor),
            (None, BatchReduction::Mean) => term.coefficient / SAMPLES as f64,
            (None, BatchReduction::Sum) => term.coefficient,
        };
        given.scales = lowered.terms.iter().map(scale).collect();
        given
    }

    /// A number for each sample, added up.
    fn sum(&self, lowered: &Lowered, tensor: TensorId) -> f64 {
        self.evaluate(&lowered.program, &self.variables).get(&lowered.program, tensor).iter().sum()
    }

    fn part(&mut self, tensor: TensorId, part: &Part, role: Option<Role>, random: &mut Random) {
        let values = part.values(SAMPLES, random);
        match role.filter(|_| !part.is_index) {
            Some(role) => {
                self.ids.push((tensor, role));
                self.variables.push(values);
            }
            None => self.fixed.push((tensor, values)),
        }
    }

    fn evaluate(&self, program: &Program, variables: &[Vec<f64>]) -> Values {
        let mut values = Values::default();
        values.samples = i64::try_from(SAMPLES).unwrap_or(i64::MAX);
        values.scales.clone_from(&self.scales);
        values.random = Some(random);
        for (tensor, elements) in &self.fixed {
            values.set(*tensor, elements.clone());
        }
        for ((tensor, _), elements) in self.ids.iter().zip(variables) {
            values.set(*tensor, elements.clone());
        }
        program.evaluate(&mut values);
        values
    }

    fn gradients(&self, program: &Program) -> Vec<Vec<f64>> {
        let values = self.evaluate(program, &self.variables);
        let gradient = |role: Role| {
            let at = program.tensors.iter().position(|tensor| tensor.role == role);
            at.map(|at| values.get(program, TensorId(u32::try_from(at).unwrap_or(u32::MAX))).to_vec())
        };
        let zeros = self.variables.iter().map(|variable| vec![0.0; variable.len()]);
        self.ids.iter().zip(zeros).map(|((_, role), zeros)| gradient(*role).unwrap_or(zeros)).collect()
    }

    fn loss(&self, lowered: &Lowered, variables: &[Vec<f64>]) -> f64 {
        let values = self.evaluate(&lowered.program, variables);
        let sum = |term: &nn_compiler::lower::Term| values.get(&lowered.program, term.tensor).iter().sum::<f64>();
        lowered.terms.iter().zip(&self.scales).map(|(term, scale)| scale * sum(term)).sum()
    }
}

/// The random number for (layer, sample, element).
#[allow(clippy::cast_sign_loss)] // mixed anyway
fn random(layer: u32, sample: i64, element: i64) -> f64 {
    let key = u64::from(layer) << 40 ^ (sample as u64) << 20 ^ element as u64;
    Random::new(key).uniform(0.0, 1.0)
}
