//! The network that was written, as the macro will read it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use nn_compiler::errors::{Code, Errors};
use nn_compiler::lower::{self, Library, LibraryText, Mode};
use nn_compiler::lowered::{Lowered, StoredTensor};
use nn_compiler::syntax::ast::Network;
use nn_compiler::syntax::parse_network;
use proc_macro2::TokenStream;

use crate::{ImportError, Tensor};

/// Checks that a network compiles, and that its parameters and states are the tensors of the file.
pub(crate) fn check(source: &str, tensors: &BTreeMap<String, Tensor>) -> Result<(), ImportError> {
    let lowered = lowered(source)?;
    compare(&lowered, tensors).map_err(ImportError::Fault)
}

/// The equations of a network.
fn lowered(source: &str) -> Result<Lowered, ImportError> {
    let network = parsed(source).map_err(ImportError::Fault)?;
    let text = LibraryText::default();
    let library = Library::new(&network.formulas, &text);
    let mut errors = Errors::default();
    let lowered = catch_unwind(AssertUnwindSafe(|| lower::lower(&network, &library, Mode::Infer, &mut errors)));
    let lowered = lowered.map_err(|_| ImportError::Fault("the compiler has a fault".into()))?;
    let is_limit = |message: &String| message.ends_with(&Code::TooLarge.marked(""));
    match errors.messages() {
        [] => Ok(lowered),
        all if all.iter().all(is_limit) => Err(ImportError::TooLarge(all[0].clone())),
        all => Err(ImportError::Fault(all[0].clone())),
    }
}

fn parsed(source: &str) -> Result<Network, String> {
    let body = body(source).ok_or("there is no network")?;
    let tokens: TokenStream = body.parse().map_err(|error| format!("{error}"))?;
    parse_network(tokens).map_err(|mistake| mistake.to_string())
}

/// Compares the parameters and states with the tensors.
fn compare(lowered: &Lowered, tensors: &BTreeMap<String, Tensor>) -> Result<(), String> {
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
