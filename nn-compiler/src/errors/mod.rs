//! Mistakes are collected, so that the user sees all of them at once. Each has the code of its kind, under which the
//! index of errors explains it.

mod bug;
mod code;
mod mistake;
#[cfg(feature = "explain")]
pub mod registry;
mod suggestions;

use proc_macro2::{Span, TokenStream};

pub(crate) use bug::OrBug;
pub use bug::{Bug, bug};
pub use code::Code;
pub use mistake::{Mistake, Result};
pub use suggestions::{closest, plain, with_suggestion};

/// The mistakes found so far. Stages add to it and go on; the pipeline stops at a stage's border.
#[derive(Debug, Default)]
pub struct Errors {
    found: Option<syn::Error>,
    messages: Vec<String>,
}

impl Errors {
    /// Reports a mistake at a place in the user's source.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.add(Mistake::new(code, span, message));
    }

    /// Takes over a mistake, such as one of the parser.
    pub fn add(&mut self, mistake: Mistake) {
        self.show(mistake.into_error());
    }

    /// Reports a mistake of the compiler's own, which has no code: there is nothing that its reader could change.
    #[allow(clippy::disallowed_methods)] // it is no mistake
    pub fn report_bug(&mut self, span: Span, bug: &Bug) {
        self.show(syn::Error::new(span, bug));
    }

    fn show(&mut self, error: syn::Error) {
        self.messages.push(error.to_string());
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

    /// The number of mistakes so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.messages.len()
    }

    /// The text of every mistake, with its code, for tests and tools.
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
