//! A model against what a reference computes.
#![allow(dead_code)] // not every test uses all of it

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use nn_compiler::equation::Values;
use nn_compiler::errors::Errors;
use nn_compiler::lower::{self, Library, LibraryText, Mode};
use nn_compiler::lowered::Lowered;
use nn_compiler::syntax::parse_network;
use nn_import::read::messages::{GraphProto, ModelProto};
use nn_import::{Imported, Options, import};
use prost::Message;
use safetensors::SafeTensors;
use safetensors::tensor::TensorView;

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

/// A model, an input, and what a reference computes for it.
pub struct Case {
    pub name: String,
    pub file: Vec<u8>,
    pub is_tflite: bool,
    /// By `input.NAME` and `output.NUMBER`: the shape and the elements.
    pub arrays: BTreeMap<String, (Vec<usize>, Vec<f64>)>,
    /// Inputs that only choose sizes.
    pub constants: Vec<(String, f64)>,
}

impl Case {
    /// The case of a folder, as `python/cases.py` writes it.
    pub fn of_folder(folder: &Path) -> Self {
        let read = |name: &str| std::fs::read(folder.join(name));
        let is_tflite = folder.join("model.tflite").exists();
        let file = read(if is_tflite { "model.tflite" } else { "model.onnx" }).expect("a case has a model");
        let data = read("data.safetensors").expect("a case has data");
        let data = SafeTensors::deserialize(&data).expect("the data can be read");
        let text = std::fs::read_to_string(folder.join("constants.txt")).unwrap_or_default();
        let constants = text.lines().map(|line| {
            let (name, value) = line.split_once('=').expect("a constant is NAME=NUMBER");
            (name.into(), value.parse().expect("a constant is a number"))
        });
        Case {
            name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            file,
            is_tflite,
            arrays: data.iter().map(|(name, tensor)| (name.into(), array(&tensor))).collect(),
            constants: constants.collect(),
        }
    }

    fn elements(&self, name: &str) -> Option<&[f64]> {
        self.arrays.get(name).map(|(_, elements)| elements.as_slice())
    }

    fn graph(&self) -> GraphProto {
        if self.is_tflite {
            return GraphProto::default();
        }
        ModelProto::decode(self.file.as_slice()).expect("the model can be read").graph.unwrap_or_default()
    }

    /// The operators of an ONNX model.
    pub fn operators(&self) -> BTreeSet<String> {
        self.graph().node.iter().map(|node| node.op_type.clone()).collect()
    }

    /// Sizes that have names, as the inputs of the case have them; inputs that only choose sizes are constants.
    fn options(&self) -> Options {
        let mut options = Options { name: self.name.clone(), constants: self.constants.clone(), ..Options::default() };
        for port in &self.graph().input {
            let Some((given, _)) = self.arrays.get(&format!("input.{}", port.name)) else { continue };
            let kind = port.r#type.as_ref().and_then(|kind| kind.tensor_type.as_ref());
            let dims = kind.and_then(|kind| kind.shape.as_ref()).map(|shape| shape.dim.clone()).unwrap_or_default();
            for (axis, (dim, size)) in dims.iter().zip(given).enumerate() {
                match &dim.dim_param {
                    Some(name) if name.contains("batch") => {}
                    Some(name) if !name.is_empty() && axis > 0 => options.sizes.push((name.clone(), *size)),
                    _ if axis > 0 => options.sizes.push((format!("{}.{axis}", port.name), *size)),
                    _ => {}
                }
            }
        }
        options
    }

    /// Whether the imported network computes what the case says.
    pub fn outcome(&self, tolerance: f64) -> Outcome {
        let imported = match catch_unwind(AssertUnwindSafe(|| import(&self.file, &self.options()))) {
            Ok(Ok(imported)) => imported,
            Ok(Err(error)) => return Outcome::Refused(error.to_string().replace('\n', " ")),
            Err(_) => return Outcome::Differs("the importer panics".into()),
        };
        if std::env::var_os("ONNX_SHOW").is_some() {
            println!("{}", imported.source);
        }
        let input = |name: &str| self.elements(&format!("input.{name}")).map(<[f64]>::to_vec);
        let Ok(found) = catch_unwind(AssertUnwindSafe(|| evaluate(&imported, input))) else {
            return Outcome::Differs("its evaluation panics".into());
        };
        let mut worst = 0.0_f64;
        for (number, found) in found.iter().enumerate() {
            let Some(expected) = self.elements(&format!("output.{number}")) else {
                return Outcome::Differs(format!("the case has no output {number}"));
            };
            if expected.len() != found.len() {
                return Outcome::Differs(format!("{} elements, not {}", found.len(), expected.len()));
            }
            worst = worst.max(difference(found, expected));
        }
        if worst <= tolerance { Outcome::Agrees(worst) } else { Outcome::Differs(format!("by {worst:.1e}")) }
    }
}

/// The file of the small node tests.
pub fn nodes() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nodes/cases.safetensors")
}

/// The cases of the file: `CASE/model` and the arrays of the case.
pub fn small_cases() -> Vec<Case> {
    let file = std::fs::read(nodes()).expect("the file can be read");
    let tensors = SafeTensors::deserialize(&file).expect("the file is one of tensors");
    let mut cases: BTreeMap<String, Case> = BTreeMap::new();
    for (path, tensor) in tensors.iter() {
        let (name, part) = path.split_once('/').expect("a tensor belongs to a case");
        let case = cases.entry(name.into()).or_insert_with(|| Case {
            name: name.into(),
            file: Vec::new(),
            is_tflite: false,
            arrays: BTreeMap::new(),
            constants: Vec::new(),
        });
        if part == "model" {
            case.file = tensor.data().to_vec();
        } else {
            case.arrays.insert(part.into(), array(&tensor));
        }
    }
    cases.into_values().collect()
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
    Some(array(&data.tensor(name).ok()?).1)
}

/// The shape and the elements of a tensor in `f32`.
pub fn array(tensor: &TensorView<'_>) -> (Vec<usize>, Vec<f64>) {
    let elements = tensor.data().as_chunks().0.iter().map(|bytes| f64::from(f32::from_le_bytes(*bytes)));
    (tensor.shape().to_vec(), elements.collect())
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
