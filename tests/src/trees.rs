//! Random trees of layers: layers inside of layers, with parameters and states of their own before, between and behind
//! the inner layers; arrays; networks as layers; frozen layers and parameters, also inside of each other. What they compute does not matter, but where their tensors lie.

use crate::library::folded_parameters;
use crate::numbers::Random;

/// A network in a tree of layers.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The name of the module that it is written for.
    pub name: String,
    /// The declarations of networks that are layers of it, and of itself as `Net`.
    pub text: String,
    /// Its parameters.
    pub parameters: Vec<Stored>,
    /// Its frozen parameters.
    pub frozen: Vec<Stored>,
    /// Its states.
    pub states: Vec<Stored>,
    /// The parameters of `FoldedNet`, if it declares one.
    pub folded: Option<Vec<Stored>>,
}

/// A tensor that a network stores.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The field that holds it, as it is written behind the struct of all.
    pub field: String,
    /// Its name in the table.
    pub name: String,
    /// Its shape.
    pub shape: Vec<usize>,
}

impl Stored {
    fn new(name: &str, shape: &[usize]) -> Self {
        Stored { field: format!(".{name}"), name: name.into(), shape: shape.to_vec() }
    }

    /// The same inside of a layer, or of one layer of an array.
    fn within(&self, layer: &str, number: Option<usize>) -> Self {
        let (index, count) = number.map_or_else(Default::default, |at| (format!("[{at}]"), format!(".{at}")));
        Stored {
            field: format!(".{layer}{index}{}", self.field),
            name: format!("{layer}{count}.{}", self.name),
            shape: self.shape.clone(),
        }
    }
}

/// A kind of layer: how a field of it is declared, and what it stores.
#[derive(Clone)]
struct Kind {
    declaration: String,
    parameters: Vec<Stored>,
    frozen: Vec<Stored>,
    states: Vec<Stored>,
}

/// A tree in the making; all values are vectors of one size.
struct Growth {
    random: Random,
    size: usize,
    /// The texts of its own kinds of layers.
    formulas: Vec<String>,
    /// Networks that are layers, with what they store.
    networks: Vec<Kind>,
    /// How many kinds and networks have a name.
    names: usize,
}

/// The body of a layer or of a network.
#[derive(Default)]
struct Body {
    declarations: Vec<String>,
    statements: Vec<String>,
    /// How often the value has been changed.
    steps: usize,
    parameters: Vec<Stored>,
    frozen: Vec<Stored>,
    states: Vec<Stored>,
}

impl Body {
    /// The name of the value so far.
    fn value(&self) -> String {
        if self.steps == 0 { "x".into() } else { format!("v{}", self.steps) }
    }

    /// The names of the value so far and of the one that is made of it.
    fn step(&mut self) -> (String, String) {
        let before = self.value();
        self.steps += 1;
        (before, self.value())
    }

    /// What it is as a layer.
    fn kind(self, declaration: String) -> Kind {
        Kind { declaration, parameters: self.parameters, frozen: self.frozen, states: self.states }
    }

    fn store(&mut self, kind: &Kind, field: &str, count: Option<usize>, is_frozen: bool) {
        let numbers: Vec<Option<usize>> = count.map_or_else(|| vec![None], |count| (0..count).map(Some).collect());
        for number in numbers {
            let parameters = kind.parameters.iter().map(|stored| stored.within(field, number));
            if is_frozen {
                self.frozen.extend(parameters)
            } else {
                self.parameters.extend(parameters)
            }
            self.frozen.extend(kind.frozen.iter().map(|stored| stored.within(field, number)));
            self.states.extend(kind.states.iter().map(|stored| stored.within(field, number)));
        }
    }
}

impl Growth {
    fn name(&mut self, of: &str) -> String {
        self.names += 1;
        format!("{of}{}", self.names)
    }

    /// Whether something is frozen, and the attribute that says so.
    fn frozen(&mut self) -> (bool, &'static str) {
        if self.random.below(5) == 0 { (true, "#[frozen] ") } else { (false, "") }
    }

    /// A kind of layer, which has others inside down to this depth.
    fn kind(&mut self, depth: usize) -> Kind {
        match self.random.below(8) {
            0 => self.batch_norm(),
            1 | 2 if !self.networks.is_empty() => self.networks[self.random.below(self.networks.len())].clone(),
            3.. if depth > 0 => self.own_kind(depth - 1),
            _ => self.linear(),
        }
    }

    fn linear(&mut self) -> Kind {
        let size = self.size;
        let mut parameters = vec![Stored::new("weight", &[size, size])];
        let more = if self.random.below(2) == 0 { "" } else { ", bias = false" };
        if more.is_empty() {
            parameters.push(Stored::new("bias", &[size]));
        }
        Kind {
            declaration: format!("Linear({size} => {size}{more})"),
            parameters,
            frozen: Vec::new(),
            states: Vec::new(),
        }
    }

    fn batch_norm(&self) -> Kind {
        let all = |names: [&str; 2]| names.map(|name| Stored::new(name, &[self.size])).to_vec();
        let (parameters, states) = (all(["weight", "bias"]), all(["running_mean", "running_var"]));
        Kind { declaration: format!("BatchNorm1d({})", self.size), parameters, frozen: Vec::new(), states }
    }

    /// A kind of layer with a formula of its own.
    fn own_kind(&mut self, depth: usize) -> Kind {
        let mut body = Body::default();
        let members = 1 + self.random.below(3);
        let mut uses: Vec<usize> = (0..members).collect();
        let mut declared = Vec::new();
        for member in 0..members {
            declared.push(self.member(&mut body, member, depth));
        }
        // used in another order than declared, some declared where they are used
        for at in (1..uses.len()).rev() {
            uses.swap(at, self.random.below(at + 1));
        }
        for member in uses {
            let use_of = declared[member].clone();
            self.apply(&mut body, &use_of);
        }
        let name = self.name("Kind");
        let text = format!(
            "layer {name}(x: [N]) -> y: [N] {{\n    {}\n    {}\n    y = {};\n}}",
            body.declarations.join("\n    "),
            body.statements.join("\n    "),
            body.value()
        );
        self.formulas.push(text);
        body.kind(format!("{name}()"))
    }

    /// Declares a member of a layer, and says how it is used: `p` and `s` stand for parameters and states.
    fn member(&mut self, body: &mut Body, member: usize, depth: usize) -> String {
        let size = self.size;
        match self.random.below(7) {
            0 | 1 => {
                let name = format!("p{member}");
                let (shape, text) = match self.random.below(3) {
                    0 => (vec![1], "[1]"),
                    1 => (vec![size], "[N]"),
                    _ => (vec![2, size], "[2, N]"),
                };
                let (is_frozen, attribute) = self.frozen();
                body.declarations.push(match is_frozen {
                    true => format!("{attribute}{name}: param {text} = normal(0, 1);"),
                    false => format!("param {name}: {text} = normal(0, 1);"),
                });
                let all = if is_frozen { &mut body.frozen } else { &mut body.parameters };
                all.push(Stored::new(&name, &shape));
                format!("{name}{text}")
            }
            2 => {
                let name = format!("s{member}");
                body.declarations.push(format!("state {name}: [N] = zeros;"));
                body.states.push(Stored::new(&name, &[size]));
                name
            }
            _ => {
                let (kind, name) = (self.kind(depth), format!("m{member}"));
                self.declare(body, &kind, &name);
                name
            }
        }
    }

    /// Declares a layer, or an array of it.
    fn declare(&mut self, body: &mut Body, kind: &Kind, name: &str) {
        // a network is no kind of the elements of an array
        let is_network = self.networks.iter().any(|network| network.declaration == kind.declaration);
        let count = (!is_network && self.random.below(3) == 0).then(|| 1 + self.random.below(3));
        let declaration = match count {
            None => kind.declaration.clone(),
            Some(count) => format!("[{}; {count}]", kind.declaration),
        };
        let (is_frozen, attribute) = self.frozen();
        body.declarations.push(format!("{attribute}{name}: {declaration},"));
        body.store(kind, name, count, is_frozen);
    }

    /// A statement that uses a member.
    fn apply(&mut self, body: &mut Body, member: &str) {
        let (before, after) = body.step();
        let statement = match member.as_bytes()[0] {
            b'm' => format!("{after} = {member}({before});"),
            b's' => format!(
                "train {{ mean_{member}[n] = mean[batch]({before}[n]); next {member} = mean_{member}; \
                 {after}[n] = {before}[n] - mean_{member}[n]; }} \
                 infer {{ {after}[n] = {before}[n] - {member}[n]; }}"
            ),
            _ => {
                let (name, shape) = member.split_at(member.find('[').expect("a parameter has a shape"));
                match shape {
                    "[1]" => format!("{after}[n] = {before}[n] + {name}[0];"),
                    "[N]" => format!("{after}[n] = {before}[n] * {name}[n];"),
                    _ => format!("{after}[n] = {name}[0, n] * {before}[n] + {name}[1, n];"),
                }
            }
        };
        body.statements.push(statement);
    }

    /// A network named so, with the attributes in front of it: what stands in `network! { … }`.
    fn network(&mut self, name: &str, attributes: &str, uses: &str, loss: &str) -> (String, Body) {
        let mut body = Body::default();
        let fields = 1 + self.random.below(3);
        for field in 0..fields {
            let kind = if self.random.below(3) == 0 { self.kind(2) } else { self.own_kind(2) };
            self.declare(&mut body, &kind, &format!("m{field}"));
        }
        for field in (0..fields).rev() {
            self.apply(&mut body, &format!("m{field}"));
        }
        let statements: Vec<String> = body.statements.iter().map(|text| format!("let {text}")).collect();
        let text = format!(
            "{uses}{attributes}pub struct {name} {{\n    {}\n}}\n\
             fn forward(x: [{size}]) -> [{size}] {{\n    {}\n    {}\n}}\n{loss}{}\n",
            body.declarations.join("\n    "),
            statements.join("\n    "),
            body.value(),
            self.formulas.join("\n"),
            size = self.size,
        );
        self.formulas.clear();
        (text, body)
    }
}

/// The random tree of a seed.
#[must_use]
pub fn tree(seed: u64) -> Tree {
    let mut random = Random::new(seed.wrapping_mul(0x2545_f491));
    let size = 2 + random.below(3);
    let mut growth = Growth { random, size, formulas: Vec::new(), networks: Vec::new(), names: 0 };
    let name = format!("tree_{seed}");
    let (mut text, mut uses) = (String::new(), String::new());
    for _ in 0..growth.random.below(3) {
        let network = growth.name(&format!("Inner{seed}Of"));
        let (own, body) = growth.network(&network, "#[layer]\n", &uses, "");
        text += &declared(&own);
        uses += &format!("use crate::{name}::{network};\n");
        growth.networks.push(body.kind(network));
    }
    // what a network that is a layer consists of is known to the macro only
    let is_folded = growth.networks.is_empty();
    let attribute = if is_folded { "#[folded(FoldedNet)]\n" } else { "" };
    // gradients take the compiler the most of the time, and have no part in where the tensors lie
    let loss = if seed.is_multiple_of(4) { "loss = mse;\n" } else { "" };
    let (own, body) = growth.network("Net", attribute, &uses, loss);
    let folded = is_folded.then(|| folded_parameters(&own));
    Tree {
        name,
        text: text + &declared(&own),
        parameters: body.parameters,
        frozen: body.frozen,
        states: body.states,
        folded,
    }
}

fn declared(network: &str) -> String {
    format!("nn_core::network! {{\n{network}}}\n\n")
}
