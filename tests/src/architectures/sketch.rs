//! A network in the making, and what its operations are written with.

use crate::library::Part;
use crate::numbers::Random;

/// A network, or the body of a layer: the last tensor is the one that goes on.
#[derive(Clone)]
pub(super) struct Sketch {
    pub(super) random: Random,
    /// Layers of its own, as text.
    pub(super) formulas: Vec<String>,
    /// Declarations of layers.
    pub(super) layers: Vec<String>,
    /// Names and values.
    pub(super) statements: Vec<(String, String)>,
    pub(super) tensors: Vec<Tensor>,
    /// Inputs beside `x`.
    pub(super) inputs: Vec<Part>,
    /// In how many layers of its own it lies.
    pub(super) depth: usize,
}

#[derive(Clone)]
pub(super) struct Tensor {
    pub(super) name: String,
    pub(super) shape: Vec<usize>,
}

/// One way to go on: the shapes where it fits, and what it does.
pub(super) struct Operation {
    pub(super) fits: fn(&[usize]) -> bool,
    pub(super) apply: fn(&mut Sketch),
}

/// A line of a table of operations.
pub(super) const fn operation(fits: fn(&[usize]) -> bool, apply: fn(&mut Sketch)) -> Operation {
    Operation { fits, apply }
}

pub(super) fn any(_: &[usize]) -> bool {
    true
}

/// Channels and one to three axes of places.
pub(super) fn image(shape: &[usize]) -> bool {
    (2..=4).contains(&shape.len())
}

/// Channels and one or two axes of places.
pub(super) fn flat_image(shape: &[usize]) -> bool {
    (2..=3).contains(&shape.len())
}

/// Channels, rows and columns.
pub(super) fn picture(shape: &[usize]) -> bool {
    shape.len() == 3
}

impl Sketch {
    pub(super) fn new(random: Random, shape: Vec<usize>) -> Self {
        Sketch {
            random,
            formulas: Vec::new(),
            layers: Vec::new(),
            statements: Vec::new(),
            tensors: vec![Tensor { name: "x".into(), shape }],
            inputs: Vec::new(),
            depth: 0,
        }
    }

    pub(super) fn last(&self) -> Tensor {
        self.tensors[self.tensors.len() - 1].clone()
    }

    /// Gives a value a name, which is the last tensor then.
    pub(super) fn define(&mut self, value: &str, shape: Vec<usize>) -> Tensor {
        let name = format!("h{}", self.tensors.len());
        self.statements.push((name.clone(), value.to_string()));
        self.tensors.push(Tensor { name, shape });
        self.last()
    }

    /// Declares a layer and gives its name.
    pub(super) fn layer(&mut self, declaration: &str) -> String {
        self.declare("", declaration)
    }

    /// The same for a layer that has some inside, which may be computed again on the way back.
    pub(super) fn block(&mut self, declaration: &str) -> String {
        let checkpoint = self.pick(&["", "", "", "#[checkpoint] "]);
        self.declare(checkpoint, declaration)
    }

    fn declare(&mut self, attribute: &str, declaration: &str) -> String {
        let name = format!("l{}", self.layers.len());
        self.layers.push(format!("{attribute}{name}: {declaration},"));
        name
    }

    /// Declares one more input, of numbers or of classes, and gives its name.
    pub(super) fn input(&mut self, shape: &[usize], classes: Option<usize>) -> String {
        let name = format!("z{}", self.inputs.len());
        self.inputs.push(part(&name, shape, (-1.0, 1.0), classes));
        name
    }

    pub(super) fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.random.below(words.len())]
    }

    /// True once in so many times.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.random.below(times) == 0
    }

    /// A tensor before with these properties; the last one at least has to have them.
    pub(super) fn other(&mut self, agrees: impl Fn(&Tensor) -> bool) -> Tensor {
        let others: Vec<Tensor> = self.tensors.iter().filter(|other| agrees(other)).cloned().collect();
        others[self.random.below(others.len())].clone()
    }

    /// How many groups so many channels are divided into.
    pub(super) fn groups(&mut self, channels: usize) -> usize {
        let divisors: Vec<usize> = (1..=channels).filter(|groups| channels.is_multiple_of(*groups)).collect();
        divisors[self.random.below(divisors.len())]
    }
}

/// An input or a target.
#[allow(clippy::cast_precision_loss)] // few classes
pub(super) fn part(name: &str, shape: &[usize], range: (f64, f64), classes: Option<usize>) -> Part {
    let len = shape.iter().product();
    let Some(classes) = classes else {
        return Part { name: name.into(), kind: format!("{shape:?}"), len, range, is_index: false };
    };
    let sizes = if shape.is_empty() { String::new() } else { format!("{shape:?}") };
    let kind = format!("index<{classes}>{sizes}");
    Part { name: name.into(), kind, len, range: (0.0, classes as f64), is_index: true }
}

/// One number for each axis, as an argument.
pub(super) fn list(values: &[usize]) -> String {
    let words: Vec<String> = values.iter().map(ToString::to_string).collect();
    if words.len() == 1 { words[0].clone() } else { format!("({})", words.join(", ")) }
}
