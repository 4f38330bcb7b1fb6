//! A mistake of the user.

use std::fmt::{Display, Formatter};

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use super::Code;

/// The result of a stage that ends at the first mistake. It takes no error of `syn`, since such an error has no code.
pub type Result<T> = std::result::Result<T, Mistake>;

/// A mistake of a kind at a place. Its text has the code at the end of its first line.
#[derive(Debug, Clone)]
pub struct Mistake {
    code: Code,
    error: syn::Error,
}

impl Mistake {
    /// A mistake at a token.
    #[allow(clippy::disallowed_methods)] // it has a code
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Mistake { code, error: syn::Error::new(span, code.marked(&message.into())) }
    }

    /// A mistake at several tokens.
    #[allow(clippy::disallowed_methods)] // it has a code
    pub(crate) fn at_all(code: Code, tokens: impl ToTokens, message: &str) -> Self {
        Mistake { code, error: syn::Error::new_spanned(tokens, code.marked(message)) }
    }

    /// A mistake in the words of `syn`, with the code of what was being parsed.
    pub(crate) fn of_parser(code: Code, error: &syn::Error) -> Self {
        Mistake::new(code, error.span(), error.to_string())
    }

    /// Its kind.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// The tokens that make rustc show it.
    #[must_use]
    pub fn to_tokens(&self) -> TokenStream {
        self.error.to_compile_error()
    }

    pub(super) fn into_error(self) -> syn::Error {
        self.error
    }
}

impl Display for Mistake {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Mistake {}
