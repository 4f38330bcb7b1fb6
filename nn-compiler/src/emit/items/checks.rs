//! Checks while compiling, and before a network runs.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use rustc_hash::FxHashSet;
use syn::Ident;

use crate::emit::emitter::Emitter;
use crate::emit::naming::generics::Generics;
use crate::emit::naming::identifiers::ident;
use crate::emit::naming::sizes::saturating;
use crate::equation::Program;
use crate::errors::Code;
use crate::lowered::{Obligation, Port};
use crate::shape::Dim;

impl Emitter<'_> {
    /// Compiles only if the struct of the network has these fields and no other: an attribute macro of the user, which
    /// sees the struct before rustc does, must not hide something in its padding.
    pub(in crate::emit) fn only_fields(&self, fields: &[(&str, &TokenStream)]) -> TokenStream {
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let names: Vec<Ident> = fields.iter().map(|(name, _)| ident(name)).collect();
        let types = fields.iter().map(|(_, ty)| ty);
        quote! {
            #[allow(dead_code)]
            fn only_fields #declare (network: #name #apply) -> (#(#types,)*) #bounds {
                let #name { #(#names),* } = network;
                (#(#names,)*)
            }
        }
    }

    /// The conditions on sizes of the program alone, which rustc checks with the rest of the program.
    pub(in crate::emit) fn fitting_sizes(&self) -> TokenStream {
        let krate = self.krate;
        let symbol = |name: &str| self.constant_name(&Dim::symbol(name)).into_token_stream();
        let checks = self
            .conditions(true)
            .into_iter()
            .map(|obligation| check(obligation, &|dim| saturating(dim, &symbol), &symbol, &quote!(#krate::private)));
        let bits = self.infer.symbols.keys().map(|name| {
            let constant = symbol(name);
            let message = format!("the size `{name}` is too large: it does not fit into 32 bits");
            let message = Code::SizeArithmetic.marked(&message);
            quote!(if #constant as u64 >> 32 != 0 { ::core::panic!("{}", #message) })
        });
        quote!(#(#bits)* #(#checks)*)
    }

    /// The conditions on sizes that depend on type parameters.
    pub(in crate::emit) fn late_obligations(&self) -> Vec<&Obligation> {
        self.conditions(false)
    }

    /// The conditions on sizes of the program alone, or those on others. Of equal ones the first is reported.
    fn conditions(&self, of_program: bool) -> Vec<&Obligation> {
        let mut seen = FxHashSet::default();
        let all = self.infer.obligations.iter();
        all.filter(|obligation| self.is_constant(&obligation.not_negative) == of_program)
            .filter(|obligation| seen.insert((&obligation.not_negative, obligation.zero)))
            .collect()
    }

    /// Their check, for each choice of the parameters.
    pub(in crate::emit) fn obligations(&self) -> TokenStream {
        let late = self.late_obligations();
        if late.is_empty() {
            return TokenStream::new();
        }
        let symbol = |name: &str| {
            let constant = self.outer_sizes.constant(name);
            quote!(Self::#constant)
        };
        let checks = late
            .into_iter()
            .map(|obligation| check(obligation, &|dim| self.outer_sizes.value(dim), &symbol, &quote!(nn)));
        quote!(const SIZES_FIT: () = { #(#checks)* };)
    }

    /// Checks that every class of a sample is in range.
    pub(in crate::emit) fn check(
        &self,
        program: &Program,
        ports: &[Port],
        [function, associated]: [&str; 2],
    ) -> TokenStream {
        let mut lines = Vec::new();
        for port in ports {
            let tensor = program.at(port.tensor);
            let Some(bound) = &tensor.bound else { continue };
            let (bound, name) = (self.outer_sizes.value(bound), &port.name);
            let field = ident(&port.name);
            let value = if ports.len() == 1 { quote!(value) } else { quote!(value.#field) };
            let list = if !tensor.sample_shape().is_empty() {
                quote!(#value.as_slice())
            } else if ports.len() == 1 {
                quote!(::core::slice::from_ref(value))
            } else {
                quote!(&[#value])
            };
            lines.push(match tensor.ignored {
                None => quote!(nn::check_indices(#list, #bound, #name, sample)),
                Some(ignored) => {
                    #[allow(clippy::cast_precision_loss)] // small
                    let ignored = crate::emit::functions::numbers::wrapped(ignored as f64);
                    quote!(nn::check_indices_or(#list, #bound, #ignored, #name, sample))
                }
            });
        }
        let Some(last) = lines.pop() else { return TokenStream::new() };
        let (function, associated) = (ident(function), ident(associated));
        quote! {
            fn #function(value: &Self::#associated, sample: usize) -> nn::Checked {
                #(#lines?;)*
                #last
            }
        }
    }
}

/// A condition that fails with its message and the sizes in it.
fn check(
    obligation: &Obligation,
    value: &dyn Fn(&Dim) -> TokenStream,
    symbol: &dyn Fn(&str) -> TokenStream,
    nn: &TokenStream,
) -> TokenStream {
    let (plus, minus) = obligation.not_negative.split_signs();
    let (plus, minus) = (value(&plus), value(&minus));
    let fails = if obligation.zero { quote!(#plus != #minus) } else { quote!(#plus < #minus) };
    let message = obligation.code.marked(&obligation.message);
    let sizes = obligation.not_negative.symbols().into_iter().map(|name| {
        let value = symbol(name);
        quote!((#name, #value))
    });
    let text = quote!(#nn::with_sizes(#message, &[#(#sizes),*]));
    quote_spanned!(obligation.place=> if #fails { ::core::panic!("{}", #text.as_str()) })
}
