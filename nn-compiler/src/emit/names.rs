//! Identifiers: readable, and each used once.

use std::collections::{HashMap, HashSet};

use proc_macro2::Span;
use syn::Ident;

use crate::equation::Program;
use crate::lower::RawOrPlain;
use crate::symbolic::{IndexId, TensorId};

/// The names of tensors and indices inside of one emitted function.
#[derive(Debug)]
pub(super) struct Names {
    taken: HashSet<String>,
    tensors: HashMap<TensorId, Ident>,
    indices: HashMap<IndexId, Ident>,
}

/// What emitted functions call their own arguments and variables.
const RESERVED: [&str; 25] = [
    "self",
    "inputs",
    "targets",
    "outputs",
    "gradient",
    "gradients",
    "memory",
    "samples",
    "sums",
    "pass",
    "instructions",
    "input",
    "output",
    "sample",
    "value",
    "best",
    "better",
    "at",
    "sum",
    "product",
    "params",
    "T",
    "on",
    "tile",
    "nn",
];

impl Names {
    pub(super) fn new() -> Self {
        let taken = RESERVED.iter().map(ToString::to_string).collect();
        let indices = HashMap::from([(IndexId::SAMPLE, Ident::new("sample", Span::call_site()))]);
        Names { taken, tensors: HashMap::new(), indices }
    }

    /// A name that nothing else has.
    pub(super) fn unique(&mut self, wanted: &str) -> Ident {
        let wanted = if wanted.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            wanted.to_string()
        } else {
            format!("_{wanted}")
        };
        let mut name = wanted.clone();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = format!("{wanted}_{number}");
        }
        Ident::new_raw_or_plain(&name, Span::call_site())
    }

    /// The variable that holds a tensor.
    pub(super) fn tensor(&mut self, program: &Program, tensor: TensorId) -> Ident {
        if let Some(known) = self.tensors.get(&tensor) {
            return known.clone();
        }
        let name = self.unique(&program.at(tensor).name);
        self.tensors.insert(tensor, name.clone());
        name
    }

    /// The variable of a loop.
    pub(super) fn index(&mut self, program: &Program, index: IndexId) -> Ident {
        if let Some(known) = self.indices.get(&index) {
            return known.clone();
        }
        let name = self.unique(&program.indices[index.0 as usize].name);
        self.indices.insert(index, name.clone());
        name
    }
}

impl Names {
    /// Lets others have the name of a loop's variable behind the loop.
    pub(super) fn release(&mut self, index: IndexId) {
        if let Some(name) = self.indices.remove(&index) {
            self.taken.remove(name.to_string().trim_start_matches("r#"));
        }
    }
}

/// `conv1` and `Net` make `NetConv1`.
pub(super) fn type_name(network: &Ident, path: &[String]) -> Ident {
    let mut name = network.to_string();
    for part in path {
        for word in part.trim_start_matches("r#").split('_').filter(|word| !word.is_empty()) {
            let mut letters = word.chars();
            name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            name.push_str(letters.as_str());
        }
    }
    Ident::new_raw_or_plain(&name, network.span())
}
