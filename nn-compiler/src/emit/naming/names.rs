//! Identifiers: readable, and each used once.

use std::collections::{HashMap, HashSet};

use proc_macro2::Span;
use syn::Ident;
use syn::ext::IdentExt;

use crate::emit::naming::identifiers::ident;
use crate::equation::Program;
use crate::symbolic::{IndexId, TensorId};
use crate::syntax::RawOrPlain;

/// The names of tensors and indices inside of one emitted function.
#[derive(Debug)]
pub(in crate::emit) struct VariableNames {
    taken: HashSet<String>,
    /// The last number that was given behind each name.
    numbers: HashMap<String, usize>,
    tensors: HashMap<TensorId, Ident>,
    indices: HashMap<IndexId, Ident>,
}

/// The names of emitted functions' own arguments and variables.
const RESERVED: [&str; 31] = [
    "row_values",
    "row_positions",
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
    "past",
    "next",
];

impl VariableNames {
    pub(in crate::emit) fn new() -> Self {
        let taken = RESERVED.iter().map(ToString::to_string).collect();
        let indices = HashMap::from([(IndexId::SAMPLE, Ident::new("sample", Span::call_site()))]);
        VariableNames { taken, numbers: HashMap::new(), tensors: HashMap::new(), indices }
    }

    /// A name that nothing else has.
    pub(in crate::emit) fn unique(&mut self, wanted: &str) -> Ident {
        let wanted = Ident::new_raw_or_plain(wanted, Span::call_site()).unraw().to_string();
        let mut name = wanted.clone();
        if !self.taken.insert(name.clone()) {
            let number = self.numbers.entry(wanted.clone()).or_insert(1);
            while !self.taken.insert(name.clone()) {
                *number += 1;
                name = format!("{wanted}_{number}");
            }
        }
        ident(&name)
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

impl VariableNames {
    /// Releases the name of a loop's variable behind the loop.
    pub(in crate::emit) fn release(&mut self, index: IndexId) {
        if let Some(name) = self.indices.remove(&index) {
            let name = name.unraw().to_string();
            self.taken.remove(&name);
            self.numbers.remove(name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_'));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::VariableNames;
    use crate::equation::Program;
    use crate::shape::Dim;

    #[test]
    fn released_names_are_given_again() {
        let mut program = Program::default();
        let [first, second, third] = [(); 3].map(|()| program.index("i", Dim::from(2)));
        let mut names = VariableNames::new();
        let given = [first, second].map(|index| names.index(&program, index).to_string());
        assert_eq!(given, ["i", "i_2"]);
        names.release(second);
        assert_eq!(names.index(&program, third), "i_2");
        assert_eq!(["x", "x", "x", "i"].map(|name| names.unique(name).to_string()), ["x", "x_2", "x_3", "i_3"]);
    }
}
