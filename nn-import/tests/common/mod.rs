//! A model against what a reference computes.
#![allow(dead_code)] // not every test uses all of it

use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use nn_compiler::equation::Values;
use nn_compiler::errors::Errors;
use nn_compiler::lower::{self, Library, LibraryText, Mode};
use nn_compiler::lowered::Lowered;
use nn_compiler::syntax::parse_network;
use nn_import::read::messages::{GraphProto, ModelProto};
use nn_import::{Imported, Options, import};
use prost::Message;
use safetensors::SafeTensors;

/// What came out.
#[derive(Debug)]
pub enum Outcome {
    /// The greatest difference.
    Agrees(f64),
    Differs(String),
    Refused(String),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Agrees(difference) => write!(f, "agrees, {difference:.1e}"),
            Outcome::Differs(what) => write!(f, "DIFFERS: {what}"),
            Outcome::Refused(why) => write!(f, "refused: {why}"),
        }
    }
}

/// The model of a case.
pub fn model(case: &Path) -> Vec<u8> {
    let models = ["model.onnx", "model.tflite"].map(|name| std::fs::read(case.join(name)));
    models.into_iter().find_map(Result::ok).expect("a case has a model")
}

/// The operators of an ONNX model, and whether the imported network computes what the case says.
pub fn compare(case: &Path, tolerance: f64) -> (Vec<String>, Outcome) {
    let file = model(case);
    let data = std::fs::read(case.join("data.safetensors")).expect("a case has data");
    let data = SafeTensors::deserialize(&data).expect("the data can be read");
    let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut options = Options { name, ..Options::default() };
    let mut graph = GraphProto::default();
    if !case.join("model.tflite").exists() {
        graph = ModelProto::decode(file.as_slice()).expect("the model can be read").graph.unwrap_or_default();
    }
    let mut operators: Vec<String> = graph.node.iter().map(|node| node.op_type.clone()).collect();
    operators.sort();
    operators.dedup();
    // sizes that have names, as the inputs of the case have them; inputs that only choose sizes are constants
    for port in &graph.input {
        let Ok(given) = data.tensor(&format!("input.{}", port.name)) else { continue };
        let kind = port.r#type.as_ref().and_then(|kind| kind.tensor_type.as_ref());
        let dims = kind.and_then(|kind| kind.shape.as_ref()).map(|shape| shape.dim.clone()).unwrap_or_default();
        for (axis, (dim, size)) in dims.iter().zip(given.shape()).enumerate() {
            match &dim.dim_param {
                Some(name) if name.contains("batch") => {}
                Some(name) if !name.is_empty() && axis > 0 => options.sizes.push((name.clone(), *size)),
                _ if axis > 0 => options.sizes.push((format!("{}.{axis}", port.name), *size)),
                _ => {}
            }
        }
    }
    if let Ok(text) = std::fs::read_to_string(case.join("constants.txt")) {
        for line in text.lines() {
            let (name, value) = line.split_once('=').expect("a constant is NAME=NUMBER");
            options.constants.push((name.into(), value.parse().expect("a constant is a number")));
        }
    }
    let imported = match catch_unwind(AssertUnwindSafe(|| import(&file, &options))) {
        Ok(Ok(imported)) => imported,
        Ok(Err(error)) => return (operators, Outcome::Refused(error.to_string().replace('\n', " "))),
        Err(_) => return (operators, Outcome::Differs("the importer panics".into())),
    };
    if std::env::var_os("ONNX_SHOW").is_some() {
        println!("{}", imported.source);
    }
    let found = match catch_unwind(AssertUnwindSafe(|| {
        evaluate(&imported, |name| elements(&data, &format!("input.{name}")))
    })) {
        Ok(found) => found,
        Err(_) => return (operators, Outcome::Differs("its evaluation panics".into())),
    };
    let mut worst = 0.0_f64;
    for (number, found) in found.iter().enumerate() {
        let Some(expected) = elements(&data, &format!("output.{number}")) else { continue };
        if expected.len() != found.len() {
            return (operators, Outcome::Differs(format!("{} elements, not {}", found.len(), expected.len())));
        }
        worst = worst.max(difference(found, &expected));
    }
    let outcome = if worst <= tolerance { Outcome::Agrees(worst) } else { Outcome::Differs(format!("by {worst:.1e}")) };
    (operators, outcome)
}

/// The greatest difference, relative to the largest number or to 1.
pub fn difference(found: &[f64], expected: &[f64]) -> f64 {
    let finite = expected.iter().filter(|one| one.is_finite());
    let scale = finite.fold(1.0_f64, |scale, one| scale.max(one.abs()));
    let one = |(found, expected): (&f64, &f64)| {
        let is_same = found == expected || found.is_nan() && expected.is_nan();
        if is_same { 0.0 } else { (found - expected).abs() / scale }
    };
    found
        .iter()
        .zip(expected)
        .map(one)
        .fold(0.0, |worst, one| if one.is_nan() { f64::INFINITY } else { worst.max(one) })
}

/// The elements of a tensor of the data.
pub fn elements(data: &SafeTensors<'_>, name: &str) -> Option<Vec<f64>> {
    let bytes = data.tensor(name).ok()?.data().to_vec();
    Some(bytes.as_chunks().0.iter().map(|bytes| f64::from(f32::from_le_bytes(*bytes))).collect())
}

/// A network as equations.
pub fn lowered(source: &str) -> Lowered {
    let (_, rest) = source.split_once("network! {").expect("there is a network");
    let body = rest.trim_end().strip_suffix('}').expect("the network ends");
    let network = parse_network(body.parse().expect("the network is tokens")).expect("the network parses");
    let text = LibraryText::default();
    let library = Library::new(&network.formulas, &text);
    lower::lower(&network, &library, Mode::Infer, &mut Errors::default())
}

/// The outputs of an imported network for one sample.
pub fn evaluate(imported: &Imported, mut input: impl FnMut(&str) -> Option<Vec<f64>>) -> Vec<Vec<f64>> {
    let lowered = lowered(&imported.source);
    let mut values = Values::new(1, Vec::new());
    for (port, name) in lowered.inputs.iter().zip(&imported.inputs) {
        values.set(port.tensor, input(name).unwrap_or_else(|| panic!("there is no input `{name}`")));
    }
    let stored: BTreeMap<&String, Vec<f64>> = imported
        .tensors
        .iter()
        .map(|(name, tensor)| (name, tensor.elements.iter().map(|element| f64::from(*element)).collect()))
        .collect();
    for tensor in lowered.parameters.iter().chain(&lowered.states) {
        // those of an array of layers lie one behind the other
        let path = tensor.path.join(".");
        let names: Vec<String> = match tensor.arrays.as_slice() {
            [(0, count)] => {
                let inner = tensor.path[1..].iter().chain([&tensor.name]).cloned().collect::<Vec<_>>().join(".");
                (0..*count).map(|number| format!("{}.{number}.{inner}", tensor.path[0])).collect()
            }
            _ if path.is_empty() => vec![tensor.name.clone()],
            _ => vec![format!("{path}.{}", tensor.name)],
        };
        values.set(tensor.tensor, names.iter().flat_map(|name| stored[name].clone()).collect());
    }
    lowered.program.evaluate(&mut values);
    lowered.outputs.iter().map(|port| values.get(&lowered.program, port.tensor).to_vec()).collect()
}
