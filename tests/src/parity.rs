//! Cases against their references: each is turned into a network, compiled, run and compared.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use nn_compiler::explain::explain;
use proc_macro2::TokenStream;

use crate::case::{self, Translated};
use crate::generated::{Generated, Module};
use crate::numbers::{difference, difference_by, is_rounding, largest};
use crate::runner::Values;
use crate::tensors;

/// What became of a case.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Everything agrees; the greatest differences in f64 and f32.
    Agrees(f64, f64),
    /// Something differs, or the case does not compile or run.
    Differs(String),
    /// It cannot be said in the language.
    NotExpressible(String),
    /// The file is JSON, but describes no network.
    NoCase,
}

/// The kinds of numbers and how far results may be from the reference in each.
const KINDS: [(&str, f64); 2] = [("f64", 1e-9), ("f32", 2e-5)];

/// Runs all cases of a folder, compiled in a crate of this name.
///
/// # Panics
/// If the folder cannot be read or holds no case, or the generated crate cannot be built.
#[must_use]
pub fn run(scratch: &Path, krate: &str, folder: &Path) -> BTreeMap<String, Outcome> {
    let mut outcomes = BTreeMap::new();
    let mut expressible = BTreeMap::new();
    for (name, file) in cases(folder) {
        match express(&file) {
            Ok(translated) => drop(expressible.insert(name, (file, translated))),
            Err(outcome) => drop(outcomes.insert(name, outcome)),
        }
    }
    let is_case = |outcome: &Outcome| *outcome != Outcome::NoCase;
    assert!(
        !expressible.is_empty() || outcomes.values().any(is_case),
        "{}: there is no case in this folder: expected JSON files with \"nodes\", each beside its \
         NAME.f64.safetensors and NAME.f32.safetensors",
        folder.display()
    );
    let modules: Vec<Module> = expressible.iter().map(|(name, (_, case))| module(name, case)).collect();
    let generated = Generated::build(scratch, krate, &modules);
    for (name, (file, case)) in expressible {
        let outcome = match generated.broken.get(&module_name(&name)) {
            Some(message) => Outcome::Differs(format!("does not compile: {message}")),
            None => compare(&generated, &name, &file, &case).unwrap_or_else(Outcome::Differs),
        };
        outcomes.insert(name, outcome);
    }
    outcomes
}

/// The JSON files of a folder by the names of their cases.
fn cases(folder: &Path) -> BTreeMap<String, PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let files =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "json"));
    files.filter_map(|path| Some((path.file_stem()?.to_str()?.to_string(), path))).collect()
}

/// Says a case in the language and asks the compiler what it thinks of it.
fn express(file: &Path) -> Result<Translated, Outcome> {
    let case = case::read(file).map_err(Outcome::NotExpressible)?;
    if case.get("nodes").is_none() {
        return Err(Outcome::NoCase);
    }
    let translated = case::translate(&case).map_err(Outcome::NotExpressible)?;
    let tokens = translated.text.parse::<TokenStream>();
    let tokens = tokens.map_err(|error| Outcome::NotExpressible(format!("{error} in `{}`", translated.text)))?;
    match catch_unwind(AssertUnwindSafe(|| explain(tokens, TokenStream::new()).map(drop))) {
        Ok(Ok(())) => Ok(translated),
        Ok(Err(messages)) => {
            let first = messages.first().and_then(|message| message.lines().next()).unwrap_or_default();
            Err(Outcome::NotExpressible(first.to_string()))
        }
        Err(_) => Err(Outcome::Differs("the compiler panics".into())),
    }
}

fn module_name(case: &str) -> String {
    let plain: String = case.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("case_{plain}").to_lowercase()
}

fn module(name: &str, case: &Translated) -> Module {
    let text = format!(
        "use crate::runner::{{Values, everything}};\n\nnn_core::network! {{\n{}}}\n\n\
         pub fn run(kind: &str, given: &Values) -> Result<Values, String> {{\n    \
         if kind == \"f32\" {{ everything::<Net<f32>>(given) }} else {{ everything::<Net<f64>>(given) }}\n}}\n",
        case.text
    );
    Module { name: module_name(name), text }
}

/// Runs a case in both kinds of numbers.
fn compare(generated: &Generated, name: &str, file: &Path, case: &Translated) -> Result<Outcome, String> {
    let mut worst = [0.0; 2];
    let precise = tensors::read(&file.with_extension("f64.safetensors"))?;
    for ((kind, tolerance), worst) in KINDS.iter().zip(&mut worst) {
        let reference = tensors::read(&file.with_extension(format!("{kind}.safetensors")))?;
        let given = given(&reference, case)?;
        let found = generated.run(&module_name(name), kind, &given).map_err(|error| format!("in {kind}: {error}"))?;
        for (what, error) in differences(&found, &reference, &precise, case)? {
            if error > *tolerance {
                return Err(format!("{what} in {kind} by {error:.1e}"));
            }
            *worst = error.max(*worst);
        }
    }
    let [double, single] = worst;
    Ok(Outcome::Agrees(double, single))
}

type Tensors = BTreeMap<String, Vec<f64>>;

fn tensor<'a>(reference: &'a Tensors, name: &str) -> Result<&'a [f64], String> {
    reference.get(name).map(Vec::as_slice).ok_or_else(|| format!("the reference has no tensor `{name}`"))
}

/// What a network is given: parameters under its own names, samples.
fn given(reference: &Tensors, case: &Translated) -> Result<Values, String> {
    let mut given = Values::default();
    given.set("input", tensor(reference, "input")?.to_vec());
    given.set("target", tensor(reference, "target")?.to_vec());
    for (own, theirs) in &case.parameters {
        given.set(&format!("param.{own}"), tensor(reference, theirs)?.to_vec());
    }
    for (own, theirs) in &case.states {
        given.set(&format!("state.{own}"), tensor(reference, theirs)?.to_vec());
    }
    given.set("samples", vec![case.samples]);
    Ok(given)
}

/// What is compared, and how far it is from the reference.
fn differences(
    found: &Values,
    reference: &Tensors,
    precise: &Tensors,
    case: &Translated,
) -> Result<Vec<(String, f64)>, String> {
    let mut all = Vec::new();
    let mut compare = |own: &str, theirs: &str| -> Result<(), String> {
        all.push((own.to_string(), difference(found.get(own)?, tensor(reference, theirs)?)));
        Ok(())
    };
    // a network that trains in another way than it predicts can be compared in the case's own mode only
    if !(case.trains && case.has_modes) {
        compare("output", "output")?;
        compare("loss", "loss")?;
    }
    compare("train_loss", "loss")?;
    if case.trains {
        for (own, theirs) in &case.states {
            compare(&format!("state.{own}"), &theirs.replacen("buffer.", "buffer_after.", 1))?;
        }
    }
    let gradients = precise.iter().filter(|(name, _)| name.starts_with("grad."));
    let steepest = gradients.map(|(_, gradient)| largest(gradient)).fold(0.0, f64::max);
    for (own, theirs) in gradient_names(reference, case) {
        let expected = tensor(reference, &theirs)?;
        let rounding = is_rounding(tensor(precise, &theirs)?, steepest);
        let scale = if rounding { steepest } else { largest(expected) };
        all.push((theirs, difference_by(found.get(&own)?, expected, scale)));
    }
    Ok(all)
}

/// The names of all gradients, the network's and the reference's.
fn gradient_names(reference: &Tensors, case: &Translated) -> Vec<(String, String)> {
    let by_parameter =
        |(own, theirs): (&String, &String)| (format!("grad.{own}"), theirs.replacen("param.", "grad.", 1));
    let mut names: Vec<(String, String)> = case.parameters.iter().map(by_parameter).collect();
    if reference.contains_key("grad.input") {
        names.push(("grad.input".into(), "grad.input".into()));
    }
    names
}
