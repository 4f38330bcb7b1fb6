//! Sizes of the program around the network: constants, constant expressions and types.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;

use crate::errors::Code;
use crate::lower::environment::{Binding, Environment};
use crate::lower::lowering::Lowering;
use crate::lower::shape::sizes::typenum_literal;
use crate::lowered::SizeSource;
use crate::shape::Dim;
use crate::syntax::ast::Expression;

impl Lowering<'_> {
    /// A size of the program: a number if its name says so, else a symbol. The macro cannot see what a name stands for:
    /// in capitals it is a constant, else a typenum type.
    pub(super) fn outside_size(&mut self, name: &str, tokens: TokenStream) -> Dim {
        if let Some(value) = typenum_literal(name) {
            return Dim::from(value);
        }
        let name = name.replace(' ', "");
        if !self.generics.contains(&name) {
            let source = if is_constant_path(&name) { SizeSource::Constant(tokens) } else { SizeSource::Type(tokens) };
            return self.program_size(name, source);
        }
        Dim::symbol(&name)
    }

    /// A size in braces that is more than arithmetic: functions of sizes, or a constant expression of Rust.
    pub(super) fn braced_size(
        &mut self,
        tokens: Option<&TokenStream>,
        value: &crate::errors::Result<Expression>,
        environment: &Environment,
        place: Span,
    ) -> Option<Dim> {
        if let Ok(value) = value
            && self.is_size(value, environment)
        {
            return self.size(value, environment);
        }
        let Some(tokens) = tokens else {
            return self.mistake(
                Code::NotASize,
                place,
                "as a size, braces hold arithmetic of sizes or a constant expression of Rust",
            );
        };
        let is_bound = |name: &syn::Ident| {
            let name = name.to_string();
            self.generics.contains(&name) || matches!(environment.names.get(&name), Some(Binding::Size(..)))
        };
        if let Some(name) = names_in(tokens.clone()).into_iter().find(is_bound) {
            // what is used several times is one mistake
            if !self.unknown_sizes.insert(tokens.to_string()) {
                return None;
            }
            let message = format!(
                "in braces with `{name}`, which differs from use to use, there may be numbers, sizes, `+`, `-`, `*` and `/` only"
            );
            return self.mistake(Code::NotASize, place, message);
        }
        let name = format!("{{{tokens}}}");
        Some(self.program_size(name, SizeSource::Constant(quote!({ #tokens }))))
    }

    /// A size of the program: the size that it must have, where the conditions of the network say so.
    fn program_size(&mut self, name: String, source: SizeSource) -> Dim {
        let size = self.known_sizes.get(&name).cloned().unwrap_or_else(|| Dim::symbol(&name));
        self.out.symbols.insert(name, source);
        size
    }
}

/// Whether a name, the last of a path, is one that Rust's constants have: two letters or more, all of them capitals.
pub(crate) fn is_constant_path(path: &str) -> bool {
    let name = path.rsplit("::").next().unwrap_or(path);
    name.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && !name.chars().any(char::is_lowercase)
}

/// All names in a text.
fn names_in(tokens: TokenStream) -> Vec<syn::Ident> {
    let names = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Ident(name) => vec![name],
        TokenTree::Group(group) => names_in(group.stream()),
        _ => Vec::new(),
    });
    names.collect()
}
