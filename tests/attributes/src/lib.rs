//! An attribute macro as a user may put it on a network: it sees the struct before rustc does.

use proc_macro::{Group, TokenStream, TokenTree};

/// Adds the field `extra: u8` to a struct.
#[proc_macro_attribute]
pub fn with_a_field(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    // the fields stand last
    if let Some(TokenTree::Group(fields)) = tokens.pop() {
        let mut more = fields.stream();
        more.extend("extra: u8,".parse::<TokenStream>());
        tokens.push(TokenTree::Group(Group::new(fields.delimiter(), more)));
    }
    tokens.into_iter().collect()
}
