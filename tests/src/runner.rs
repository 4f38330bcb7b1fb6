//! The part of generated crates that is the same in all of them: it feeds a network with numbers from
//! a file and prints what comes out. Its text is also a module of the generated crate.

use std::collections::BTreeMap;
use std::fmt;

use crate::differences;
use nn_core::{Draw, Element, Plain, Scalar, Session, Shape, Tensor, Train};

/// Named lists of numbers; as text, one line each: the name, then the numbers.
#[derive(Debug, Clone, Default)]
pub struct Values(pub BTreeMap<String, Vec<f64>>);

impl Values {
    /// Reads the text form.
    ///
    /// # Errors
    /// The line that is not in this form.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut values = Values::default();
        for line in text.lines() {
            let mut words = line.split_ascii_whitespace();
            let Some(name) = words.next() else { continue };
            let numbers: Result<Vec<f64>, _> = words.map(str::parse).collect();
            values.set(name, numbers.map_err(|error| format!("{error} in the line of `{name}`"))?);
        }
        Ok(values)
    }

    /// Sets the numbers of a name.
    pub fn set(&mut self, name: &str, numbers: Vec<f64>) {
        self.0.insert(name.to_string(), numbers);
    }

    /// The numbers of a name.
    ///
    /// # Errors
    /// If there is no such name.
    pub fn get(&self, name: &str) -> Result<&[f64], String> {
        self.0.get(name).map(Vec::as_slice).ok_or_else(|| format!("there are no values `{name}`"))
    }
}

impl fmt::Display for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, numbers) in &self.0 {
            write!(f, "{name}")?;
            for number in numbers {
                write!(f, " {number:?}")?; // the shortest text with the same value
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// An input or a target made of numbers.
pub trait Sample: Sized {
    /// Takes as many of the numbers as it needs.
    fn take(numbers: &mut &[f64]) -> Self;
}

/// An element of a tensor made of a number.
pub trait Number: Element {
    /// The number in this type.
    fn from_number(number: f64) -> Self;
}

impl Number for f32 {
    fn from_number(number: f64) -> Self {
        Scalar::from_f64(number)
    }
}

impl Number for f64 {
    fn from_number(number: f64) -> Self {
        number
    }
}

impl Number for usize {
    /// A negative class, such as one to be ignored, becomes one that is out of range.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn from_number(number: f64) -> Self {
        number as i64 as usize
    }
}

impl<S: Shape, T: Number> Sample for Tensor<S, T> {
    fn take(numbers: &mut &[f64]) -> Self {
        let mut tensor = Tensor::zeros();
        let elements = tensor.as_mut_slice();
        let (own, rest) = numbers.split_at(elements.len());
        for (element, number) in elements.iter_mut().zip(own) {
            *element = T::from_number(*number);
        }
        *numbers = rest;
        tensor
    }
}

impl Sample for usize {
    fn take(numbers: &mut &[f64]) -> Self {
        let (number, rest) = (numbers[0], &numbers[1..]);
        *numbers = rest;
        Number::from_number(number)
    }
}

impl Sample for () {
    fn take(_: &mut &[f64]) -> Self {}
}

/// As many samples as the numbers hold.
pub(crate) fn samples<S: Sample>(given: &Values, name: &str) -> Result<Vec<S>, String> {
    let mut numbers = given.get(name)?;
    let count = given.get("samples")?[0];
    let mut all = Vec::new();
    #[allow(clippy::cast_precision_loss)] // few
    while (all.len() as f64) < count {
        all.push(S::take(&mut numbers));
    }
    if numbers.is_empty() { Ok(all) } else { Err(format!("`{name}` has {} numbers too many", numbers.len())) }
}

/// A network with given parameters.
pub(crate) fn network<N: Train>(given: &Values) -> Result<Box<N>, String> {
    let mut network = N::init_as(0);
    for parameter in N::PARAMETERS {
        let numbers = given.get(&format!("param.{}", parameter.name))?;
        let place = &mut network.flat_params_mut()[parameter.range()];
        if numbers.len() != place.len() {
            return Err(format!("`{}` has {} numbers, not {}", parameter.name, place.len(), numbers.len()));
        }
        for (element, number) in place.iter_mut().zip(numbers) {
            *element = N::Scalar::from_f64(*number);
        }
    }
    for state in N::STATES {
        let numbers = given.get(&format!("state.{}", state.name))?;
        for (element, number) in network.flat_state_mut()[state.range()].iter_mut().zip(numbers) {
            *element = N::Scalar::from_f64(*number);
        }
    }
    Ok(network)
}

pub(crate) fn numbers<T: Scalar>(elements: &[T]) -> Vec<f64> {
    elements.iter().map(|element| element.to_f64()).collect()
}

pub(crate) fn flat<P: Plain>(all: &[P]) -> Vec<f64>
where
    P::Element: Scalar,
{
    all.iter().flat_map(|one| numbers(one.flat())).collect()
}

fn text(error: nn_core::Error) -> String {
    error.to_string()
}

/// Everything that a network computes from given values: `output` and `loss` as it predicts,
/// `train_loss`, `grad.input` and `grad.…` of every parameter as it is trained, `state.…` as it is afterwards.
///
/// # Errors
/// If the values do not fit the network, or the network refuses them.
pub fn everything<N: Train>(given: &Values) -> Result<Values, String>
where
    N::Input: Sample,
    N::Target: Sample,
{
    let inputs: Vec<N::Input> = samples(given, "input")?;
    let targets: Vec<N::Target> = samples(given, "target")?;
    let mut session = Session::<N>::new(network(given)?);
    let mut outputs: Vec<N::Output> = inputs.iter().map(|_| Plain::zeroed()).collect();
    session.forward_batch(&inputs, &mut outputs).map_err(text)?;
    let mut network = session.network;
    let mut workspace = nn_core::train_workspace_for::<N>(inputs.len());
    let loss = network.loss(&inputs, &targets, &mut workspace).map_err(text)?;
    let mut gradient = nn_core::zero_gradient::<N>();
    let mut by_input: Vec<N::InputGradient> = inputs.iter().map(|_| Plain::zeroed()).collect();
    let train_loss = network
        .gradients(&inputs, &targets, DRAW, &mut workspace, Some(&mut gradient), Some(&mut by_input))
        .map_err(text)?;
    // once more, since only this updates the state
    network.gradient(&inputs, &targets, DRAW, &mut workspace, &mut gradient).map_err(text)?;
    let mut found = Values::default();
    for state in N::STATES {
        found.set(&format!("state.{}", state.name), numbers(&network.flat_state()[state.range()]));
    }
    found.set("output", flat(&outputs));
    found.set("loss", vec![loss.to_f64()]);
    found.set("train_loss", vec![train_loss.to_f64()]);
    found.set("grad.input", flat(&by_input));
    for parameter in N::PARAMETERS {
        found.set(&format!("grad.{}", parameter.name), numbers(&gradient.flat()[parameter.range()]));
    }
    Ok(found)
}

/// Elements of a tensor that are compared with finite differences one by one.
const PICKS: usize = 24;

const DRAW: Draw = Draw::new(5, 3);

/// Checks the gradients of a network by finite differences of its loss, and that they do not depend on
/// the size of the workspace: `difference` is the greatest difference, `tiles` is 1 if they do not.
///
/// `params` holds all parameters, `input` and `target` the samples, `real` is 1 for each number of an
/// input that is not a class; the first `few` samples are for the differences.
///
/// # Errors
/// If the values do not fit the network, or the network refuses them.
pub fn gradient_check<N: Train<Scalar = f64>>(given: &Values) -> Result<Values, String>
where
    N::Input: Sample,
    N::Target: Sample,
{
    let mut network = N::init_as(0);
    network.flat_params_mut().copy_from_slice(given.get("params")?);
    network.flat_state_mut().iter_mut().zip(1u8..).for_each(|(state, at)| *state = 0.5 + 0.1 * f64::from(at));
    let inputs: Vec<N::Input> = samples(given, "input")?;
    let targets: Vec<N::Target> = samples(given, "target")?;
    // statistics of the batch are taken in one tile, however large it is
    let [first, others @ ..] = if N::WHOLE_BATCH { [20, 21, 64] } else { [1, 3, 16] };
    let alone = gradients_in_tiles::<N>(&network, &inputs, &targets, first)?;
    let mut same = true;
    for tile in others {
        let tiled = gradients_in_tiles::<N>(&network, &inputs, &targets, tile)?;
        same &= tiled.iter().zip(&alone).all(|(a, b)| a.iter().map(|x| x.to_bits()).eq(b.iter().map(|x| x.to_bits())));
    }
    let mut found = Values::default();
    found.set("tiles", vec![f64::from(u8::from(same))]);
    found.set("difference", vec![difference::<N>(&mut network, given, inputs.len(), &targets)?]);
    Ok(found)
}

/// The gradients by the parameters and by the inputs.
fn gradients_in_tiles<N: Train<Scalar = f64>>(
    network: &N,
    inputs: &[N::Input],
    targets: &[N::Target],
    tile: usize,
) -> Result<[Vec<f64>; 2], String> {
    // what was there before must not matter
    let mut workspace: Vec<N::TrainScratch> = (0..tile).map(|_| Plain::zeroed()).collect();
    workspace.iter_mut().for_each(|one: &mut N::TrainScratch| one.flat_mut().fill(f64::NAN));
    let mut gradient = nn_core::zero_gradient::<N>();
    gradient.flat_mut().fill(f64::NAN);
    let mut by_input: Vec<N::InputGradient> = inputs.iter().map(|_| Plain::zeroed()).collect();
    by_input.iter_mut().for_each(|one| one.flat_mut().fill(f64::NAN));
    network.gradients(inputs, targets, DRAW, &mut workspace, Some(&mut gradient), Some(&mut by_input)).map_err(text)?;
    Ok([gradient.flat().to_vec(), flat(&by_input)])
}

fn difference<N: Train<Scalar = f64>>(
    network: &mut N,
    given: &Values,
    count: usize,
    targets: &[N::Target],
) -> Result<f64, String>
where
    N::Input: Sample,
{
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a small number
    let few = given.get("few")?[0] as usize;
    let (all, real) = (given.get("input")?, given.get("real")?);
    let numbers = &all[..all.len() / count * few];
    let is_real: Vec<bool> = (0..numbers.len()).map(|at| real[at % real.len()] != 0.0).collect();
    let variables: Vec<f64> = numbers.iter().zip(&is_real).filter(|(_, real)| **real).map(|(x, _)| *x).collect();
    let inputs = |variables: &[f64]| -> Vec<N::Input> {
        let mut variables = variables.iter();
        let whole = numbers.iter().zip(&is_real);
        let mixed = whole.map(|(number, real)| if *real { variables.next().copied() } else { None }.unwrap_or(*number));
        let mixed: Vec<f64> = mixed.collect();
        let mut rest = mixed.as_slice();
        (0..few).map(|_| N::Input::take(&mut rest)).collect()
    };
    let targets = &targets[..few];
    let gradients = gradients_in_tiles(network, &inputs(&variables), targets, few)?;
    let mut workspace = nn_core::train_workspace::<N>();
    let mut tensors = [network.flat_params().to_vec(), variables];
    differences::worst(&mut tensors, &gradients, PICKS, &mut |tensors| {
        network.flat_params_mut().copy_from_slice(&tensors[0]);
        // as it is trained, with the same random numbers
        let loss = network.gradients(&inputs(&tensors[1]), targets, DRAW, &mut workspace, None, None);
        loss.unwrap_or(f64::NAN)
    })
}

/// Calls the named module's function with the values of a file, and prints what it gives.
pub fn main(modules: &[(&str, Run)]) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, kind, file] = arguments.as_slice() else { panic!("expected a module, a kind and a file") };
    let Some((_, run)) = modules.iter().find(|(known, _)| known == name) else { panic!("there is no module {name}") };
    let given = std::fs::read_to_string(file).map_err(|error| error.to_string());
    match given.and_then(|given| Values::parse(&given)).and_then(|given| run(kind, &given)) {
        Ok(found) => print!("{found}"),
        Err(message) => {
            eprintln!("{message}");
            std::process::exit(1);
        }
    }
}

/// What a module offers: from the kind of scalar and given values to found ones.
pub type Run = fn(&str, &Values) -> Result<Values, String>;
