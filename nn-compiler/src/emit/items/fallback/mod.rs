//! The fallback after a mistake: the struct and the methods that its users call, so that one mistake gives one error
//! and not one for every use.

mod network;
mod ports;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::emitter::Options;
use crate::emit::items::dims::supertraits;
use crate::emit::items::fallback::network::Signatures;
use crate::emit::items::fallback::ports::{Ports, distinct};
use crate::emit::naming::identifiers::dims_trait;
use crate::lower::{Library, literal_size};
use crate::syntax::ast::{DerivativeKind, DerivativeName, ExpressionKind, Network, SizeItem, Type, TypedName};
use crate::syntax::is_reserved;

/// A network of which only the signatures are certain. It compiles and is never run.
#[must_use]
pub fn fallback(network: &Network, library: &Library<'_>, options: &Options) -> TokenStream {
    if is_reserved(&network.name) {
        return TokenStream::new();
    }
    let network = &with_distinct_generics(network);
    let krate = &options.krate;
    let (inputs, outputs) = match &network.forward {
        Some(forward) => (forward.inputs.as_slice(), forward.outputs.iter().map(as_numbers).collect()),
        None => (Default::default(), Vec::new()),
    };
    let own = Signatures::new(network, &network.name, options);
    let mut ports = Ports::new(network, krate);
    let input = ports.port(inputs, "Input");
    let output = ports.port(&outputs, "Output");
    let target = network.loss.as_ref().map(|loss| ports.target(loss, library, &output));
    let is_derived = target.is_some() || !network.derivatives.is_empty();
    let gradient = if is_derived { ports.numbers(inputs, "InputGradient") } else { TokenStream::new() };
    let loss = target.as_ref().map(|target| own.loss_impl(target, &gradient));
    let derivatives = network.derivatives.iter().map(|DerivativeName { kind, .. }| {
        let along = match kind {
            DerivativeKind::Jvp => &gradient,
            DerivativeKind::Hvp => target.as_ref()?,
            DerivativeKind::Vjp | DerivativeKind::Pullback => &output,
        };
        Some(own.derivative_impl(*kind, along, &gradient))
    });
    let stream = network.stream.map(|stream| {
        let (frame, given) = frames(inputs, &outputs, stream.axis);
        let (frame, given) = (ports.port(&frame, "Frame"), ports.port(&given, "FrameOutput"));
        own.stream_impl(&frame, &given)
    });
    let structs = ports.structs;
    let dims = sizes_trait(network, krate);
    let items = own.items(&input, &output);
    let folded = network.folded.as_ref().map(|folded| &folded.name);
    let folded = folded.filter(|name| !is_reserved(name) && **name != network.name).map(|name| {
        let items = Signatures::new(network, name, options).items(&input, &output);
        let fold = own.fold_impl(name);
        quote!(#items const _: () = { use #krate::private::{self as nn, scope::*}; #fold };)
    });
    quote! {
        #items
        #folded
        #structs
        #dims
        const _: () = {
            use #krate::private::{self as nn, scope::*};
            #loss
            #stream
            #(#derivatives)*
        };
    }
}

/// The inputs and outputs of a step, as far as the declaration says which of their sizes is time: that of the axis in the
/// first input.
fn frames(inputs: &[TypedName], outputs: &[TypedName], axis: i64) -> (Vec<TypedName>, Vec<TypedName>) {
    let place = |sizes: &[SizeItem]| {
        let from_front = if axis < 0 { axis + i64::try_from(sizes.len()).ok()? } else { axis };
        usize::try_from(from_front).ok().filter(|at| *at < sizes.len())
    };
    let text = |size: &SizeItem| match size {
        SizeItem::Size(size) => literal_size(size).map(|size| size.to_string()).or_else(|| match &size.kind {
            ExpressionKind::Name(name) => Some(name.to_string()),
            _ => None,
        }),
        SizeItem::Rest(_) => None,
    };
    let shape = inputs.first().and_then(|input| input.shape.as_ref());
    let time = shape.and_then(|shape| text(&shape.sizes[place(&shape.sizes)?]));
    let without = |port: &TypedName, at: &dyn Fn(&[SizeItem]) -> Option<usize>| {
        let mut port = port.clone();
        if let Some(shape) = &mut port.shape
            && let Some(at) = at(&shape.sizes)
        {
            shape.sizes.remove(at);
        }
        port
    };
    let of_time = |sizes: &[SizeItem]| sizes.iter().position(|size| time.is_some() && text(size) == time);
    let frame = inputs.iter().map(|input| without(input, &place)).collect();
    (frame, outputs.iter().map(|output| without(output, &of_time)).collect())
}

/// The trait of the sizes, which users name in bounds.
fn sizes_trait(network: &Network, krate: &TokenStream) -> TokenStream {
    let (visibility, generics) = (&network.visibility, &network.generics);
    if generics.is_empty() {
        return TokenStream::new();
    }
    let (dims, supertraits) = (dims_trait(&network.name), supertraits());
    quote! {
        #[doc(hidden)]
        #visibility trait #dims: #supertraits { #(type #generics: #krate::Dim;)* }
        impl<#(#generics: #krate::Dim),*> #dims for (#(#generics,)*) { #(type #generics = #generics;)* }
    }
}

/// The network with type parameters that Rust accepts, whatever their names were.
fn with_distinct_generics(network: &Network) -> Network {
    let accepted = |name: &Ident| {
        let clashes = is_reserved(name) || *name == network.name;
        if clashes { Ident::new(&format!("{name}_"), name.span()) } else { name.clone() }
    };
    let accepted: Vec<Ident> = network.generics.iter().map(accepted).collect();
    let generics = distinct(accepted.iter());
    let defaults = if generics == accepted { network.defaults.clone() } else { Vec::new() };
    Network { generics, defaults, ..network.clone() }
}

/// Outputs that were declared as indices are a mistake.
fn as_numbers(port: &TypedName) -> TypedName {
    let shape = port.shape.clone().map(|shape| Type { index: None, ..shape });
    TypedName { shape, ..port.clone() }
}
