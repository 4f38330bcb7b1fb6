//! What a network takes, in words.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::emitter::Emitter;
use crate::emit::naming::generics::Generics;
use crate::lowered::Port;
use crate::shape::display_shape;

impl Emitter<'_> {
    /// The implementation of `Accepts`, which rustc answers with the shape of the network's input.
    pub(super) fn accepts(&self, input: &TokenStream) -> TokenStream {
        let ports = &self.infer.inputs;
        let takes = match ports.as_slice() {
            [port] => self.in_words(port),
            many => {
                let fields = many.iter().map(|port| format!("`{}`: {}", port.name, self.in_words(port)));
                let fields: Vec<String> = fields.collect();
                format!("a `{}Input` of {}", self.family, fields.join(", "))
            }
        };
        accepts(&self.network.name, &self.network.generics, &self.generics, input, &takes)
    }

    /// `a tensor of [1, 28, 28]`
    fn in_words(&self, port: &Port) -> String {
        let of = self.infer.program.at(port.tensor);
        let shape = display_shape(of.sample_shape());
        match &of.bound {
            None => format!("a tensor of {shape}"),
            Some(bound) if of.sample_shape().is_empty() => format!("a `usize` below {bound}"),
            Some(bound) => format!("a tensor of {shape} of `usize` below {bound}"),
        }
    }
}

/// The trait whose message says what a network takes, and `Accepts` by it.
pub(super) fn accepts(
    name: &Ident,
    parameters: &[Ident],
    generics: &Generics,
    input: &TokenStream,
    takes: &str,
) -> TokenStream {
    let Generics { apply, bounds, .. } = generics;
    // braces have a meaning in these texts
    let takes = takes.replace('{', "{{").replace('}', "}}");
    let (message, label) =
        (format!("`{name}` takes a reference to {takes}"), format!("this is no reference to {takes}"));
    quote!(nn::accepts! { #message, #label, [#(#parameters,)* T: nn::Scalar,] #name #apply, #input, [#bounds] })
}
