//! The fallback after a mistake: the struct and the methods that its users call, so that one mistake gives one error
//! and not one for every use.

mod ports;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use self::ports::Ports;
use crate::emit::items::generics::{Generics, Inner};
use crate::emit::{Emitter, Options};
use crate::lower::Library;
use crate::syntax::ast::{ExpressionKind, FormulaKind, Loss, Network, Type, TypedName};
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
    let mut ports = Ports::new(network, krate);
    let [input, output] = [(inputs, "Input"), (&outputs, "Output")].map(|(all, suffix)| ports.port(all, suffix));
    let loss = network.loss.as_ref().map(|loss| {
        let target = match targets(loss, library) {
            Targets::Declared => ports.port(&loss.targets, "Target"),
            Targets::Class => quote!(::core::primitive::usize),
            Targets::LikeOutput => output.clone(),
        };
        let gradient = ports.numbers(inputs, "InputGradient");
        loss_impl(network, krate, &target, &gradient)
    });
    let own = network_items(network, &network.name, &input, &output, options);
    let folded = network.folded.as_ref().filter(|name| !is_reserved(name) && **name != network.name).map(|name| {
        let items = network_items(network, name, &input, &output, options);
        let fold = fold_impl(network, krate, name);
        quote!(#items const _: () = { use #krate::private::{self as nn, scope::*}; #fold };)
    });
    let (items, dims) = (ports.items, dims(network, krate));
    quote! {
        #own
        #folded
        #items
        #dims
        const _: () = {
            use #krate::private::{self as nn, scope::*};
            #loss
        };
    }
}

/// The trait of the sizes, if there are type parameters.
fn dims(network: &Network, krate: &TokenStream) -> Option<TokenStream> {
    let (visibility, generics) = (&network.visibility, &network.generics);
    let dims = Emitter::dims_trait(&network.name);
    (!generics.is_empty()).then(|| {
        quote! {
            #[doc(hidden)]
            #visibility trait #dims:
                ::core::marker::Copy
                + ::core::marker::Send
                + ::core::marker::Sync
                + ::core::default::Default
                + ::core::fmt::Debug
                + 'static
            { #(type #generics: #krate::Dim;)* }
            impl<#(#generics: #krate::Dim),*> #dims for (#(#generics,)*) { #(type #generics = #generics;)* }
        }
    })
}

/// The type parameters of a network's implementations.
fn generics_of(network: &Network, krate: &TokenStream) -> Generics {
    Emitter::generics_of(network, &network.name, krate, !network.generics.is_empty())
}

/// The structs of a network, or of the one that it is folded into, and of its parameters.
fn network_items(
    network: &Network,
    name: &Ident,
    input: &TokenStream,
    output: &TokenStream,
    options: &Options,
) -> TokenStream {
    let krate = &options.krate;
    let (visibility, symbolic) = (&network.visibility, !network.generics.is_empty());
    let Generics { declare, declare_default, apply, bounds } = generics_of(network, krate);
    let params = Emitter::ident(&format!("{name}Params"));
    let inner = Emitter::inner_generics(network, &network.name, krate, [symbolic, true]);
    let Inner { declare: params_declare, bare, apply: params_apply, outer } = inner;
    let fields = distinct(network.layers.iter().map(|layer| &layer.name));
    let marker = Emitter::marker(symbolic, true, fields.iter().map(ToString::to_string));
    let compiled = compiled_impl(network, krate, name, &quote!(#params #outer), [input, output]);
    let on_heap = options.alloc.then(|| on_heap(network, krate, name));
    quote! {
        #[doc(hidden)]
        #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #params #params_declare { #(pub #fields: #krate::private::Unknown,)* #marker }
        #[doc(hidden)]
        #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #name #declare_default #bounds { pub params: #params #outer }
        const _: () = {
            use #krate::private::{self as nn, scope::*};
            unsafe impl #declare nn::Fields for #name #apply #bounds {
                type Element = T;
                type Parts = ();
            }
            unsafe impl #bare nn::Fields for #params #params_apply {
                type Element = T;
                type Parts = ();
            }
            #compiled
            #on_heap
        };
    }
}

fn compiled_impl(
    network: &Network,
    krate: &TokenStream,
    name: &Ident,
    params: &TokenStream,
    [input, output]: [&TokenStream; 2],
) -> TokenStream {
    let Generics { declare, apply, bounds, .. } = generics_of(network, krate);
    quote! {
        impl #declare nn::Compiled for #name #apply #bounds {
            type Scalar = T;
            type Params = #params;
            type State = [T; 0];
            type Input = #input;
            type Output = #output;
            type Scratch = [T; 0];
            const NAME: &'static str = "";
            const TILE: usize = 1;
            const MACS: usize = 0;
            const PARAMETERS: &'static [nn::Parameter] = &[];
            const LAYERS: &'static [nn::Layer] = &[];
            fn params(&self) -> &Self::Params { &self.params }
            fn params_mut(&mut self) -> &mut Self::Params { &mut self.params }
            fn initialise(&mut self, _: u64) {}
            fn forward_tile(&self, _: nn::ForwardTile<'_, Self>) {}
        }
    }
}

/// `Net::init(seed)` and `Net::session(seed)`.
fn on_heap(network: &Network, krate: &TokenStream, name: &Ident) -> TokenStream {
    let (visibility, generics) = (&network.visibility, &network.generics);
    let bounds = generics_of(network, krate).bounds;
    quote! {
        impl<#(#generics),*> #name<#(#generics,)* f32> #bounds {
            #[doc(hidden)]
            #[allow(dead_code)]
            #visibility fn init(_: u64) -> nn::Box<Self> { loop {} }
            #[doc(hidden)]
            #[allow(dead_code)]
            #visibility fn session(_: u64) -> nn::Session<Self> { loop {} }
        }
    }
}

fn fold_impl(network: &Network, krate: &TokenStream, folded: &Ident) -> TokenStream {
    let name = &network.name;
    let Generics { declare, apply, bounds, .. } = generics_of(network, krate);
    quote! {
        impl #declare nn::CompiledFold for #name #apply #bounds {
            type Folded = #folded #apply;
            type FoldScratch = [T; 0];
            fn fold_tile(&self, _: nn::InstructionSet, _: nn::Memory<'_, T>, _: &mut Self::Folded) {}
        }
    }
}

fn loss_impl(network: &Network, krate: &TokenStream, target: &TokenStream, gradient: &TokenStream) -> TokenStream {
    let name = &network.name;
    let Generics { declare, apply, bounds, .. } = generics_of(network, krate);
    quote! {
        impl #declare nn::CompiledLoss for #name #apply #bounds {
            type Target = #target;
            type InputGradient = #gradient;
            type TrainScratch = [T; 0];
            const COEFFICIENTS: &'static [f64] = &[];
            fn denominators(_: &[Self::Target]) -> [f64; nn::MAX_TERMS] { loop {} }
            fn gradient_tile(&self, _: nn::GradientTile<'_, Self>) {}
        }
    }
}

/// Identifiers as fields and parameters: each once, and none that is a keyword.
fn distinct<'a>(names: impl Iterator<Item = &'a Ident>) -> Vec<Ident> {
    let mut distinct: Vec<Ident> = Vec::new();
    for name in names.map(|name| Emitter::ident(&name.to_string())) {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}

/// The network with type parameters that Rust accepts, whatever their names were.
fn with_distinct_generics(network: &Network) -> Network {
    let accepted = |name: &Ident| {
        let clashes = is_reserved(name) || *name == network.name;
        if clashes { Ident::new(&format!("{name}_"), name.span()) } else { name.clone() }
    };
    let accepted: Vec<Ident> = network.generics.iter().map(accepted).collect();
    Network { generics: distinct(accepted.iter()), ..network.clone() }
}

/// Outputs that were declared as indices are a mistake.
fn as_numbers(port: &TypedName) -> TypedName {
    let shape = port.shape.clone().map(|shape| Type { index: None, ..shape });
    TypedName { shape, ..port.clone() }
}

/// The targets of a loss, as far as its text declares them.
enum Targets {
    Declared,
    Class,
    LikeOutput,
}

fn targets(loss: &Loss, library: &Library<'_>) -> Targets {
    if !loss.targets.is_empty() {
        return Targets::Declared;
    }
    let name = match &loss.value.kind {
        ExpressionKind::Name(name) | ExpressionKind::Call(name, _) => name.to_string(),
        _ => String::new(),
    };
    let of_class = library.first(&name).is_some_and(|formula| {
        let target = formula.inputs.get(1).and_then(|input| input.shape.as_ref());
        formula.kind == FormulaKind::Loss && target.is_some_and(|shape| shape.index.is_some())
    });
    if of_class { Targets::Class } else { Targets::LikeOutput }
}
