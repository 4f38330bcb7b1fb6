//! What the macro says of a text.

mod reported;

use proc_macro2::TokenStream;
use quote::quote;

/// A mistake: what is said, and the token at which it is said.
#[derive(Debug)]
pub struct Mistake {
    pub message: String,
    #[allow(dead_code)] // not every test looks at it
    pub place: String,
}

/// The tokens that `network! { text }` becomes.
pub fn expand(tokens: &TokenStream) -> TokenStream {
    nn_compiler::entry::network(quote!([::nn_core] [alloc] [] #tokens))
}

/// The mistakes in expanded code.
pub fn mistakes(expanded: TokenStream) -> Vec<Mistake> {
    let mistake = |(message, place): (String, proc_macro2::Span)| Mistake {
        message,
        place: place.source_text().unwrap_or_default(),
    };
    reported::reported(expanded).into_iter().map(mistake).collect()
}
