//! Identifiers: readable, and each used once.

use std::collections::{HashMap, HashSet};

use proc_macro2::Span;
use syn::Ident;
use syn::ext::IdentExt;

use crate::equation::Program;
use crate::symbolic::{IndexId, TensorId};
use crate::syntax::RawOrPlain;

/// The names of tensors and indices inside of one emitted function.
#[derive(Debug)]
pub(in crate::emit) struct Names {
    taken: HashSet<String>,
    tensors: HashMap<TensorId, Ident>,
    indices: HashMap<IndexId, Ident>,
}

/// The names of emitted functions' own arguments and variables.
const RESERVED: [&str; 27] = [
    "self",
    "state",
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
    "folded",
];

impl Names {
    pub(in crate::emit) fn new() -> Self {
        let taken = RESERVED.iter().map(ToString::to_string).collect();
        let indices = HashMap::from([(IndexId::SAMPLE, Ident::new("sample", Span::call_site()))]);
        Names { taken, tensors: HashMap::new(), indices }
    }

    /// A name that nothing else has.
    pub(in crate::emit) fn unique(&mut self, wanted: &str) -> Ident {
        let wanted = Ident::new_raw_or_plain(wanted, Span::call_site()).unraw().to_string();
        let mut name = wanted.clone();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = format!("{wanted}_{number}");
        }
        Ident::new_raw_or_plain(&name, Span::call_site())
    }

    /// The variable that holds a tensor.
    pub(in crate::emit) fn tensor(&mut self, program: &Program, tensor: TensorId) -> Ident {
        if let Some(known) = self.tensors.get(&tensor) {
            return known.clone();
        }
        let name = self.unique(&program.at(tensor).name);
        self.tensors.insert(tensor, name.clone());
        name
    }

    /// The variable of a loop.
    pub(in crate::emit) fn index(&mut self, program: &Program, index: IndexId) -> Ident {
        if let Some(known) = self.indices.get(&index) {
            return known.clone();
        }
        let name = self.unique(&program.indices[index.0 as usize].name);
        self.indices.insert(index, name.clone());
        name
    }
}

impl Names {
    /// Releases the name of a loop's variable behind the loop.
    pub(in crate::emit) fn release(&mut self, index: IndexId) {
        if let Some(name) = self.indices.remove(&index) {
            self.taken.remove(name.to_string().trim_start_matches("r#"));
        }
    }
}

/// The names of the layers' structs, by the paths of the layers: `NetParams_conv1`.
///
/// No two networks generate the same name: that of a network never contains what stands between it and the path
/// (`syntax::is_generated`), so that the first place where it does is the end of the network's name.
#[derive(Debug)]
pub(in crate::emit) struct TypeNames {
    names: Vec<(Vec<String>, Ident)>,
}

impl TypeNames {
    /// Names for all layers that own a tensor and for the layers around them, behind the name of the struct of all.
    pub(in crate::emit) fn new<'a>(all: &Ident, paths: impl Iterator<Item = &'a Vec<String>>) -> Self {
        let mut names: Vec<(Vec<String>, Ident)> = Vec::new();
        for path in paths {
            for len in 1..=path.len() {
                let path = &path[..len];
                if names.iter().any(|(known, _)| known == path) {
                    continue;
                }
                // `a.b` and `a_b`
                let mut name = format!("{all}_{}", path.join("_"));
                while names.iter().any(|(_, known)| *known == name) {
                    name.push('_');
                }
                // at the span of the user's name, rustc would ask for camel case
                names.push((path.to_vec(), Ident::new_raw_or_plain(&name, Span::call_site())));
            }
        }
        TypeNames { names }
    }

    /// The name of a layer's struct.
    pub(in crate::emit) fn of(&self, path: &[String]) -> Option<&Ident> {
        self.names.iter().find(|(known, _)| known == path).map(|(_, name)| name)
    }
}
