//! The macros that `#[layer]` and `formulas!` define, expanded as rustc does it.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

/// Macros that hand on formulas, by the names under which they are used.
#[derive(Clone, Default)]
pub struct Macros {
    formulas: BTreeMap<String, TokenStream>,
}

impl Macros {
    /// Takes over the macros that are defined in expanded code.
    pub fn learn(&mut self, expanded: TokenStream) {
        let tokens: Vec<TokenTree> = expanded.into_iter().collect();
        for window in tokens.windows(4) {
            let [TokenTree::Ident(word), _, TokenTree::Ident(name), TokenTree::Group(rules)] = window else { continue };
            let name = name.to_string();
            let used = name.strip_prefix("__nn_formulas_").or_else(|| name.strip_prefix("__nn_network_"));
            if let (true, Some(used), Some(formulas)) = (word == "macro_rules", used, handed(rules)) {
                self.formulas.insert(used.to_string(), formulas);
            }
        }
    }

    /// Expands a network until no macro of these is called any more.
    pub fn expand(&self, tokens: &TokenStream) -> TokenStream {
        let mut expanded = nn_compiler::entry::network(quote!([::nn_core] [alloc] [] #tokens));
        // each call has one `use` less
        while let Some((formulas, arguments)) = self.call(&expanded) {
            let mut arguments = arguments.into_iter();
            let mut next = || arguments.next().expect("a macro of formulas is called with three groups");
            let (krate, flags, TokenTree::Group(others)) = (next(), next(), next()) else {
                panic!("a macro of formulas is called without a group of formulas: {expanded}")
            };
            let (others, network) = (others.stream(), arguments.collect::<TokenStream>());
            expanded = nn_compiler::entry::network(quote!(#krate #flags [#others #formulas] #network));
        }
        expanded
    }

    /// What the macro that is called hands on, and the arguments of the call; `None` if it is not known.
    fn call(&self, expanded: &TokenStream) -> Option<(&TokenStream, TokenStream)> {
        let tokens: Vec<TokenTree> = expanded.clone().into_iter().collect();
        match tokens.as_slice() {
            [.., TokenTree::Ident(name), TokenTree::Punct(sign), TokenTree::Group(arguments)]
                if sign.as_char() == '!' && name != "compile_error" =>
            {
                Some((self.formulas.get(&name.to_string())?, arguments.stream()))
            }
            _ => None,
        }
    }
}

/// The last tokens of the group of formulas in `($krate) => { … { [krate] [flags] [$($formulas)* these] … } };`.
fn handed(rules: &Group) -> Option<TokenStream> {
    let body = last_braces(rules.stream())?;
    let call = last_braces(body)?;
    let groups = call.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => Some(group.stream()),
        _ => None,
    });
    const OTHERS: usize = 3; // `$`, `(…)`, `*`
    Some(groups.into_iter().nth(2)?.into_iter().skip(OTHERS).collect())
}

fn last_braces(tokens: TokenStream) -> Option<TokenStream> {
    let braces = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    });
    braces.last()
}
