//! Networks from the examples of the library: what stands in it is tested unasked.

mod data;
mod derivatives;
mod emitted;
mod evaluator;
mod folded;
mod scheduled;
pub(crate) mod text;

use nn_compiler::errors::Errors;
use nn_compiler::lower::{self, Library, LibraryText, Mode};
use nn_compiler::lowered::Lowered;
use nn_compiler::syntax::ast::{Example, Formula, FormulaKind, Network};
use nn_compiler::syntax::parse_network;

pub use derivatives::{Derivatives, check_derivatives};
pub use emitted::{Checked, Tolerance, check_emitted};
pub use evaluator::{check, parameters};
pub use folded::{Fold, check_folded, folded_parameters};
pub use scheduled::check_scheduled;

use crate::numbers::Random;

/// A network made from an example.
#[derive(Debug, Clone)]
pub struct Item {
    /// The formula's name and the number of the example, as a name.
    pub name: String,
    /// What stands in `network! { … }`.
    pub text: String,
    /// What one sample consists of.
    pub inputs: Vec<Part>,
    /// What its target consists of.
    pub targets: Vec<Part>,
}

/// An input or target: what it is called and where its values lie.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its type, as in `[3, 5]` or `index<5>`.
    pub kind: String,
    /// The number of its elements.
    pub len: usize,
    /// The least and greatest value; both the number of classes if the values are classes.
    pub range: (f64, f64),
    /// Whether the values are classes.
    pub is_index: bool,
}

impl Part {
    /// Values for some samples.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // few classes
    pub fn values(&self, samples: usize, random: &mut Random) -> Vec<f64> {
        let (low, high) = self.range;
        let count = samples * self.len;
        if self.is_index {
            (0..count).map(|_| random.below(high as usize) as f64).collect()
        } else {
            random.many(count, low, high)
        }
    }
}

/// All networks that the examples of the library give.
///
/// # Panics
/// If the library cannot be read, or an example does not fit its formula.
#[must_use]
pub fn items() -> Vec<Item> {
    let library = lower::library_formulas().expect("the library is in the language");
    let mut items = Vec::new();
    for formula in library.iter().filter(|formula| formula.kind != FormulaKind::Size) {
        assert!(!formula.examples.is_empty(), "`{}` has no example", formula.name);
        for example in &formula.examples {
            let name = format!("{}_{}", formula.name.to_string().to_lowercase(), items.len());
            match formula.kind {
                FormulaKind::Loss => {
                    items.push(loss(&name, formula, example, "mean"));
                    items.push(loss(&format!("{name}_sum"), formula, example, "sum"));
                }
                _ => items.push(value(&name, formula, example)),
            }
        }
    }
    items
}

/// A loss of an output that is the input itself.
fn loss(name: &str, formula: &Formula, example: &Example, reduction: &str) -> Item {
    let mut parts = text::parts(formula, example);
    let targets = parts.split_off(1);
    let mut arguments = vec!["output".to_string()];
    arguments.extend(targets.iter().map(|target| target.name.clone()));
    arguments.extend(text::arguments(&example.arguments));
    if reduction != "mean" {
        arguments.push(format!("reduction = {reduction}"));
    }
    let input = &parts[0];
    let text = format!(
        "pub struct Net;\nfn forward(x: {}) -> {} {{ x }}\nloss({}) = {}({});\n",
        input.kind,
        input.kind,
        text::declared(&targets),
        formula.name,
        arguments.join(", ")
    );
    Item { name: name.into(), text, inputs: parts, targets }
}

const WEIGHTED: &str = "loss weighted(y: [..], w: [..]) = sum[..](y[..] * w[..]);\nloss = weighted;\n";

/// A layer or function; its loss is the sum of all elements, each with a weight of its own as target.
fn value(name: &str, formula: &Formula, example: &Example) -> Item {
    let inputs = text::parts(formula, example);
    let names = text::given(formula, &inputs);
    let arguments = text::arguments(&example.arguments);
    let (layers, call) = if formula.kind == FormulaKind::Layer {
        let layers = format!("pub struct Net {{ layer: {}({}) }}", formula.name, arguments.join(", "));
        (layers, format!("layer({})", names.join(", ")))
    } else {
        let all = [names, arguments].concat().join(", ");
        ("pub struct Net;".to_string(), format!("{}({all})", formula.name))
    };
    let call = all_results(formula, &call);
    let head = format!("{layers}\nfn forward({})", text::declared(&inputs));
    let shape = output_shape(&format!("{head} -> [1] {{ {call} }}"));
    let len = shape.iter().product::<i64>();
    let sizes: Vec<String> = shape.iter().map(ToString::to_string).collect();
    let kind = format!("[{}]", sizes.join(", "));
    let text = format!("{head} -> {kind} {{ {call} }}\n{WEIGHTED}");
    let len = usize::try_from(len).expect("a size is not negative");
    let weights = Part { name: "weights".into(), kind, len, range: (-1.0, 1.0), is_index: false };
    Item { name: name.into(), text, inputs, targets: vec![weights] }
}

/// All results of a call, one behind the other, if there are several.
fn all_results(formula: &Formula, call: &str) -> String {
    if formula.further.is_empty() {
        return call.into();
    }
    let names: Vec<String> = (0..=formula.further.len()).map(|number| format!("r{number}")).collect();
    let flat: Vec<String> = names.iter().map(|name| format!("{name}.flatten()")).collect();
    format!("let ({}) = {call}; concat({})", names.join(", "), flat.join(", "))
}

/// The shape of the last step of a network, whatever it is declared to give.
pub(crate) fn output_shape(text: &str) -> Vec<i64> {
    let network = parse(text);
    let (lowered, _) = lowered(&network, Mode::Infer);
    let step = lowered.steps.last().unwrap_or_else(|| panic!("no step in `{text}`"));
    step.shape.iter().map(|size| size.literal().expect("an example has sizes that are numbers")).collect()
}

/// Compiles an item as the macro does; what breaks a law of the equations or of the schedule between two passes
/// is a panic.
///
/// # Errors
/// The first mistake that is reported.
pub fn compile(item: &Item) -> Result<(), String> {
    let mut errors = Errors::default();
    let compiled = nn_compiler::pipeline::compile(&parse(&item.text), &mut errors);
    match errors.messages().first().cloned() {
        Some(mistake) => Err(mistake),
        None => compiled.map(|_| ()).ok_or_else(|| "nothing is compiled, and no mistake reported".into()),
    }
}

pub(crate) fn parse(text: &str) -> Network {
    let tokens = text.parse().unwrap_or_else(|error| panic!("{error} in `{text}`"));
    parse_network(tokens).unwrap_or_else(|error| panic!("{error} in `{text}`"))
}

/// A network as equations, and the mistakes in it.
pub(crate) fn lowered(network: &Network, mode: Mode) -> (Lowered, Vec<String>) {
    let library = LibraryText::default();
    let library = Library::new(&network.formulas, &library);
    let mut errors = Errors::default();
    let lowered = lower::lower(network, &library, mode, &mut errors);
    (lowered, errors.messages().to_vec())
}
