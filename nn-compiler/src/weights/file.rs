//! A file against the tensors of a network.

use std::collections::BTreeMap;
use std::path::Path;

use nn_weights::{ANY_SIZE, Archive, Dtype, Expected, Plan, Problem, Rules, plan};
use proc_macro2::Span;
use syn::LitStr;

use super::{Assumed, EmbeddedWeights};
use crate::errors::{Code, Errors};
use crate::lowered::{Lowered, StoredTensor};
use crate::shape::Dim;
use crate::stored::named;
use crate::syntax::ast::{Network, WeightsFile};

/// The tensors of the network in the file; nothing after a mistake.
pub(super) fn fitting(
    network: &Network,
    written: &WeightsFile,
    lowered: &Lowered,
    errors: &mut Errors,
) -> Option<EmbeddedWeights> {
    let (path, span) = (written.path.value(), written.path.span());
    let mut refuse = |message: String| {
        errors.report(Code::WeightsFile, span, message);
        None
    };
    if !network.generics.is_empty() {
        return refuse(
            "a network with a file of weights has no type parameters: its sizes are numbers or constants".into(),
        );
    }
    let tensors = tensors(lowered);
    let bytes = match read(written) {
        Ok(bytes) => bytes,
        Err(message) => return refuse(message),
    };
    let convert = format!("help: `nn-import {path} -o fits.safetensors` makes a file that fits, once");
    // PyTorch's and NumPy's files are zip files
    if bytes.starts_with(b"PK\x03\x04") {
        return refuse(format!(
            "`{path}` is a file of PyTorch or NumPy, and a program takes its weights from safetensors\n\n{convert}"
        ));
    }
    let archive = match Archive::read(&bytes) {
        Ok(archive) => archive,
        Err(error) => return refuse(format!("`{path}` is no safetensors: {error}")),
    };
    let expected: Vec<Expected<'_>> = tensors.iter().map(|(name, shape)| Expected { name, shape }).collect();
    match plan(&expected, &archive, &rules(written)) {
        Ok(plan) => match begins(&plan, &archive, &bytes) {
            Ok(begins) => {
                let variable = written.variable.as_ref().map(LitStr::value);
                let assumed = assumed(&path, &tensors, &plan);
                Some(EmbeddedWeights { path, variable, len: bytes.len(), begins, assumed })
            }
            Err(message) => refuse(format!("`{path}` {message}\n\n{convert}")),
        },
        Err(problems) => {
            report(network, written, &problems, errors);
            None
        }
    }
}

/// The bytes of the file, or why there are none.
fn read(written: &WeightsFile) -> Result<Vec<u8>, String> {
    let path = written.path.value();
    let (file, help) = match &written.variable {
        None => {
            let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
            (Path::new(&folder).join(&path), "the path begins in the folder of `Cargo.toml`")
        }
        Some(variable) => {
            let variable = variable.value();
            let Some(mut value) = std::env::var_os(&variable) else {
                return Err(format!("`{variable}` is not set: cargo sets `OUT_DIR` for crates with a build script"));
            };
            value.push(&path);
            (value.into(), "the path is what a build script writes, and begins with `/`")
        }
    };
    std::fs::read(file).map_err(|error| format!("`{path}` cannot be read: {error}\n\nhelp: {help}"))
}

fn rules(written: &WeightsFile) -> Rules<'static> {
    let mut rules = Rules::new();
    written.renames.iter().for_each(|[from, to]| rules.rename(&from.value(), &to.value()));
    rules.single();
    if written.squeezed {
        rules.squeezed();
    }
    rules
}

/// The names and shapes of all that the network owns. A size that is a constant of the user's is any size here.
fn tensors(lowered: &Lowered) -> Vec<(String, Vec<usize>)> {
    let parts = [&lowered.parameters, &lowered.frozen, &lowered.states];
    let all = parts.into_iter().flat_map(|part| named(&part.iter().collect::<Vec<_>>(), 0, ""));
    all.map(|(name, stored)| (name, shape(stored))).collect()
}

fn shape(stored: &StoredTensor) -> Vec<usize> {
    let known = |size: &Dim| size.literal().and_then(|size| usize::try_from(size).ok());
    stored.shape.iter().map(|size| known(size).unwrap_or(ANY_SIZE)).collect()
}

/// The shapes of the file where those of the network are not known.
fn assumed(path: &str, tensors: &[(String, Vec<usize>)], plan: &Plan) -> Vec<Assumed> {
    let open = tensors.iter().zip(&plan.taken).enumerate().filter(|(_, ((_, shape), _))| shape.contains(&ANY_SIZE));
    open.map(|(tensor, ((name, _), taken))| {
        let message = format!(
            "`{path}` does not fit: `{name}` is {} in the file, and has another shape in the network",
            taken.shape
        );
        Assumed { tensor, shape: taken.shape.0.clone(), message }
    })
    .collect()
}

/// Where each tensor begins in the file.
fn begins(plan: &Plan, archive: &Archive<'_>, bytes: &[u8]) -> Result<Vec<usize>, String> {
    let begin = |taken: &nn_weights::Taken| {
        let stored = archive.tensors.iter().find(|stored| stored.name == taken.source);
        let stored = stored.ok_or_else(|| format!("has no `{}`", taken.source))?;
        match (&stored.dtype, stored.bytes()) {
            (Dtype::F32, Some(own)) => Ok(own.as_ptr().addr() - bytes.as_ptr().addr()),
            (Dtype::F32, None) => Err(format!("has `{}` in another order, or compressed", taken.source)),
            (other, _) => Err(format!("has `{}` as {other}, and the program takes F32", taken.source)),
        }
    };
    plan.taken.iter().map(begin).collect()
}

/// What is wrong, with what undoes it while compiling.
fn text(problem: &Problem, path: &str) -> String {
    match problem {
        Problem::Misshapen { name, expected, found, axes: Some(axes) } => {
            let axes = axes.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            format!(
                "`{name}` is {found} in the file and {expected} in the network: it is transposed, which `nn-import {path} -o \
                 fits.safetensors --transpose \"{name}={axes}\"` undoes, once"
            )
        }
        other => other.to_string(),
    }
}

/// Reports what a layer lacks at the layer, and everything else at the file.
fn report(network: &Network, written: &WeightsFile, problems: &[Problem], errors: &mut Errors) {
    let path = written.path.value();
    let place = |problem: &Problem| -> Option<(usize, Span)> {
        let first = problem.of_network()?.split('.').next()?;
        let fields = network.fields().enumerate();
        fields
            .map(|(at, field)| (at, field.name().clone()))
            .find(|(_, name)| name == first)
            .map(|(at, name)| (at, name.span()))
    };
    // first those of the file, then those of each layer in order
    let mut by_place: BTreeMap<Option<usize>, (Span, Vec<String>)> = BTreeMap::new();
    let is_part = |problem: &Problem| matches!(problem, Problem::OtherPart { .. });
    for problem in problems.iter().filter(|problem| !is_part(problem)) {
        let (at, span) = place(problem).map_or((None, written.path.span()), |(at, span)| (Some(at), span));
        by_place.entry(at).or_insert((span, Vec::new())).1.push(text(problem, &path));
    }
    if let Some(text) = other_parts(written, problems) {
        by_place.entry(None).or_insert((written.path.span(), Vec::new())).1.push(text);
    }
    for (span, texts) in by_place.into_values() {
        let message = match texts.as_slice() {
            [one] => format!("`{path}` does not fit: {one}"),
            all => format!("`{path}` does not fit:\n  {}", all.join("\n  ")),
        };
        errors.report(Code::WeightsFile, span, message);
    }
}

/// How the parts of a file that the network has not are left out. A network in a program is whole.
fn other_parts(written: &WeightsFile, problems: &[Problem]) -> Option<String> {
    let parts = problems.iter().filter_map(|problem| match problem {
        Problem::OtherPart { part, of_network: false, .. } => Some(format!(" --except {part}")),
        _ => None,
    });
    let parts: String = parts.collect();
    // the names that `nn-import` sees are those of the file
    let is_named = written.renames.is_empty() && !parts.is_empty();
    is_named.then(|| {
        format!(
            "`nn-import {} -o fits.safetensors{parts}` leaves out what the network has not, once",
            written.path.value()
        )
    })
}
