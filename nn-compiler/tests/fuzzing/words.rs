//! The dictionary of the fuzz targets, which has the words of the language.

use proc_macro2::{TokenStream, TokenTree};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/dictionary");

/// The tokens of each entry.
///
/// # Panics
/// If the dictionary cannot be read, or an entry is no sequence of tokens.
pub fn words() -> Vec<Vec<TokenTree>> {
    let text = std::fs::read_to_string(FILE).unwrap_or_else(|error| panic!("{FILE}: {error}"));
    let entries = text.lines().filter(|line| line.starts_with('"'));
    let tokens = entries.map(|entry| {
        let text = unescaped(entry);
        let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{FILE}: {entry}: {error}"));
        tokens.into_iter().collect()
    });
    tokens.collect()
}

/// The text of an entry `"…"`, in which `\"`, `\\` and `\xNN` stand for a byte each.
fn unescaped(entry: &str) -> String {
    let inside = entry.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let mut rest = inside.unwrap_or_else(|| panic!("{FILE}: {entry}: an entry ends with a quote")).bytes();
    let mut bytes = Vec::new();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'\\' => match rest.next() {
                Some(b'x') => {
                    let digits: String = rest.by_ref().take(2).map(char::from).collect();
                    u8::from_str_radix(&digits, 16).unwrap_or_else(|error| panic!("{FILE}: {entry}: {error}"))
                }
                Some(escaped) => escaped,
                None => panic!("{FILE}: {entry}: nothing stands behind the last backslash"),
            },
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap_or_else(|error| panic!("{FILE}: {entry}: {error}"))
}
