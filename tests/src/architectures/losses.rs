//! Losses of one or several outputs.

use super::sketch::{Sketch, Tensor, part};
use crate::library::Part;
use crate::numbers::Random;

/// A loss of an output and a target of the same shape.
struct Loss {
    name: &'static str,
    /// What makes the output one that the loss takes.
    through: &'static str,
    /// Where the targets lie.
    range: (f64, f64),
    arguments: fn(&mut Random, &[usize]) -> String,
}

fn none(_: &mut Random, _: &[usize]) -> String {
    String::new()
}

/// `weight = (…)`, a number for each place along the last axis, or one for all.
fn weight(random: &mut Random, shape: &[usize]) -> String {
    let count = if random.below(2) == 0 { 1 } else { shape[shape.len() - 1] };
    format!(", weight = {}", positive(random, count))
}

fn positive(random: &mut Random, count: usize) -> String {
    let numbers: Vec<String> = (0..count).map(|_| format!("{:.2}", random.uniform(0.3, 2.0))).collect();
    if count == 1 { numbers[0].clone() } else { format!("({})", numbers.join(", ")) }
}

fn both_weights(random: &mut Random, shape: &[usize]) -> String {
    format!("{}, pos_weight = {}", weight(random, shape), positive(random, shape[shape.len() - 1]))
}

const fn loss(
    name: &'static str,
    through: &'static str,
    range: (f64, f64),
    arguments: fn(&mut Random, &[usize]) -> String,
) -> Loss {
    Loss { name, through, range, arguments }
}

const LOSSES: &[Loss] = &[
    loss("mse", "", (-1.0, 1.0), none),
    loss("mse", "", (-1.0, 1.0), none),
    loss("l1", "", (-1.0, 1.0), none),
    loss("smooth_l1", "", (-1.0, 1.0), |_, _| ", beta = 0.5".into()),
    loss("huber", "", (-1.0, 1.0), |_, _| ", delta = 0.7".into()),
    loss("log_cosh", "", (-1.0, 1.0), none),
    loss("bce", ".sigmoid() * 0.8 + 0.1", (0.0, 1.0), weight),
    loss("bce_with_logits", "", (0.0, 1.0), both_weights),
    loss("focal", "", (0.0, 1.0), |_, _| ", gamma = 1.5".into()),
    loss("hinge", "", (-1.0, 1.0), none),
    loss("squared_hinge", "", (-1.0, 1.0), none),
    loss("soft_margin", "", (-1.0, 1.0), none),
    loss("hinge_embedding", "", (-1.0, 1.0), |_, _| ", margin = 0.45".into()),
    loss("kl_div", ".log_softmax()", (0.1, 1.0), none),
    loss("poisson_nll", ".tanh()", (0.0, 4.0), none),
    loss("cross_entropy", "", (0.0, 1.0), |random, shape| {
        format!(", weight = {}, label_smoothing = 0.1", positive(random, shape[0]))
    }),
];

/// What a loss is made of: outputs, targets and terms.
#[derive(Default)]
pub(super) struct Ends {
    pub(super) outputs: Vec<Tensor>,
    pub(super) targets: Vec<Part>,
    terms: Vec<String>,
    /// Whether the only output has no name.
    alone: bool,
}

impl Ends {
    /// One output or two, with a term for each, and some without.
    pub(super) fn new(sketch: &mut Sketch) -> Self {
        let last = sketch.last();
        let computed = |tensor: &Tensor| tensor.name != "x" || last.name == "x";
        let second = (sketch.once_in(4)).then(|| sketch.other(computed));
        let spare = if sketch.once_in(4) { 1 + sketch.random.below(2) } else { 0 };
        let mut ends = Ends { alone: second.is_none() && spare == 0, ..Ends::default() };
        let in_front = sketch.random.below(spare + 1);
        for _ in 0..in_front {
            ends.without_term(sketch, computed);
        }
        ends.add(sketch, &last);
        for _ in in_front..spare {
            ends.without_term(sketch, computed);
        }
        if let Some(second) = second {
            ends.add(sketch, &second);
        } else if ends.alone && sketch.once_in(4) {
            let output = ends.outputs[0].clone();
            let target = ends.target(&output.shape, (-1.0, 1.0), None);
            ends.terms.push(format!(
                "{} * huber(output, {target}, delta = 0.4, reduction = mean)",
                sketch.pick(&["0.3", "-0.2"])
            ));
        }
        if sketch.once_in(4) {
            ends.of_each_sample(sketch);
        }
        ends
    }

    fn target(&mut self, shape: &[usize], range: (f64, f64), classes: Option<usize>) -> String {
        let name = format!("t{}", self.targets.len());
        self.targets.push(part(&name, shape, range, classes));
        name
    }

    fn output(&mut self, sketch: &mut Sketch, tensor: &Tensor, through: &str) -> String {
        let output = sketch.define(&format!("{}{through}", tensor.name), tensor.shape.clone());
        self.outputs.push(output);
        if self.alone { "output".into() } else { format!("o{}", self.outputs.len() - 1) }
    }

    fn add(&mut self, sketch: &mut Sketch, tensor: &Tensor) {
        match sketch.random.below(6) {
            0 => self.classes(sketch, tensor),
            1 => self.log_probabilities(sketch, tensor),
            2 if tensor.shape.len() == 1 && tensor.shape[0] > 1 => self.margin(sketch, tensor),
            2 if !self.alone => self.gaussian(sketch, tensor),
            _ => self.numbers(sketch, tensor),
        }
    }

    /// An output that no term of the loss reads: a tensor before, or a view of one.
    fn without_term(&mut self, sketch: &mut Sketch, computed: impl Fn(&Tensor) -> bool) {
        let tensor = sketch.other(computed);
        if sketch.once_in(2) {
            self.output(sketch, &tensor, "");
        } else {
            let len = tensor.shape.iter().product();
            let flat = Tensor { name: format!("{}.flatten()", tensor.name), shape: vec![len] };
            self.output(sketch, &flat, "");
        }
    }

    fn term(&mut self, sketch: &mut Sketch, call: &str) {
        let factor = sketch.pick(&["", "", "0.7 * "]);
        // beside a sum over the samples a mean over them is said
        let mean = ", reduction = mean";
        let reduction = sketch.pick(&[mean, mean, ", reduction = sum", ", reduction = batchmean"]);
        self.terms.push(format!("{factor}{call}{reduction})"));
    }

    fn numbers(&mut self, sketch: &mut Sketch, tensor: &Tensor) {
        let loss = &LOSSES[sketch.random.below(LOSSES.len())];
        let output = self.output(sketch, tensor, loss.through);
        let target = self.target(&tensor.shape, loss.range, None);
        let arguments = (loss.arguments)(&mut sketch.random, &tensor.shape);
        self.term(sketch, &format!("{}({output}, {target}{arguments}", loss.name));
    }

    /// A class for each position behind the first axis, of which some may be left out.
    fn classes(&mut self, sketch: &mut Sketch, tensor: &Tensor) {
        let output = self.output(sketch, tensor, "");
        let smoothing = sketch.pick(&["", ", label_smoothing = 0.1"]);
        self.weighted(sketch, "cross_entropy", &output, &tensor.shape, smoothing);
    }

    fn log_probabilities(&mut self, sketch: &mut Sketch, tensor: &Tensor) {
        let output = self.output(sketch, tensor, ".log_softmax(axis = 0)");
        self.weighted(sketch, "nll", &output, &tensor.shape, "");
    }

    fn weighted(&mut self, sketch: &mut Sketch, loss: &str, output: &str, shape: &[usize], more: &str) {
        let (classes, positions) = (shape[0], &shape[1..]);
        let target = self.target(positions, (0.0, 0.0), Some(classes));
        let weight = match sketch.random.below(2) {
            0 => format!(", weight = {}", positive(&mut sketch.random, classes)),
            _ => String::new(),
        };
        // so many that a whole batch is never left out
        let ignored = if classes > 1 && positions.iter().product::<usize>() > 3 && sketch.once_in(2) {
            ", ignore_index = 1"
        } else {
            sketch.pick(&["", ", ignore_index = -100"])
        };
        self.term(sketch, &format!("{loss}({output}, {target}{weight}{ignored}{more}"));
    }

    fn margin(&mut self, sketch: &mut Sketch, tensor: &Tensor) {
        let output = self.output(sketch, tensor, "");
        let target = self.target(&[], (0.0, 0.0), Some(tensor.shape[0]));
        let (p, weight) = (1 + sketch.random.below(2), positive(&mut sketch.random, tensor.shape[0]));
        self.term(sketch, &format!("multi_margin({output}, {target}, p = {p}, weight = {weight}"));
    }

    /// Two outputs, a mean and a variance.
    fn gaussian(&mut self, sketch: &mut Sketch, tensor: &Tensor) {
        let mean = self.output(sketch, tensor, "");
        let variance = self.output(sketch, tensor, ".softplus() + 0.5");
        let target = self.target(&tensor.shape, (-1.0, 1.0), None);
        self.term(sketch, &format!("gaussian_nll({mean}, {target}, {variance}"));
    }

    /// Terms that are no losses by name: a weight for each sample, and a sum of one's own.
    fn of_each_sample(&mut self, sketch: &mut Sketch) {
        let output = if self.alone { "output".to_string() } else { "o0".into() };
        let shape = self.outputs[0].shape.clone();
        let over = sketch.pick(&["mean_over_batch", "sum_over_batch"]);
        if sketch.once_in(2) {
            let (target, weight) = (self.target(&shape, (-1.0, 1.0), None), self.target(&[], (0.2, 1.5), None));
            self.terms.push(format!("{over}({weight} * mse({output}, {target}))"));
        } else {
            let indices = ["a", "b", "c", "d", "e"][..shape.len()].join(", ");
            self.terms.push(format!("0.1 * {over}(sum[{indices}](sq({output}[{indices}])))"));
        }
    }

    /// The type of the result and the value that ends a network.
    pub(super) fn results(&self) -> (String, String) {
        if self.alone {
            return (format!("{:?}", self.outputs[0].shape), self.outputs[0].name.clone());
        }
        let kinds = self.outputs.iter().enumerate().map(|(at, output)| format!("o{at}: {:?}", output.shape));
        let names = self.outputs.iter().map(|output| output.name.clone());
        let (kinds, names): (Vec<String>, Vec<String>) = (kinds.collect(), names.collect());
        (format!("({})", kinds.join(", ")), format!("({})", names.join(", ")))
    }

    /// The loss as text.
    pub(super) fn text(&self) -> String {
        let targets: Vec<String> =
            self.targets.iter().map(|target| format!("{}: {}", target.name, target.kind)).collect();
        format!("loss({}) =\n    {};", targets.join(", "), self.terms.join("\n    + "))
    }
}
