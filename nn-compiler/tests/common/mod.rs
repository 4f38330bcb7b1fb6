//! What the macro says of a text.

mod reported;

use nn_compiler::errors::Code;
use proc_macro2::TokenStream;
use quote::quote;

/// A mistake: what is said, and the token at which it is said.
#[derive(Debug)]
pub struct Mistake {
    #[allow(dead_code)] // not every test looks at it
    pub message: String,
    /// The message without its code.
    #[allow(dead_code)] // not every test looks at it
    pub words: String,
    #[allow(dead_code)] // not every test looks at it
    pub place: String,
}

/// The tokens that `network! { text }` becomes.
pub fn expand(tokens: &TokenStream) -> TokenStream {
    nn_compiler::entry::network(quote!([::nn_core] [alloc] [] #tokens))
}

/// The mistakes in expanded code.
pub fn mistakes(expanded: TokenStream) -> Vec<Mistake> {
    let mistake = |(message, place): (String, proc_macro2::Span)| {
        let words = without_code(&message);
        Mistake { message, words, place: place.source_text().unwrap_or_default() }
    };
    reported::reported(expanded).into_iter().map(mistake).collect()
}

/// A message without the code at the end of its headline, which each has; the index of errors is tested for the codes.
fn without_code(message: &str) -> String {
    let (headline, rest) = message.split_at(message.find('\n').unwrap_or(message.len()));
    let (words, code) = headline.rsplit_once(" [").unwrap_or_else(|| panic!("there is no code: {headline}"));
    let code = code.strip_suffix(']').map(str::parse::<Code>);
    assert!(code.is_some_and(|code| code.is_ok()), "there is no code: {headline}");
    format!("{words}{rest}")
}
