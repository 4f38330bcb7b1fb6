//! The mistakes that expanded code reports.

use proc_macro2::{Span, TokenStream, TokenTree};

/// The messages of all `compile_error!` in expanded code, each with its place in the source.
pub fn reported(expanded: TokenStream) -> Vec<(String, Span)> {
    let tokens: Vec<TokenTree> = expanded.into_iter().collect();
    let mut found = Vec::new();
    for window in tokens.windows(3) {
        let [TokenTree::Ident(name), _, TokenTree::Group(group)] = window else { continue };
        if name == "compile_error" {
            found.push((syn::parse2::<syn::LitStr>(group.stream()).unwrap().value(), name.span()));
        }
    }
    found
}
