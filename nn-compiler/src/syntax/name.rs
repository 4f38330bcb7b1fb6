//! Names: `r#type` and `type` are one, and both can be fields of emitted structs.

use proc_macro2::Span;
use syn::Ident;

/// Identifiers from any text.
pub(crate) trait RawOrPlain {
    /// `type` becomes `r#type`, and a character that no identifier can hold becomes `_`.
    fn new_raw_or_plain(name: &str, span: Span) -> Ident;
}

impl RawOrPlain for Ident {
    fn new_raw_or_plain(name: &str, span: Span) -> Ident {
        let plain = name.strip_prefix("r#").unwrap_or(name);
        // these cannot be raw either
        if matches!(plain, "self" | "super" | "crate" | "Self" | "_") {
            return Ident::new(&format!("{plain}_"), span);
        }
        // a keyword since the edition of 2024, which syn does not know of
        let parsed = syn::parse_str::<Ident>(plain).ok().filter(|_| plain != "gen");
        match parsed.or_else(|| syn::parse_str(&format!("r#{plain}")).ok()) {
            Some(mut ident) => {
                ident.set_span(span);
                ident
            }
            None => Ident::new(&sanitised(plain), span),
        }
    }
}

/// `s.a` becomes `s_a`.
fn sanitised(name: &str) -> String {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut name: String = name.chars().map(|letter| if allowed(letter) { letter } else { '_' }).collect();
    // a lone `_` is no name, and a digit begins none
    if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        name.insert_str(0, "n_");
    }
    name
}

/// Whether Rust keeps this word for itself.
pub(crate) fn is_keyword(word: &str) -> bool {
    Ident::new_raw_or_plain(word, Span::call_site()) != word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_becomes_an_identifier() {
        for (text, expected) in [
            ("fc1", "fc1"),
            ("type", "r#type"),
            ("r#type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("s.a", "s_a"),
            ("größe", "größe"),
            ("größe.a", "gr__e_a"),
            ("1", "n_1"),
            ("", "n_"),
            ("_", "__"),
        ] {
            assert_eq!(Ident::new_raw_or_plain(text, Span::call_site()).to_string(), expected, "{text}");
        }
    }
}
