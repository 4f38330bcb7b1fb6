//! The trait of the sizes that are not numbers, and these sizes as types and constants.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::emitter::Emitter;
use crate::emit::naming::identifiers::{dims_trait, ident};
use crate::shape::{Atom, Dim};

impl Emitter<'_> {
    /// The trait that names all sizes that are not numbers, and its implementation.
    pub(in crate::emit) fn dims(&self) -> TokenStream {
        if !self.symbolic {
            return TokenStream::new();
        }
        let krate = self.krate;
        let (visibility, name) = (&self.network.visibility, dims_trait(self.family));
        let parameters = &self.network.generics;
        let mut bounds: Vec<TokenStream> = parameters.iter().map(|p| quote!(#p: #krate::Dim)).collect();
        let (mut declared, mut defined) = (Vec::new(), Vec::new());
        for dim in &self.typed_dims {
            let own = self.struct_sizes.derived(dim);
            let doc = format!(" `{dim}`");
            declared.push(quote!(#[doc = #doc] type #own: #krate::Dim;));
            let ty = self.type_of(dim, &mut bounds);
            defined.push(quote!(type #own = #ty;));
        }
        let supertraits = supertraits();
        let doc = format!(" The sizes of [`{}`].", self.network.name);
        let message = format!("these sizes do not fit the layers of `{}`", self.network.name);
        quote! {
            #[doc = #doc]
            #[diagnostic::on_unimplemented(message = #message)]
            #visibility trait #name: #supertraits { #(#declared)* }
            #[diagnostic::do_not_recommend]
            impl<#(#parameters),*> #name for (#(#parameters,)*) where #(#bounds),* { #(#defined)* }
        }
    }

    /// A size as a type made of typenum's operators, with the bounds that they need.
    fn type_of(&self, dim: &Dim, bounds: &mut Vec<TokenStream>) -> TokenStream {
        let krate = self.krate;
        let (constant, terms) = dim.parts();
        let number = |value: i64| quote!(#krate::size!(#value));
        let mut result: Option<TokenStream> = None;
        let operate = |a: TokenStream, operator: &str, b: TokenStream, bounds: &mut Vec<TokenStream>| {
            let operator = ident(operator);
            bounds.push(quote!(#a: ::core::ops::#operator<#b>));
            let output = quote!(<#a as ::core::ops::#operator<#b>>::Output);
            bounds.push(quote!(#output: #krate::Dim));
            output
        };
        let mut signed: Vec<(TokenStream, bool)> = Vec::new();
        for (factors, coefficient) in terms {
            let mut product: Option<TokenStream> = None;
            for atom in factors {
                let own = self.atom_type(atom, bounds);
                product = Some(match product {
                    None => own,
                    Some(product) => operate(product, "Mul", own, bounds),
                });
            }
            let mut product = product.unwrap_or_else(|| number(1));
            if coefficient.unsigned_abs() != 1 {
                let by = coefficient.abs();
                product = operate(product, "Mul", quote!(#krate::size!(#by)), bounds);
            }
            signed.push((product, *coefficient > 0));
        }
        if constant != 0 {
            let size = constant.abs();
            signed.push((quote!(#krate::size!(#size)), constant > 0));
        }
        signed.sort_by_key(|(_, positive)| !positive);
        for (term, positive) in signed {
            result = Some(match result {
                None => term,
                Some(sum) => operate(sum, if positive { "Add" } else { "Sub" }, term, bounds),
            });
        }
        result.unwrap_or_else(|| number(0))
    }

    fn atom_type(&self, atom: &Atom, bounds: &mut Vec<TokenStream>) -> TokenStream {
        match atom {
            Atom::Samples => quote!(()),
            Atom::Symbol(name) => match self.infer.symbols.get(&**name) {
                Some(tokens) => tokens.clone(),
                None => {
                    let name = ident(name);
                    quote!(#name)
                }
            },
            Atom::Quotient(a, b) => {
                let (a, b) = (self.type_of(a, bounds), self.type_of(b, bounds));
                bounds.push(quote!(#a: ::core::ops::Div<#b>));
                let output = quote!(<#a as ::core::ops::Div<#b>>::Output);
                let krate = self.krate;
                bounds.push(quote!(#output: #krate::Dim));
                output
            }
        }
    }

    /// The constants by which the functions know sizes that are not numbers.
    pub(in crate::emit) fn size_constants(&self) -> TokenStream {
        let mut symbols: Vec<String> = self.network.generics.iter().map(ToString::to_string).collect();
        symbols.extend(self.infer.symbols.keys().cloned());
        let lines = symbols.iter().map(|symbol| {
            let name = self.outer_sizes.constant(symbol);
            let ty = self.outer_sizes.ty(&Dim::symbol(symbol));
            quote!(const #name: usize = <#ty as nn::Dim>::SIZE;)
        });
        quote!(#(#lines)*)
    }
}

/// What the type of all sizes can do, so that structs with a marker of it can be derived.
pub(super) fn supertraits() -> TokenStream {
    quote! {
        ::core::marker::Copy
            + ::core::marker::Send
            + ::core::marker::Sync
            + ::core::default::Default
            + ::core::fmt::Debug
            + 'static
    }
}
