//! Mistakes are collected, so that the user sees all of them at once.

use proc_macro2::{Span, TokenStream};

/// The mistakes found so far. Stages add to it and go on; the pipeline stops at a stage's border.
#[derive(Debug, Default)]
pub struct Errors {
    found: Option<syn::Error>,
    messages: Vec<String>,
}

impl Errors {
    /// Reports a mistake at a place in the user's source.
    pub fn report(&mut self, span: Span, message: impl Into<String>) {
        let message = message.into();
        self.add(syn::Error::new(span, message));
    }

    /// Takes over what the parser found.
    pub fn add(&mut self, error: syn::Error) {
        self.messages.extend(error.clone().into_iter().map(|e| e.to_string()));
        match &mut self.found {
            Some(found) => found.combine(error),
            None => self.found = Some(error),
        }
    }

    /// Whether anything was reported.
    #[must_use]
    pub fn any(&self) -> bool {
        self.found.is_some()
    }

    /// The text of every mistake, for tests and tools.
    #[must_use]
    pub fn messages(&self) -> &[String] {
        &self.messages
    }

    /// The tokens that make rustc show the mistakes.
    #[must_use]
    pub fn into_tokens(self) -> TokenStream {
        self.found.map(|error| error.to_compile_error()).unwrap_or_default()
    }
}

/// The name among `known` that `name` was most likely meant to be.
pub fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (similarity(name, candidate), candidate))
        .filter(|(similarity, _)| *similarity > 0.75)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// From 0 to 1; case and underscores count for little, since `Conv2D` and `conv_2d` mean `Conv2d`.
fn similarity(a: &str, b: &str) -> f64 {
    let plain = |s: &str| s.to_lowercase().replace('_', "");
    strsim::jaro_winkler(&plain(a), &plain(b)).max(strsim::jaro_winkler(a, b))
}

/// Appends "did you mean …" to a message where a known name is close.
pub fn with_suggestion<'a>(message: String, name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match closest(name, known) {
        Some(known) => format!("{message}\n\nhelp: did you mean `{known}`?"),
        None => message,
    }
}
