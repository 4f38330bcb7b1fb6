//! The fallback after a mistake: the struct and the methods that its users call, so that one mistake gives one error
//! and not one for every use.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, Options};
use crate::lower::{Library, MAX_AXES, literal_size};
use crate::syntax::RawOrPlain;
use crate::syntax::ast::{ExpressionKind, FormulaKind, Loss, Network, SizeItem, Type, TypedName};
use crate::syntax::is_reserved;

/// A network of which only the signatures are certain. It compiles and is never run.
#[must_use]
pub fn fallback(network: &Network, library: &Library<'_>, options: &Options) -> TokenStream {
    if is_reserved(&network.name) {
        return TokenStream::new();
    }
    let network = &with_distinct_generics(network);
    let krate = &options.krate;
    let (visibility, generics) = (&network.visibility, &network.generics);
    let (inputs, outputs) = match &network.forward {
        Some(forward) => (forward.inputs.as_slice(), forward.outputs.iter().map(as_numbers).collect()),
        None => (Default::default(), Vec::new()),
    };
    let mut ports = Ports { network, krate, items: TokenStream::new() };
    let input = ports.port(inputs, "Input");
    let output = ports.port(&outputs, "Output");
    let loss = network.loss.as_ref().map(|loss| {
        let target = match targets(loss, library) {
            Targets::Declared => ports.port(&loss.targets, "Target"),
            Targets::Class => quote!(usize),
            Targets::LikeOutput => output.clone(),
        };
        let gradient = match inputs {
            [input] if is_real(input) => ports.tensor(input.shape.as_ref(), &quote!(nn)),
            _ => quote!([T; 0]),
        };
        loss_impl(network, &target, &gradient)
    });
    let items = ports.items;
    let dims = (!generics.is_empty()).then(|| {
        let dims = Emitter::dims_trait(&network.name);
        quote! {
            #[doc(hidden)]
            #visibility trait #dims: 'static { #(type #generics: #krate::Dim;)* }
            impl<#(#generics: #krate::Dim),*> #dims for (#(#generics,)*) { #(type #generics = #generics;)* }
        }
    });
    let own = network_items(network, &input, &output, options);
    let folded = network.folded.as_ref().filter(|name| !is_reserved(name) && **name != network.name).map(|name| {
        let folded = Network { name: name.clone(), ..network.clone() };
        let items = network_items(&folded, &input, &output, options);
        let fold = fold_impl(network, name);
        quote!(#items const _: () = { use #krate::private::{self as nn, scope::*}; #fold };)
    });
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

/// The struct of a network and of its parameters.
fn network_items(network: &Network, input: &TokenStream, output: &TokenStream, options: &Options) -> TokenStream {
    let krate = &options.krate;
    let (visibility, name, generics) = (&network.visibility, &network.name, &network.generics);
    let params = Emitter::ident(&format!("{name}Params"));
    let fields = distinct(network.layers.iter().map(|layer| &layer.name));
    let fields = fields.iter().map(|field| quote!(pub #field: #krate::private::Unknown));
    let on_heap = options.alloc.then(|| {
        quote! {
            impl<#(#generics: 'static),*> #name<#(#generics,)* f32> {
                #[doc(hidden)]
                #[allow(dead_code)]
                #visibility fn init(_: u64) -> nn::Box<Self> { loop {} }
                #[doc(hidden)]
                #[allow(dead_code)]
                #visibility fn session(_: u64) -> nn::Session<Self> { loop {} }
            }
        }
    });
    quote! {
        #[doc(hidden)]
        #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #params<T = ::core::primitive::f32> { #(#fields,)* marker: ::core::marker::PhantomData<T> }
        #[doc(hidden)]
        #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #name<#(#generics,)* T: #krate::Scalar = ::core::primitive::f32> {
            pub params: #params<T>,
            marker: ::core::marker::PhantomData<(#(#generics,)* T,)>,
        }
        const _: () = {
            use #krate::private::{self as nn, scope::*};
            unsafe impl<#(#generics: 'static,)* T: nn::Scalar> nn::Fields for #name<#(#generics,)* T> {
                type Element = T;
                type Parts = ();
            }
            unsafe impl<T: nn::Scalar> nn::Fields for #params<T> {
                type Element = T;
                type Parts = ();
            }
            impl<#(#generics: 'static,)* T: nn::Scalar> nn::Compiled for #name<#(#generics,)* T> {
                type Scalar = T;
                type Params = #params<T>;
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
            #on_heap
        };
    }
}

fn fold_impl(network: &Network, folded: &Ident) -> TokenStream {
    let (name, generics) = (&network.name, &network.generics);
    quote! {
        impl<#(#generics: 'static,)* T: nn::Scalar> nn::CompiledFold for #name<#(#generics,)* T> {
            type Folded = #folded<#(#generics,)* T>;
            type FoldScratch = [T; 0];
            fn fold_tile(&self, _: nn::InstructionSet, _: nn::Memory<'_, T>, _: &mut Self::Folded) {}
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

fn is_real(port: &TypedName) -> bool {
    port.shape.as_ref().is_none_or(|shape| shape.index.is_none())
}

fn loss_impl(network: &Network, target: &TokenStream, gradient: &TokenStream) -> TokenStream {
    let (name, generics) = (&network.name, &network.generics);
    quote! {
        impl<#(#generics: 'static,)* T: nn::Scalar> nn::CompiledLoss for #name<#(#generics,)* T> {
            type Target = #target;
            type InputGradient = #gradient;
            type TrainScratch = [T; 0];
            const COEFFICIENTS: &'static [f64] = &[];
            fn denominators(_: &[Self::Target]) -> [f64; nn::MAX_TERMS] { loop {} }
            fn gradient_tile(&self, _: nn::GradientTile<'_, Self>) {}
        }
    }
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

/// The types of inputs, outputs and targets.
struct Ports<'a> {
    network: &'a Network,
    krate: &'a TokenStream,
    items: TokenStream,
}

impl Ports<'_> {
    fn port(&mut self, ports: &[TypedName], suffix: &str) -> TokenStream {
        match ports {
            [] => quote!([T; 0]),
            [port] => self.tensor(port.shape.as_ref(), &quote!(nn)),
            many => {
                let krate = self.krate;
                let (visibility, network) = (&self.network.visibility, &self.network.name);
                let name = Ident::new_raw_or_plain(&format!("{network}{suffix}"), network.span());
                let names = distinct(many.iter().map(|port| &port.name));
                let of = |name: &Ident| many.iter().find(|port| Emitter::ident(&port.name.to_string()) == *name);
                let many: Vec<&TypedName> = names.iter().filter_map(of).collect();
                let fields: Vec<TokenStream> = names
                    .iter()
                    .zip(&many)
                    .map(|(field, port)| {
                        let ty = self.tensor(port.shape.as_ref(), krate);
                        quote!(pub #field: #ty)
                    })
                    .collect();
                let parts = many
                    .iter()
                    .rev()
                    .map(|port| self.tensor(port.shape.as_ref(), krate))
                    .fold(quote!(()), |rest, part| quote!((#part, #rest)));
                let numbers = many.iter().any(|port| is_real(port));
                let [declare, bare, apply] = if numbers {
                    let scalar = quote!(T: #krate::Scalar);
                    [quote!(<#scalar = ::core::primitive::f32>), quote!(<#scalar>), quote!(<T>)]
                } else {
                    Default::default()
                };
                let plain = if many.iter().all(|port| is_real(port)) {
                    quote! {
                        unsafe impl<T: #krate::Scalar> #krate::private::Fields for #name<T> {
                            type Element = T;
                            type Parts = #parts;
                        }
                    }
                } else {
                    quote!(unsafe impl #bare #krate::private::Sample for #name #apply {})
                };
                self.items.extend(quote! {
                    #[doc(hidden)]
                    #[repr(C)]
                    #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
                    #visibility struct #name #declare { #(#fields,)* }
                    #plain
                });
                quote!(#name #apply)
            }
        }
    }

    fn tensor(&self, shape: Option<&Type>, krate: &TokenStream) -> TokenStream {
        let Some(shape) = shape else { return quote!(#krate::Tensor<(), T>) };
        let sizes: Option<Vec<i64>> = shape
            .sizes
            .iter()
            .map(|size| match size {
                SizeItem::Size(expression) => literal_size(expression).filter(|size| (0..=1 << 32).contains(size)),
                SizeItem::Rest(_) => None,
            })
            .collect();
        let sizes = sizes.filter(|sizes| sizes.len() <= MAX_AXES).unwrap_or_default();
        let sizes = sizes.into_iter().map(|size| crate::entry::typenum(u64::try_from(size).unwrap_or(0), krate));
        match &shape.index {
            None => quote!(#krate::Tensor<(#(#sizes,)*), T>),
            Some(_) if shape.sizes.is_empty() => quote!(::core::primitive::usize),
            Some(_) => quote!(#krate::Tensor<(#(#sizes,)*), ::core::primitive::usize>),
        }
    }
}
