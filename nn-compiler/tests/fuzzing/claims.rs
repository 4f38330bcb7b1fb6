//! What holds for every expansion, whatever the tokens are.

#[path = "../common/reported.rs"]
mod reported;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// How the parser's library begins its messages, or parts of them that occur nowhere else.
const FOREIGN: [&str; 16] = [
    "expected identifier",
    "expected ident",
    "expected curly",
    "expected parenthes",
    "expected square",
    "expected one of:",
    "expected literal",
    "expected integer literal",
    "expected string literal",
    "expected attribute",
    "expected nested",
    "expected an expression",
    "expected path segment",
    "unexpected token",
    "unexpected end",
    "unsupported expression",
];

/// How a mistake of the compiler's own is reported.
const BUG: &str = "this is a mistake of nn-compiler";

/// What an expansion consists of.
pub struct Found {
    /// The number of its tokens.
    pub tokens: usize,
    /// The messages in it.
    pub messages: Vec<String>,
}

/// Holds that an expansion parses as Rust, and speaks of mistakes of the user only, in the words of the language.
///
/// # Errors
/// What does not hold.
pub fn check(expanded: &TokenStream) -> Result<Found, String> {
    for part in parts(expanded) {
        if let Err(error) = syn::parse2::<syn::File>(part.clone()) {
            return Err(format!("what is emitted does not parse ({error}):\n{part}"));
        }
    }
    let messages: Vec<String> = reported::reported(expanded.clone()).into_iter().map(|(message, _)| message).collect();
    for message in &messages {
        if message.contains(BUG) {
            return Err(message.clone());
        }
        if let Some(words) = FOREIGN.iter().find(|words| message.contains(*words)) {
            return Err(format!("`{words}` is not said here: {message}"));
        }
    }
    Ok(Found { tokens: count(expanded), messages })
}

/// The code of a network, if there is any.
pub fn network_code(expanded: &TokenStream) -> Option<TokenStream> {
    parts(expanded).into_iter().nth(1)
}

/// What is parsed by itself: the code of a network is handed through a macro, `network_Net! { key { code } }`, which
/// comes last.
fn parts(expanded: &TokenStream) -> Vec<TokenStream> {
    let mut tokens: Vec<TokenTree> = expanded.clone().into_iter().collect();
    let code = match tokens.as_slice() {
        [.., TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(arguments)]
            if name.to_string().starts_with("network_") =>
        {
            match arguments.stream().into_iter().nth(1) {
                Some(TokenTree::Group(code)) => Some(code.stream()),
                _ => None,
            }
        }
        _ => None,
    };
    if code.is_some() {
        tokens.pop();
        tokens.push(Group::new(Delimiter::Brace, TokenStream::new()).into());
    }
    [tokens.into_iter().collect()].into_iter().chain(code).collect()
}

/// The number of tokens, in groups too.
pub fn count(tokens: &TokenStream) -> usize {
    let inside = |token: TokenTree| if let TokenTree::Group(group) = token { count(&group.stream()) } else { 0 };
    tokens.clone().into_iter().map(|token| 1 + inside(token)).sum()
}
