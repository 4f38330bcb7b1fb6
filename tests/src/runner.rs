//! The part of generated crates that is the same in all of them: it feeds a network with numbers from
//! a file and prints what comes out. Its text is also a module of the generated crate.

use std::collections::BTreeMap;
use std::fmt;

use nn_core::{DerivedByInputs, Draw, Element, Network as _, Plain, Scalar, Session, Shape, Tensor, Train};

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

    /// The small whole number that a name stands for.
    ///
    /// # Errors
    /// If there is no such name.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn whole(&self, name: &str) -> Result<usize, String> {
        Ok(self.get(name)?[0] as usize)
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
        fill(elements, own);
        *numbers = rest;
        tensor
    }
}

/// Compiled once for each type of elements, and not for each shape.
fn fill<T: Number>(elements: &mut [T], numbers: &[f64]) {
    for (element, number) in elements.iter_mut().zip(numbers) {
        *element = T::from_number(*number);
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

/// So many samples.
///
/// # Errors
/// If more numbers are given.
pub(crate) fn samples<S: Sample>(mut numbers: &[f64], count: usize) -> Result<Vec<S>, String> {
    let mut all = Vec::with_capacity(count);
    while all.len() < count {
        all.push(S::take(&mut numbers));
    }
    if numbers.is_empty() { Ok(all) } else { Err(format!("{} numbers too many", numbers.len())) }
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

pub(crate) fn text(error: nn_core::Error) -> String {
    error.to_string()
}

/// The random numbers of every step.
pub(crate) const DRAW: Draw = Draw::new(5, 3);

/// Everything that a network computes from given values: `output` and `loss` as it predicts,
/// `train_loss`, `grad.input` and `grad.…` of every parameter as it is trained, `state.…` as it is afterwards.
///
/// # Errors
/// If the values do not fit the network, or the network refuses them.
pub fn everything<N: DerivedByInputs>(given: &Values) -> Result<Values, String>
where
    N::Input: Sample,
    N::Target: Sample,
{
    let count = given.whole("samples")?;
    let inputs: Vec<N::Input> = samples(given.get("input")?, count)?;
    let targets: Vec<N::Target> = samples(given.get("target")?, count)?;
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
