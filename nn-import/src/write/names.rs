//! Names of layers and values.

use std::collections::HashSet;

use crate::network::{Layer, Port};

/// The names of layers: the paths of the model's modules as identifiers, else a word and a number.
pub(crate) fn layers(layers: &[&Layer], taken: &mut HashSet<String>) -> Vec<String> {
    let mut names = Vec::new();
    for layer in layers {
        let own = identifier(&layer.path);
        let wanted = match own.chars().next() {
            None => numbered(layer.word, layers, taken),
            // the modules of a `Sequential` are numbers
            Some(first) if first.is_ascii_digit() => format!("{}{own}", layer.word),
            Some(_) => own,
        };
        names.push(unique(&wanted, taken));
    }
    names
}

/// The word, with a number if there are several layers of it.
fn numbered(word: &str, layers: &[&Layer], taken: &HashSet<String>) -> String {
    let is_alone = layers.iter().filter(|layer| layer.path.is_empty() && layer.word == word).count() == 1;
    if is_alone {
        return word.into();
    }
    let free = (1..).map(|number| format!("{word}{number}")).find(|name| !taken.contains(name));
    free.unwrap_or_default()
}

/// The names of inputs or outputs; what exporters number is called by a word.
pub(crate) fn ports(ports: &[&Port], word: &str, taken: &mut HashSet<String>) -> Vec<String> {
    let mut names = Vec::new();
    for port in ports {
        let starts = ["args_", "val_", "Identity", "StatefulPartitionedCall", "PartitionedCall"];
        let noise = port.name.contains(':') || starts.iter().any(|start| port.name.starts_with(start));
        let own = identifier(port.name.split('.').next().unwrap_or_default());
        let is_name = own.starts_with(|first: char| first.is_ascii_alphabetic()) && !noise;
        names.push(unique(if is_name { &own } else { word }, taken));
    }
    names
}

/// The name, with a number behind it if it is taken.
pub(crate) fn unique(wanted: &str, taken: &mut HashSet<String>) -> String {
    let wanted = if wanted.is_empty() { "x" } else { wanted };
    let mut name = wanted.to_string();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{wanted}_{number}");
        number += 1;
    }
    name
}

/// Letters, digits and underscores of a path.
pub(crate) fn identifier(path: &str) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let mut name: String = path.chars().map(letter).collect();
    while name.contains("__") {
        name = name.replace("__", "_");
    }
    let name = name.trim_matches('_').to_string();
    match name.as_str() {
        "T" => "t".into(),
        "self" | "Self" | "super" | "crate" | "batch" => format!("{name}_"),
        _ => name,
    }
}

/// The name of a type: `res_net18` becomes `ResNet18`.
pub(crate) fn type_name(text: &str) -> String {
    let words = identifier(text);
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    let name: String = words.split('_').map(word).collect();
    let name = name.replace("Params_", "Params").replace("State_", "State");
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) && name != "T" { name } else { format!("Net{name}") }
}

/// Names of values, in the order in which they are tried.
pub(crate) fn values() -> impl Iterator<Item = String> {
    let letters = ["x", "h", "y", "z", "a", "b", "c", "d", "e", "f", "g", "u", "v", "w"].map(String::from);
    letters.into_iter().chain((1..).map(|number| format!("x{number}")))
}
