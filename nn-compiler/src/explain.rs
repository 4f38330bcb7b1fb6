//! A network as text: the steps of its forward pass, its derived gradient, its emitted code.

use std::fmt::Write;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::emit::{self, Options};
use crate::entry::{leading_use, module_bodies, parse_size};
use crate::equation::Program;
#[cfg(feature = "explain")]
use crate::errors::Code;
#[cfg(feature = "explain")]
use crate::errors::registry::{Entry, entry};
use crate::errors::{Errors, Mistake};
use crate::lowered::{Lowered, StoredTensor, SummaryRow};
use crate::pipeline::{Snapshot, compile_watched};
use crate::shape::{Dim, display_shape};
use crate::syntax::{ast, parse_imported, parse_network};

/// A `network!` of a file.
#[derive(Debug)]
pub struct Explained {
    /// The name of the network.
    pub name: String,
    /// Layers, shapes, parameters, operations.
    pub summary: String,
    /// The equations of the loss and its gradients as they were derived; without a loss there are none.
    pub derived: Program,
    /// The same after simplification, as they are laid out, scheduled and emitted.
    pub simplified: Program,
    /// The parameters in the order of the flat view, and their tensors in these programs.
    pub parameters: Vec<StoredTensor>,
    /// The emitted code.
    pub code: TokenStream,
}

/// Explains every network of a Rust file.
///
/// # Errors
/// The mistakes in it, as messages.
pub fn explain_file(text: &str) -> Result<Vec<Explained>, Vec<String>> {
    let tokens: TokenStream = text.parse().map_err(|error| vec![format!("this is not Rust: {error}")])?;
    let mut formulas = TokenStream::new();
    for body in macro_bodies(tokens.clone(), "formulas") {
        formulas.extend(module_bodies(body).map_err(message)?);
    }
    for body in macro_bodies(tokens.clone(), "size") {
        parse_size(body).map_err(message)?;
    }
    let mut explained = Vec::new();
    for body in macro_bodies(tokens, "network") {
        explained.push(explain(body.clone(), formulas.clone())?);
        let own = without_use(body).map_err(message)?;
        if parse_network(own.clone()).is_ok_and(|network| network.is_layer) {
            formulas.extend(quote!(network { #own }));
        }
    }
    Ok(explained)
}

/// Explains one network.
///
/// # Errors
/// The mistakes in it, as messages.
pub fn explain(tokens: TokenStream, formulas: TokenStream) -> Result<Explained, Vec<String>> {
    let network = without_use(tokens).and_then(parse_network).map_err(message)?;
    let formulas = parse_imported(formulas).map_err(message)?;
    let network = ast::Network { formulas: [network.formulas, formulas].concat(), ..network };
    let mut errors = Errors::default();
    let (mut derived, mut simplified) = Default::default();
    let compiled = compile_watched(&network, &mut errors, &mut |stage, program| match stage {
        Snapshot::Derived => derived = program.clone(),
        Snapshot::Simplified => simplified = program.clone(),
    });
    let Some(compiled) = compiled else { return Err(errors.messages().to_vec()) };
    let options = Options { krate: quote!(nn_core), alloc: true, annotate: true };
    Ok(Explained {
        name: network.name.to_string(),
        summary: summary(&compiled.infer),
        derived,
        simplified,
        parameters: compiled.train.parameters.clone(),
        code: emit::emit(&network, &compiled, &options),
    })
}

/// The bodies of all calls of a macro in a file.
fn macro_bodies(tokens: TokenStream, name: &str) -> Vec<TokenStream> {
    let mut bodies = Vec::new();
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let called = at >= 2
            && matches!(&tokens[at - 1], TokenTree::Punct(p) if p.as_char() == '!')
            && matches!(&tokens[at - 2], TokenTree::Ident(ident) if ident == name);
        if called { bodies.push(group.stream()) } else { bodies.extend(macro_bodies(group.stream(), name)) }
    }
    bodies
}

/// The tokens behind all `use path;` in front.
fn without_use(mut tokens: TokenStream) -> Result<TokenStream, Mistake> {
    while let Some((_, rest)) = leading_use(tokens.clone())? {
        tokens = rest;
    }
    Ok(tokens)
}

#[allow(clippy::needless_pass_by_value)] // as `map_err` gives it
fn message(mistake: Mistake) -> Vec<String> {
    vec![mistake.to_string()]
}

/// The steps of the forward pass as a table.
fn summary(lowered: &Lowered) -> String {
    let sum = |part: fn(&SummaryRow) -> &Dim| {
        lowered.steps.iter().fold(Dim::default(), |sum, step| sum.add(part(step)).unwrap_or(sum)).to_string()
    };
    let head = ["layer", "", "output", "parameters", "MACs"].map(String::from);
    let total = ["total".into(), String::new(), String::new(), sum(|step| &step.parameters), sum(|step| &step.macs)];
    let steps = lowered.steps.iter().map(|SummaryRow { name, kind, shape, parameters, macs }| {
        [name.clone(), kind.clone(), display_shape(shape), parameters.to_string(), macs.to_string()]
    });
    let rows: Vec<[String; 5]> = [head].into_iter().chain(steps).chain([total]).collect();
    let widest =
        |column: usize, least: usize| rows.iter().map(|row| row[column].chars().count()).fold(least, usize::max);
    let (first, second, third) = (widest(0, 16), widest(1, 34), widest(2, 16));
    let mut text = String::new();
    for [name, kind, shape, parameters, macs] in &rows {
        let _ = writeln!(text, "  {name:first$} {kind:second$} {shape:third$} {parameters:>12} {macs:>12}");
    }
    text
}

/// What a code means, as a page of Markdown: an example that has the mistake, what is said of it, and one that has not.
#[cfg(feature = "explain")]
#[must_use]
pub fn explain_code(code: Code) -> String {
    let Entry { title, explanation, wrong, right, .. } = entry(code);
    let messages = explain_file(wrong).err().unwrap_or_default();
    let said: Vec<String> = messages.iter().map(|message| format!("error: {message}")).collect();
    let said = said.join("\n\n");
    let explanation = wrapped(explanation);
    format!(
        "# {code}: {title}\n\n{explanation}\n\nWrong:\n\n```rust\n{wrong}\n```\n\n```text\n{said}\n```\n\nRight:\n\n```rust\n{right}\n```\n"
    )
}

/// A paragraph in lines that fit into a terminal.
#[cfg(feature = "explain")]
fn wrapped(paragraph: &str) -> String {
    const WIDTH: usize = 100;
    let mut text = String::new();
    let mut column = 0;
    for word in paragraph.split(' ') {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > WIDTH {
            text.push('\n');
            column = 0;
        } else if column > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += width;
    }
    text
}

/// Emitted code, formatted, with the formulas as comments.
#[cfg(feature = "explain")]
#[must_use]
pub fn formatted(code: &TokenStream) -> String {
    match syn::parse2(code.clone()) {
        Ok(file) => with_comments(&prettyplease::unparse(&file)),
        Err(error) => format!("{code}\n// this is not Rust: {error}"),
    }
}

/// Formatted code with the marked formulas turned into comments.
#[cfg(feature = "explain")]
fn with_comments(code: &str) -> String {
    let mut text = String::new();
    for line in code.lines() {
        let mark = "const _: &str = \"// ";
        match line.find(mark) {
            Some(at) => {
                let formula = line[at + mark.len()..].trim_end_matches("\";");
                let _ = writeln!(text, "{}// {formula}", &line[..at]);
            }
            None => {
                let _ = writeln!(text, "{line}");
            }
        }
    }
    text
}
