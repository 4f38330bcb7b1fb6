//! The trait of the sizes that are not numbers, and these sizes as types and constants.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::emit::emitter::Emitter;
use crate::emit::naming::identifiers::{dims_trait, ident};
use crate::emit::naming::sizes::saturating;
use crate::emit::naming::written_sizes::from_digits;
use crate::lowered::SizeSource;
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
        let (constants, others): (Vec<&Dim>, Vec<&Dim>) = self.typed_dims.iter().partition(|dim| self.is_constant(dim));
        let (mixed, others): (Vec<&Dim>, Vec<&Dim>) =
            others.into_iter().partition(|dim| !self.program_sizes_in(&[dim]).is_empty());
        let mut defined = Vec::new();
        for dim in others {
            let (own, ty) = (self.struct_sizes.derived(dim), self.type_of(dim, &mut bounds));
            defined.push(quote!(type #own = #ty;));
        }
        for dim in &constants {
            let (own, ty) = (self.struct_sizes.derived(dim), self.constant_name(dim));
            defined.push(quote!(type #own = #ty;));
        }
        let mixed = self.mixed(&mixed, &mut bounds, &mut defined);
        let constants = constants.into_iter().map(|dim| self.size_constant(dim));
        let declared = self.declared(&self.typed_dims);
        let fitting = self.fitting_sizes();
        let supertraits = supertraits();
        let doc = format!(" The sizes of [`{}`].", self.network.name);
        let message = self.sizes_message(&name);
        quote! {
            #[doc = #doc]
            #[diagnostic::on_unimplemented(message = #message)]
            #visibility trait #name: #supertraits { #declared }
            #[allow(non_upper_case_globals, non_camel_case_types, clippy::all, clippy::pedantic, clippy::nursery)]
            const _: () = {
                #(#constants)*
                #mixed
                #[diagnostic::do_not_recommend]
                impl<#(#parameters),*> #name for (#(#parameters,)*) where #(#bounds),* { #(#defined)* }
                #fitting
            };
        }
    }

    /// What rustc says where a function does not know that sizes fit.
    fn sizes_message(&self, name: &Ident) -> String {
        let given: Vec<String> = self.network.generics.iter().map(ToString::to_string).collect();
        let network = &self.network.name;
        if given.is_empty() {
            return format!("these sizes do not fit the layers of `{network}`");
        }
        let given = if let [one] = given.as_slice() { format!("{one},") } else { given.join(", ") };
        format!("`{network}` needs other sizes, or in a function that is generic over them `where ({given}): {name}`")
    }

    /// The declarations of sizes in a trait.
    fn declared<'d>(&self, dims: impl IntoIterator<Item = &'d Dim>) -> TokenStream {
        let krate = self.krate;
        let declare = |dim: &Dim| {
            let (own, doc) = (self.struct_sizes.derived(dim), format!(" `{dim}`"));
            quote!(#[doc = #doc] type #own: #krate::Dim;)
        };
        dims.into_iter().map(declare).collect()
    }

    /// The sizes that depend on the program and on type parameters, as a trait of their own that has the program's sizes as
    /// parameters: where rustc normalises bounds, it finds none that names a type it could normalise further.
    fn mixed(&self, dims: &[&Dim], bounds: &mut Vec<TokenStream>, defined: &mut Vec<TokenStream>) -> TokenStream {
        if dims.is_empty() {
            return TokenStream::new();
        }
        let (krate, parameters) = (self.krate, &self.network.generics);
        let constants = self.program_sizes_in(dims);
        let names: Vec<Ident> = constants.iter().map(|dim| self.constant_name(dim)).collect();
        let (mut own_bounds, mut own) = (Vec::new(), Vec::new());
        for dim in dims {
            let (name, ty) = (self.struct_sizes.derived(dim), self.type_of(dim, &mut own_bounds));
            own.push(quote!(type #name = #ty;));
            defined.push(quote!(type #name = <(#(#parameters,)*) as nn_Mixed<(#(#names,)*)>>::#name;));
        }
        bounds.push(quote!((#(#parameters,)*): nn_Mixed<(#(#names,)*)>));
        let declared = self.declared(dims.iter().copied());
        quote! {
            pub trait nn_Mixed<C> { #declared }
            impl<#(#parameters: #krate::Dim,)* #(#names: #krate::Dim),*> nn_Mixed<(#(#names,)*)> for (#(#parameters,)*)
            where #(#own_bounds),* { #(#own)* }
        }
    }

    /// The sizes of the program that others depend on.
    fn program_sizes_in(&self, dims: &[&Dim]) -> Vec<Dim> {
        let mut found: Vec<&str> = dims.iter().flat_map(|dim| dim.symbols()).collect();
        found.retain(|symbol| self.infer.symbols.contains_key(*symbol));
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(Dim::symbol).collect()
    }

    /// Whether a size depends on constants and types of the program alone, and on no type parameter.
    pub(in crate::emit) fn is_constant(&self, dim: &Dim) -> bool {
        dim.symbols().into_iter().all(|symbol| self.infer.symbols.contains_key(symbol))
    }

    /// The constant with the value of such a size, and its type. No item of a user has their name.
    fn size_constant(&self, dim: &Dim) -> TokenStream {
        let (krate, name) = (self.krate, self.constant_name(dim));
        let own = dim.as_symbol().and_then(|symbol| self.infer.symbols.get(symbol));
        let value = match own {
            Some(SizeSource::Type(ty)) => quote!(<#ty as #krate::Dim>::SIZE),
            Some(SizeSource::Constant(value)) => value.clone(),
            None => saturating(dim, &|symbol| {
                let name = self.constant_name(&Dim::symbol(symbol));
                quote!(#name)
            }),
        };
        let ty = from_digits(&quote!(#name), krate);
        quote! {
            const #name: ::core::primitive::usize = #value;
            type #name = #ty;
        }
    }

    pub(super) fn constant_name(&self, dim: &Dim) -> Ident {
        ident(&format!("nn_{}", self.struct_sizes.derived(dim)))
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
            Atom::Symbol(name) if self.infer.symbols.contains_key(&**name) => {
                self.constant_name(&Dim::symbol(name)).into_token_stream()
            }
            Atom::Symbol(name) => ident(name).into_token_stream(),
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
