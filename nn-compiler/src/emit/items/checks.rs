//! Checks while compiling, and before a network runs.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::emit::emitter::Emitter;
use crate::emit::naming::generics::Generics;
use crate::emit::naming::identifiers::ident;
use crate::lowered::Port;

impl Emitter<'_> {
    /// Compiles only if the struct of the network has these fields and no other: an attribute macro of the user, which
    /// sees the struct before rustc does, must not hide something in its padding.
    pub(in crate::emit) fn only_fields(&self, params: &TokenStream, state: Option<&TokenStream>) -> TokenStream {
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let fields = if state.is_some() { quote!(params, state) } else { quote!(params) };
        quote! {
            #[allow(dead_code)]
            fn only_fields #declare (network: #name #apply) -> (#params, #state) #bounds {
                let #name { #fields } = network;
                (#fields,)
            }
        }
    }

    /// The conditions on sizes that the macro cannot see, checked when rustc knows them.
    pub(in crate::emit) fn obligations(&self) -> TokenStream {
        if self.infer.obligations.is_empty() {
            return TokenStream::new();
        }
        let checks = self.infer.obligations.iter().map(|obligation| {
            let (plus, minus) = obligation.not_negative.split_signs();
            let (plus, minus) = (self.outer_sizes.value(&plus), self.outer_sizes.value(&minus));
            let fails = if obligation.zero { quote!(#plus != #minus) } else { quote!(#plus < #minus) };
            let message = &obligation.message;
            let symbols = obligation.not_negative.symbols();
            let sizes = symbols.iter().map(|symbol| {
                let value = self.outer_sizes.constant(symbol);
                quote!((#symbol, Self::#value))
            });
            let text = quote!(nn::with_sizes(#message, &[#(#sizes),*]));
            quote_spanned!(obligation.place=> if #fails { ::core::panic!("{}", #text.as_str()) })
        });
        quote!(const SIZES_FIT: () = { #(#checks)* };)
    }

    /// Checks that every class of a sample is in range.
    pub(in crate::emit) fn check(&self, ports: &[Port], function: &str, associated: &str) -> TokenStream {
        let program = &self.infer.program;
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
