//! A network that shows one item, from an example of its formula.

use nn_compiler::lower::Mode;
use nn_compiler::syntax::ast::{Formula, FormulaKind, Network};

use crate::library::{self, Part, text};

/// What stands in `network! { … }`.
#[derive(Debug, Clone)]
pub(super) struct Sketch {
    /// The layer's declaration.
    pub(super) layer: Option<String>,
    pub(super) inputs: Vec<Part>,
    pub(super) outputs: Vec<Output>,
    /// Empty where there is no loss.
    pub(super) targets: Vec<Part>,
    pub(super) loss: Option<String>,
    /// What its intermediate values are called after.
    pub(super) prefix: String,
}

/// A result of the network.
#[derive(Debug, Clone)]
pub(super) struct Output {
    pub(super) name: String,
    /// Its shape, as in `[3, 5]`.
    pub(super) kind: String,
    /// How it is computed.
    pub(super) value: String,
}

impl Sketch {
    /// The first example of a formula.
    pub(super) fn of_formula(formula: &Formula) -> Self {
        let example = formula.examples.first().unwrap_or_else(|| panic!("`{}` has no example", formula.name));
        let mut parts = text::parts(formula, example);
        // what may be left out is left out
        parts.truncate(formula.inputs.len() - formula.optional.len());
        let arguments = text::arguments(&example.arguments);
        // a kink of a function lies between its examples; those of a loss may differ in what the inputs mean
        if formula.kind != FormulaKind::Loss {
            for part in parts.iter_mut().filter(|part| !part.is_index) {
                let inputs = formula.examples.iter().flat_map(|example| &example.inputs);
                let inputs = inputs.filter(|input| input.name == part.name);
                part.range = inputs.fold(part.range, |(low, high), input| (low.min(input.low), high.max(input.high)));
            }
        }
        let name = formula.name.to_string();
        let others = formula.further.len();
        let first = |call: String| match others {
            0 => call,
            _ => format!("let (y{}) = {call};\n    y", ", _".repeat(others)),
        };
        match formula.kind {
            FormulaKind::Layer => {
                let declared = format!("{name}({})", arguments.join(", "));
                let names: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
                Sketch::of_value(Some(declared), parts, first(format!("layer({})", names.join(", "))), "layer")
            }
            FormulaKind::Loss => Sketch::of_loss(&name, parts, arguments),
            FormulaKind::Function | FormulaKind::Size => {
                let further = parts.iter().skip(1).map(|part| part.name.clone()).chain(arguments);
                let further: Vec<String> = further.collect();
                let value = first(format!("{}.{name}({})", parts[0].name, further.join(", ")));
                Sketch::of_value(None, parts, value, &name)
            }
        }
    }

    /// A network of one output, without a loss.
    pub(super) fn of_value(layer: Option<String>, inputs: Vec<Part>, value: String, prefix: &str) -> Self {
        let output = Output { name: "y".into(), kind: "[1]".into(), value };
        let (targets, loss) = Default::default();
        let mut sketch = Sketch { layer, inputs, outputs: vec![output], targets, loss, prefix: prefix.into() };
        let sizes: Vec<String> = library::output_shape(&sketch.text()).iter().map(ToString::to_string).collect();
        sketch.outputs[0].kind = format!("[{}]", sizes.join(", "));
        sketch
    }

    /// A network whose inputs are its outputs: `t` is the target of the loss, all else an output.
    fn of_loss(name: &str, parts: Vec<Part>, arguments: Vec<String>) -> Self {
        let (targets, inputs): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(|part| part.name == "t");
        let single = inputs.len() == 1;
        let output =
            |part: &Part| Output { name: part.name.clone(), kind: part.kind.clone(), value: part.name.clone() };
        let outputs: Vec<Output> = inputs.iter().map(output).collect();
        let given = |at: usize| if single { "output".to_string() } else { outputs[at].name.clone() };
        let mut all = vec![given(0), "t".to_string()];
        all.extend((1..outputs.len()).map(given));
        all.extend(arguments);
        let loss = Some(format!("{name}({})", all.join(", ")));
        Sketch { layer: None, inputs, outputs, targets, loss, prefix: name.into() }
    }

    /// The network as text, in lines.
    pub(super) fn text(&self) -> String {
        let layers = match &self.layer {
            Some(layer) => format!("struct Net {{\n    layer: {layer},\n}}"),
            None => "struct Net;".into(),
        };
        let (types, values) = match self.outputs.as_slice() {
            [one] => (one.kind.clone(), one.value.clone()),
            several => {
                let list = |part: &dyn Fn(&Output) -> String| several.iter().map(part).collect::<Vec<_>>().join(", ");
                let types = list(&|output| format!("{}: {}", output.name, output.kind));
                (format!("({types})"), format!("({})", list(&|output| output.value.clone())))
            }
        };
        let inputs = text::declared(&self.inputs);
        let loss = self.loss.as_ref().map(|loss| format!("\n\nloss({}) = {loss};", text::declared(&self.targets)));
        format!("{layers}\n\nfn forward({inputs}) -> {types} {{\n    {values}\n}}{}", loss.unwrap_or_default())
    }

    pub(super) fn network(&self) -> Network {
        library::parse(&self.text())
    }

    /// The network as equations.
    pub(super) fn lowered(&self, mode: Mode) -> nn_compiler::lowered::Lowered {
        let (lowered, mistakes) = library::lowered(&self.network(), mode);
        assert!(mistakes.is_empty(), "{}\n{}", self.text(), mistakes.join("\n"));
        lowered
    }
}
