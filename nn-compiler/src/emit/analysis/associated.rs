//! Associated constants in a text: `Self::SIZE_IN` becomes the name of an argument, since a function inside of a method
//! does not know `Self`.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};

/// The text with the names of the constants in place of their paths, and these names.
pub(in crate::emit) fn constants_as_names(text: TokenStream) -> (TokenStream, Vec<Ident>) {
    let mut names = Vec::new();
    (replace(text, &mut names), names)
}

fn replace(text: TokenStream, names: &mut Vec<Ident>) -> TokenStream {
    let tokens: Vec<TokenTree> = text.into_iter().collect();
    let (mut replaced, mut at) = (TokenStream::new(), 0);
    while let Some(token) = tokens.get(at) {
        at += 1;
        match (token, &tokens[at..]) {
            (TokenTree::Ident(of), [TokenTree::Punct(_), TokenTree::Punct(_), TokenTree::Ident(name), ..])
                if of == "Self" =>
            {
                if !names.contains(name) {
                    names.push(name.clone());
                }
                replaced.extend([TokenTree::Ident(name.clone())]);
                at += 3;
            }
            (TokenTree::Group(group), _) => {
                let inner = replace(group.stream(), names);
                replaced.extend([TokenTree::Group(Group::new(group.delimiter(), inner))]);
            }
            _ => replaced.extend([token.clone()]),
        }
    }
    replaced
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::constants_as_names;

    #[test]
    fn each_constant_is_named_once() {
        let text = quote!(for i in 0..Self::SIZE_IN {
            out[i * Self::SIZE_OUT + Self::SIZE_IN] = nn::zero::<T>();
        });
        let (replaced, names) = constants_as_names(text);
        assert_eq!(names, ["SIZE_IN", "SIZE_OUT"]);
        let expected = quote!(for i in 0..SIZE_IN {
            out[i * SIZE_OUT + SIZE_IN] = nn::zero::<T>();
        });
        assert_eq!(replaced.to_string(), expected.to_string());
    }
}
