//! The nodes of a case, one after the other.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::attributes::Attributes;
use super::layers::{LAYERS, Rule, arguments, find, name};
use super::{Problem, Translated, functions, loss, shape_text, sizes};

/// A tensor of the forward pass.
struct Known {
    /// What it is called in `forward`.
    name: String,
    /// Its shape with the samples.
    shape: Vec<i64>,
}

#[derive(Default)]
struct Translation {
    /// `fc1: Linear(2 => 3),` in order.
    layers: Vec<String>,
    /// `let x1 = …;` in order.
    statements: Vec<String>,
    /// The tensors by the name of the node that gives them.
    known: BTreeMap<String, Known>,
    parameters: BTreeMap<String, String>,
    states: BTreeMap<String, String>,
    trains: bool,
    has_modes: bool,
}

/// Says a case in the language.
///
/// # Errors
/// What cannot be said.
pub fn translate(case: &Value) -> Result<Translated, Problem> {
    let case = &without_notes(case);
    let nodes = case["nodes"].as_array().ok_or("a case without nodes")?;
    let mut translation = Translation { trains: case["mode"] != "eval", ..Translation::default() };
    let input = &case["input"];
    let shape = sizes(&input["shape"]).filter(|shape| !shape.is_empty()).ok_or("an input without a shape")?;
    let input_type = input_type(input, &shape, nodes)?;
    #[allow(clippy::cast_precision_loss)] // few
    let samples = shape[0] as f64;
    let input_name = input["name"].as_str().unwrap_or("input");
    translation.known.insert(input_name.into(), Known { name: "x".into(), shape });
    for node in nodes {
        translation.node(node.as_object().ok_or("a node that is no object")?)?;
    }
    let output = case["output"].as_str().ok_or("a case without an output")?;
    let output = translation.known.get(output).ok_or_else(|| format!("the output \"{output}\" is no node"))?;
    let text = format!(
        "pub struct Net {{\n    {}\n}}\n\nfn forward(x: {input_type}) -> {} {{\n    {}\n    {}\n}}\n\n{}\n",
        translation.layers.join("\n    "),
        shape_text(output.shape.get(1..).unwrap_or_default()),
        translation.statements.join("\n    "),
        output.name,
        loss::loss(&case["loss"], &case["target"], &output.shape)?
    );
    let Translation { parameters, states, trains, has_modes, .. } = translation;
    Ok(Translated { text, parameters, states, has_modes, samples, trains })
}

/// A case without what was written in it for people to read: every field `note`.
fn without_notes(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_notes).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| *name != "note");
            Value::Object(fields.map(|(name, value)| (name.clone(), without_notes(value))).collect())
        }
        other => other.clone(),
    }
}

/// Whole numbers are indices into the table of the embedding that reads them.
fn input_type(input: &Value, shape: &[i64], nodes: &[Value]) -> Result<String, Problem> {
    let shape = shape_text(&shape[1..]);
    if input["dtype"] != "int64" {
        return Ok(shape);
    }
    let reads = |node: &&Value| node["inputs"].as_array().is_some_and(|inputs| inputs.contains(&input["name"]));
    let count = nodes.iter().find(reads).and_then(|node| node["num_embeddings"].as_i64());
    let count = count.ok_or("an input of whole numbers that no embedding reads")?;
    Ok(format!("index<{count}>{shape}"))
}

impl Translation {
    fn node(&mut self, node: &Map<String, Value>) -> Result<(), Problem> {
        let text = |name: &str| node.get(name).and_then(Value::as_str).ok_or_else(|| format!("a node without {name}"));
        let (name, op) = (text("name")?, text("op")?);
        let attributes = Attributes::new(op, node);
        let (inputs, rank) = self.inputs(node)?;
        let value = match find(LAYERS, op) {
            Some(rule) => self.layer(rule, name, node, &attributes, &inputs, rank)?,
            None => functions::call(op, &attributes, &inputs, rank, self.trains)?,
        };
        attributes.finish()?;
        let variable = format!("x{}", self.known.len());
        let others = find(LAYERS, op).map_or(0, |rule| rule.further_results);
        let names = if others == 0 { variable.clone() } else { format!("({variable}{})", ", _".repeat(others)) };
        self.statements.push(format!("let {names} = {value};"));
        let shape =
            node.get("out_shape").and_then(sizes).ok_or_else(|| format!("node \"{name}\" without out_shape"))?;
        self.known.insert(name.into(), Known { name: variable, shape });
        Ok(())
    }

    /// The tensors that a node is given, and the rank of the first.
    fn inputs(&self, node: &Map<String, Value>) -> Result<(Vec<String>, usize), Problem> {
        let mut names = Vec::new();
        let mut rank = 0;
        for input in node.get("inputs").and_then(Value::as_array).into_iter().flatten() {
            let known = input.as_str().and_then(|input| self.known.get(input));
            let known = known.ok_or_else(|| format!("the input {input} is no node before"))?;
            if names.is_empty() {
                rank = known.shape.len();
            }
            names.push(known.name.clone());
        }
        Ok((names, rank))
    }

    /// Declares a layer, unless it is shared with a node before, and calls it.
    fn layer(
        &mut self,
        rule: &'static Rule,
        node_name: &str,
        node: &Map<String, Value>,
        attributes: &Attributes<'_>,
        inputs: &[String],
        rank: usize,
    ) -> Result<String, Problem> {
        let shared = node.get("params_of").and_then(Value::as_str);
        let field = field(shared.unwrap_or(node_name));
        let params = node.get("params");
        let mut texts = arguments(rule, attributes, params, rank)?;
        if rule.op == "batch_norm" {
            // the statistics of the samples are taken while training
            let by_batch = node.get("training").and_then(Value::as_bool).unwrap_or(self.trains);
            self.has_modes |= by_batch;
            texts.extend((!by_batch).then(|| "training = false".to_string()));
        }
        if shared.is_none() {
            self.layers.push(format!("{field}: {}({}),", name(rule, rank), texts.join(", ")));
            for (short, tensor) in params.and_then(Value::as_object).into_iter().flatten() {
                let tensor = tensor.as_str().ok_or("a parameter without a name")?;
                self.parameters.insert(format!("{field}.{short}"), tensor.into());
            }
            for (short, tensor) in node.get("buffers").and_then(Value::as_object).into_iter().flatten() {
                let tensor = tensor.as_str().ok_or("a buffer without a name")?;
                self.states.insert(format!("{field}.{short}"), tensor.into());
            }
        }
        // attention has the last of its inputs as keys and values: to itself the only one, as queries too
        let mut inputs = inputs.to_vec();
        if rule.op == "multihead_attention" {
            inputs.resize(3, inputs.last().cloned().unwrap_or_default());
        }
        Ok(format!("{field}({})", inputs.join(", ")))
    }
}

/// A node's name as the name of a layer.
fn field(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if plain.starts_with(|c: char| c.is_ascii_alphabetic()) { plain } else { format!("n{plain}") }
}
