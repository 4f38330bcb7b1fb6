//! The texts that are changed: networks and formulas for this purpose, and the formulas of the library.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

/// A text.
pub struct Seed {
    /// What it is called in messages.
    pub name: String,
    /// What stands in `network! { … }` or `formulas! { … }`.
    pub tokens: TokenStream,
}

/// Networks.
pub fn networks() -> Vec<Seed> {
    files("tests/seeds/networks")
}

/// Modules of formulas.
pub fn formulas() -> Vec<Seed> {
    files("tests/seeds/formulas")
}

/// The formulas of the library, each with its examples in a module of its own.
pub fn library() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for file in files("library") {
        for (at, formula) in parts(file.tokens).into_iter().enumerate() {
            let formula: TokenStream = formula.into_iter().collect();
            seeds.push(Seed { name: format!("{} {at}", file.name), tokens: quote!(mod part { #formula }) });
        }
    }
    seeds
}

/// The files of a folder of nn-compiler, by their names.
fn files(folder: &str) -> Vec<Seed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../nn-compiler").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    let seed = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let tokens = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Seed { name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), tokens }
    };
    paths.iter().map(seed).collect()
}

/// The formulas of a file: each begins with a word behind the end of what is in front of it.
fn parts(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts: Vec<Vec<TokenTree>> = Vec::new();
    let mut at_end = true;
    for token in tokens {
        let begins = match &token {
            TokenTree::Ident(word) => ["fn", "layer", "loss", "size"].iter().any(|w| word == w),
            TokenTree::Punct(sign) => sign.as_char() == '#', // its description
            _ => false,
        };
        let ends = match &token {
            TokenTree::Punct(sign) => sign.as_char() == ';',
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            _ => false,
        };
        if begins && at_end {
            parts.push(Vec::new());
        }
        at_end = ends;
        parts.last_mut().expect("a file of the library begins with a formula").push(token);
    }
    parts
}
