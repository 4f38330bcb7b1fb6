//! The program on a page, which runs as a test of the documentation.

use std::fmt::Write;

use nn_compiler::lower::Mode;

use super::sketch::Sketch;
use super::values::{computed, decimals, elements, filled, is_random, nested, sizes};
use crate::library::Part;

/// Results whose text is longer are shown in part.
const LENGTH: usize = 64;

/// How many numbers such a part has.
const PART: usize = 6;

pub(super) fn program(sketch: &Sketch) -> String {
    let mut text = String::from("use nn_core::prelude::*;\n\nnetwork! {\n");
    for line in sketch.text().lines() {
        let _ = writeln!(text, "{}{line}", if line.is_empty() { "" } else { "    " });
    }
    text += "}\n\n";
    text += &match sketch.loss {
        None => prediction(sketch),
        Some(_) => loss(sketch),
    };
    text
}

fn prediction(sketch: &Sketch) -> String {
    let mut text = String::from("let mut session = Net::session(0);\n");
    let lowered = sketch.lowered(Mode::Infer);
    let trained = lowered.parameters.iter().map(|parameter| ("params", parameter));
    let stored = trained.chain(lowered.frozen.iter().map(|parameter| ("frozen", parameter)));
    for (number, (part, parameter)) in stored.filter(|(_, parameter)| is_random(parameter)).enumerate() {
        let path = [parameter.path.as_slice(), std::slice::from_ref(&parameter.name)].concat().join(".");
        let _ = writeln!(text, "session.network.{part}.{path} = Tensor::filled({:?});", filled(number));
    }
    let given = given(&mut text, &sketch.inputs, 0, "NetInput");
    let _ = writeln!(text, "let y = session.forward(&{given});");
    let (values, sizes) = (computed(sketch), sizes(&sketch.outputs[0].kind));
    let written = |sizes: &[usize], values: &[f64], decimals: usize| {
        nested(sizes, values, &|value| format!("{value:.decimals$}"))
    };
    if written(&sizes, &values, 3).len() <= LENGTH {
        let decimals = decimals(&values);
        let whole = written(&sizes, &values, decimals);
        return text + &format!("assert_eq!(format!(\"{{y:.{decimals}?}}\"), \"{whole}\");\n");
    }
    let decimals = decimals(&values[..PART]);
    let part = written(&[PART], &values[..PART], decimals);
    text + &format!("assert_eq!(format!(\"{{:.{decimals}?}}\", &y.as_slice()[..{PART}]), \"{part}\");\n")
}

fn loss(sketch: &Sketch) -> String {
    let mut text = String::new();
    let input = given(&mut text, &sketch.inputs, 0, "NetInput");
    let target = given(&mut text, &sketch.targets, sketch.inputs.len(), "NetTarget");
    text += "let mut workspace = nn_core::train_workspace::<Net>();\n";
    let _ = writeln!(text, "let loss = Net::init(0).loss(&[{input}], &[{target}], &mut workspace)?;");
    let value = computed(sketch);
    let decimals = decimals(&value);
    let _ = writeln!(text, "assert_eq!(format!(\"{{loss:.{decimals}}}\"), \"{:.decimals$}\");", value[0]);
    text + "# Ok::<(), Error>(())\n"
}

/// Writes what a sample consists of, and names it as an expression.
fn given(text: &mut String, parts: &[Part], first: usize, structure: &str) -> String {
    for (number, part) in parts.iter().enumerate() {
        let name = &part.name;
        let (values, written_out) = elements(part, first + number);
        if !written_out {
            let _ = writeln!(text, "let mut {name} = Tensor::zeros();");
            let _ = writeln!(text, "for (at, element) in {name}.as_mut_slice().iter_mut().enumerate() {{");
            let _ = writeln!(text, "    *element = at as f32 / 10.0;\n}}");
            continue;
        }
        let sizes = sizes(&part.kind);
        let form = |value: f64| if part.is_index { format!("{value:.0}") } else { format!("{value:?}") };
        let literal = nested(&sizes, &values, &form);
        let is_class = part.is_index && sizes.is_empty();
        let _ = match is_class {
            true => writeln!(text, "let {name} = {literal};"),
            false => writeln!(text, "let {name} = Tensor::from({literal});"),
        };
    }
    match parts {
        [one] => one.name.clone(),
        several => {
            let names: Vec<&str> = several.iter().map(|part| part.name.as_str()).collect();
            format!("{structure} {{ {} }}", names.join(", "))
        }
    }
}
