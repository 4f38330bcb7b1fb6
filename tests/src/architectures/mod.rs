//! Random architectures: what a user might write, in combinations that nobody thought of.
//!
//! A new operation is a function, and a line in the table of its family.

mod axes;
mod branches;
mod convolutions;
mod dense;
mod derivatives;
mod elementwise;
mod formulas;
mod losses;
mod pooling;
mod sequences;
mod sketch;
mod views;

use std::ops::Range;

use crate::library::Item;
use crate::numbers::Random;
use losses::Ends;
use sketch::{Operation, Sketch, part};

/// One of the families is chosen first, so that none is rare for being small.
const FAMILIES: &[&[Operation]] = &[
    elementwise::OPERATIONS,
    dense::OPERATIONS,
    dense::NORMS,
    convolutions::OPERATIONS,
    convolutions::OPERATIONS,
    pooling::OPERATIONS,
    axes::OPERATIONS,
    branches::OPERATIONS,
    branches::BLOCKS,
    derivatives::OPERATIONS,
    formulas::OPERATIONS,
    sequences::OPERATIONS,
    views::OPERATIONS,
    views::OPERATIONS,
];

/// The most elements that a tensor has: finite differences take time.
const MOST: usize = 75;

/// Goes on by an operation that fits and does not make tensors too large.
fn step(sketch: &mut Sketch) {
    let shape = sketch.last().shape;
    loop {
        let family = FAMILIES[sketch.random.below(FAMILIES.len())];
        let fitting: Vec<&Operation> = family.iter().filter(|operation| (operation.fits)(&shape)).collect();
        if fitting.is_empty() {
            continue;
        }
        let operation = fitting[sketch.random.below(fitting.len())];
        let mut tried = sketch.clone();
        (operation.apply)(&mut tried);
        if tried.tensors.iter().all(|tensor| tensor.shape.iter().product::<usize>() <= MOST) {
            *sketch = tried;
            return;
        }
        sketch.random = tried.random;
    }
}

/// The shape of the input.
fn first_shape(random: &mut Random) -> Vec<usize> {
    match random.below(6) {
        0 => vec![1 + random.below(6)],
        1 => vec![1 + random.below(3), 1 + random.below(4)],
        2 => vec![1 + random.below(3), 4 + random.below(6)],
        3 => vec![1 + random.below(2), 2 + random.below(2), 2 + random.below(2), 2 + random.below(2)],
        _ => vec![1 + random.below(3), 3 + random.below(3), 3 + random.below(3)],
    }
}

/// The random architecture of a seed.
#[must_use]
pub fn item(seed: u64) -> Item {
    let mut random = Random::new(seed.wrapping_mul(0x9e37_79b9));
    let shape = first_shape(&mut random);
    let mut sketch = Sketch::new(random, shape.clone());
    let steps = 2 + sketch.random.below(6);
    (0..steps).for_each(|_| step(&mut sketch));
    let ends = Ends::new(&mut sketch);
    let mut inputs = vec![part("x", &shape, (-1.0, 1.0), None)];
    inputs.append(&mut sketch.inputs);
    let declared: Vec<String> = inputs.iter().map(|input| format!("{}: {}", input.name, input.kind)).collect();
    let statements: Vec<String> =
        sketch.statements.iter().map(|(name, value)| format!("let {name} = {value};")).collect();
    let (kind, result) = ends.results();
    let text = format!(
        "{}\npub struct Net {{\n    {}\n}}\nfn forward({}) -> {kind} {{\n    {}\n    {result}\n}}\n{}\n",
        sketch.formulas.join("\n"),
        sketch.layers.join("\n    "),
        declared.join(", "),
        statements.join("\n    "),
        ends.text(),
    );
    Item { name: format!("architecture_{seed}"), text, inputs, targets: ends.targets }
}

/// The seeds `ARCHITECTURES=FROM..TO` of the environment; 200 if it names none.
///
/// # Panics
/// If it is in another form.
#[must_use]
pub fn seeds() -> Range<u64> {
    let Ok(text) = std::env::var("ARCHITECTURES") else { return 0..200 };
    let seeds = text.split_once("..").and_then(|(from, to)| Some(from.parse().ok()?..to.parse().ok()?));
    seeds.unwrap_or_else(|| panic!("ARCHITECTURES is `{text}`, not FROM..TO as in 200..400"))
}
