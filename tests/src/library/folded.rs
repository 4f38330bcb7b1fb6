//! A folded network against the one that it was folded from, as equations.

use nn_compiler::equation::{self, Program, Role, Values};
use nn_compiler::fold::{Folded, fold};
use nn_compiler::lower::Mode;
use nn_compiler::lowered::Lowered;
use nn_compiler::symbolic::TensorId;

use super::data::{places, stored_len};
use super::{Item, lowered, parse};
use crate::numbers::{Random, difference};
use crate::trees::Stored;

const SAMPLES: usize = 2;

/// What became of a network.
#[derive(Debug)]
pub struct Fold {
    /// The parameters of the folded network, as `conv.weight`.
    pub parameters: Vec<String>,
    /// How far its outputs are from the network's.
    pub difference: f64,
}

/// Folds an item.
///
/// # Errors
/// If it does not compile, or what comes out breaks the law of the form.
pub fn check_folded(item: &Item, seed: u64) -> Result<Fold, String> {
    let (lowered, mistakes) = lowered(&parse(&item.text), Mode::Infer);
    if let Some(mistake) = mistakes.first() {
        return Err(mistake.clone());
    }
    let folded = fold(&lowered);
    let network = &folded.network;
    equation::check(&folded.preparation)?;
    equation::check(&network.program)?;
    let mut random = Random::new(seed);
    let mut given: Vec<(TensorId, Vec<f64>)> = Vec::new();
    for (port, part) in lowered.inputs.iter().zip(&item.inputs) {
        given.push((port.tensor, part.values(SAMPLES, &mut random)));
    }
    let mut stored: Vec<(TensorId, Vec<f64>)> = Vec::new();
    for parameter in lowered.parameters.iter().chain(&lowered.frozen) {
        stored.push((parameter.tensor, random.many(stored_len(parameter), -1.0, 1.0)));
    }
    for state in &lowered.states {
        stored.push((state.tensor, random.many(stored_len(state), 0.5, 1.5)));
    }
    let expected = outputs(&lowered, &[given.clone(), stored.clone()].concat());
    let found = outputs(network, &[given, prepared(&folded, &stored)].concat());
    let difference = expected.iter().zip(&found).map(|(expected, found)| difference(found, expected));
    let name =
        |parameter: &nn_compiler::lowered::StoredTensor| format!("{}.{}", parameter.path.join("."), parameter.name);
    Ok(Fold { parameters: network.parameters.iter().map(name).collect(), difference: difference.fold(0.0, f64::max) })
}

/// The parameters of the network that the one with this text is folded into.
///
/// # Panics
/// If it does not compile.
#[must_use]
pub fn folded_parameters(text: &str) -> Vec<Stored> {
    let (lowered, mistakes) = lowered(&parse(text), Mode::Infer);
    assert!(mistakes.is_empty(), "{mistakes:?} in {text}");
    let size = |size: &nn_compiler::shape::Dim| size.literal().and_then(|size| usize::try_from(size).ok());
    let mut all = Vec::new();
    for parameter in &fold(&lowered).network.parameters {
        let shape: Option<Vec<usize>> = parameter.shape.iter().map(size).collect();
        let shape = shape.expect("the network has sizes that are numbers");
        let places = places(parameter).into_iter();
        all.extend(places.map(|(field, name)| Stored { field, name, shape: shape.clone() }));
    }
    all
}

fn evaluate(program: &Program, given: &[(TensorId, Vec<f64>)]) -> Values {
    let mut values = Values::new(i64::try_from(SAMPLES).unwrap_or(i64::MAX), Vec::new());
    given.iter().for_each(|(tensor, elements)| values.set(*tensor, elements.clone()));
    program.evaluate(&mut values);
    values
}

fn outputs(lowered: &Lowered, given: &[(TensorId, Vec<f64>)]) -> Vec<Vec<f64>> {
    let mut program = lowered.program.clone();
    program.equations = without_loss(&lowered.program);
    let values = evaluate(&program, given);
    lowered.outputs.iter().map(|port| values.get(&program, port.tensor).to_vec()).collect()
}

/// The equations up to the last of an output: targets are not given.
fn without_loss(program: &Program) -> Vec<equation::Equation> {
    let is_output =
        |equation: &equation::Equation| matches!(program.at(program.root(equation.target)).role, Role::Output(_));
    let end = program.equations.iter().rposition(is_output).map_or(0, |last| last + 1);
    program.equations[..end].to_vec()
}

/// The parameters of the folded network.
fn prepared(folded: &Folded, stored: &[(TensorId, Vec<f64>)]) -> Vec<(TensorId, Vec<f64>)> {
    let values = evaluate(&folded.preparation, stored);
    let place = |number: usize| {
        let tensors = &folded.preparation.tensors;
        let at = tensors.iter().position(|tensor| tensor.role == Role::Folded(number));
        TensorId(u32::try_from(at.expect("every parameter is handed over")).unwrap_or(u32::MAX))
    };
    let parameters = folded.network.parameters.iter().enumerate();
    parameters.map(|(at, p)| (p.tensor, values.get(&folded.preparation, place(at)).to_vec())).collect()
}
