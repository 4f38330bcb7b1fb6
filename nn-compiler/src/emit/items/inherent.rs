//! What is called on a network itself: `Net::PARAMS`, `Net::init(42)`.

use std::path::Path;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;

use crate::emit::emitter::{Emitter, Options};
use crate::syntax::ast::Network;
use crate::weights::{Assumed, EmbeddedWeights};

impl EmbeddedWeights {
    /// Its path as `include_bytes!` takes it.
    fn location(&self) -> TokenStream {
        let path = &self.path;
        if let Some(variable) = &self.variable {
            return quote!(::core::concat!(::core::env!(#variable), #path));
        }
        if Path::new(path).is_absolute() {
            return quote!(#path);
        }
        let path = format!("/{path}");
        quote!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path))
    }
}

impl Emitter<'_> {
    /// The network with the weights of a file, which lie in the program.
    pub(super) fn trained(&self) -> TokenStream {
        let Some(weights) = &self.compiled.weights else { return TokenStream::new() };
        let (krate, visibility, name) = (self.krate, &self.network.visibility, &self.network.name);
        let file = weights.location();
        let doc = format!(
            " The network with the weights of `{}`. They lie in the program: nothing is read, copied or allocated.",
            weights.path
        );
        let (len, begins) = (weights.len, &weights.begins);
        // a mistake that rustc finds in it is shown at the file
        let span = self.network.weights.as_ref().map_or_else(Span::call_site, |written| written.path.span());
        let assumed = weights.assumed.iter().map(|Assumed { tensor, shape, message }| {
            quote_spanned! { span.resolved_at(Span::call_site()) =>
                ::core::assert!(
                    #krate::private::has_shape::<#name<::core::primitive::f32>>(#tensor, &[#(#shape),*]),
                    "{}",
                    #message
                );
            }
        });
        quote! {
            #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery)]
            impl #name<::core::primitive::f32> {
                #[doc = #doc]
                #[must_use]
                #visibility fn trained() -> &'static Self {
                    const FILE: &[::core::primitive::u8; #len] = ::core::include_bytes!(#file);
                    static TRAINED: #krate::private::Embedded<#name<::core::primitive::f32>> = {
                        #(#assumed)*
                        #krate::private::Embedded::new(FILE, &[#(#begins),*])
                    };
                    TRAINED.network()
                }
            }
        }
    }
}

/// The items of the network of `f32`, so that `Net::PARAMS` says of which numbers. They stand outside of the anonymous
/// constant with the other implementations: rustc would say `_::<impl Net>::init` for `Net::init`.
pub(super) fn inherent_items(
    network: &Network,
    name: &Ident,
    bounds: &TokenStream,
    options: &Options,
    is_trained: bool,
) -> TokenStream {
    let (krate, visibility, parameters) = (&options.krate, &network.visibility, &network.generics);
    let train = is_trained.then(|| quote!(Train));
    let on_heap = options.alloc.then(|| quote!(#krate::private::on_heap! { #visibility, }));
    quote! {
        #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery)]
        impl <#(#parameters),*> #name <#(#parameters,)* ::core::primitive::f32> #bounds {
            #krate::private::figures! { #visibility, #train }
            #on_heap
        }
    }
}
