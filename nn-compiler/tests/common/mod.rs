//! What the macro says of a text.

use proc_macro2::{TokenStream, TokenTree};
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
    let tokens: Vec<TokenTree> = expanded.into_iter().collect();
    let mut found = Vec::new();
    for window in tokens.windows(3) {
        let [TokenTree::Ident(name), _, TokenTree::Group(group)] = window else { continue };
        if name != "compile_error" {
            continue;
        }
        let message = syn::parse2::<syn::LitStr>(group.stream()).unwrap().value();
        found.push(Mistake { message, place: name.span().source_text().unwrap_or_default() });
    }
    found
}
