//! The network that was written, as the macro will read it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use nn_compiler::errors::Errors;
use nn_compiler::lower::{self, Library, LibraryText, Mode};
use nn_compiler::lowered::StoredTensor;
use nn_compiler::syntax::parse_network;
use proc_macro2::TokenStream;

use crate::Tensor;

/// Checks that a network compiles, and that its parameters and states are the tensors of the file.
pub(crate) fn check(source: &str, tensors: &BTreeMap<String, Tensor>) -> Result<(), String> {
    let body = body(source).ok_or("there is no network")?;
    let tokens: TokenStream = body.parse().map_err(|error| format!("{error}"))?;
    let network = parse_network(tokens).map_err(|mistake| mistake.to_string())?;
    let text = LibraryText::default();
    let library = Library::new(&network.formulas, &text);
    let mut errors = Errors::default();
    let lowered = catch_unwind(AssertUnwindSafe(|| lower::lower(&network, &library, Mode::Infer, &mut errors)));
    let lowered = lowered.map_err(|_| "the compiler has a fault")?;
    if let Some(message) = errors.messages().first() {
        return Err(message.clone());
    }
    let mut declared = BTreeMap::new();
    for stored in lowered.parameters.iter().chain(&lowered.states) {
        let sizes: Option<Vec<i64>> = stored.shape.iter().map(nn_compiler::shape::Dim::literal).collect();
        for name in names(stored) {
            declared.insert(name, sizes.clone().unwrap_or_default());
        }
    }
    let given: BTreeMap<String, Vec<i64>> = tensors
        .iter()
        .map(|(name, tensor)| {
            (name.clone(), tensor.shape.iter().filter_map(|size| i64::try_from(*size).ok()).collect())
        })
        .collect();
    if declared == given { Ok(()) } else { Err(format!("it declares {declared:?}, and the weights are {given:?}")) }
}

/// The names of a tensor in all layers of the arrays that it is in.
fn names(stored: &StoredTensor) -> Vec<String> {
    let mut names = vec![String::new()];
    for (at, part) in stored.path.iter().chain([&stored.name]).enumerate() {
        let count = stored.arrays.iter().find(|(array, _)| *array == at).map(|(_, count)| *count);
        let dot = if at == 0 { "" } else { "." };
        let one = |name: &String| match count {
            Some(count) => (0..count).map(|number| format!("{name}{dot}{part}.{number}")).collect(),
            None => vec![format!("{name}{dot}{part}")],
        };
        names = names.iter().flat_map(one).collect();
    }
    names
}

/// What stands in `network! { … }`.
fn body(source: &str) -> Option<&str> {
    let (_, rest) = source.split_once("network! {")?;
    rest.trim_end().strip_suffix('}')
}
