//! The emitted types: the network, its parameters, its samples.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::Emitter;
use crate::emit::items::generics::{Generics, Inner};
use crate::lowered::Port;
use crate::shape::{Atom, Dim};
use crate::symbolic::TensorId;
use crate::syntax::RawOrPlain;

/// Emitted structs, and the implementations that make them plain data.
#[derive(Debug, Default)]
pub(in crate::emit) struct Structs {
    /// The structs.
    pub items: TokenStream,
    /// The implementations of `Fields`.
    pub plain: TokenStream,
}

impl Structs {
    pub(in crate::emit) fn extend(&mut self, other: Structs) {
        self.items.extend(other.items);
        self.plain.extend(other.plain);
    }
}

impl Emitter<'_> {
    pub(in crate::emit) fn ident(name: &str) -> Ident {
        Ident::new_raw_or_plain(name, proc_macro2::Span::call_site())
    }

    /// The trait that names all sizes that are not numbers, and its implementation.
    pub(in crate::emit) fn dims(&self) -> TokenStream {
        if !self.symbolic {
            return TokenStream::new();
        }
        let krate = self.krate;
        let (visibility, name) = (&self.network.visibility, Self::dims_trait(self.family));
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
        let doc = format!(" The sizes of [`{}`].", self.network.name);
        let message = format!("these sizes do not fit the layers of `{}`", self.network.name);
        quote! {
            #[doc = #doc]
            #[diagnostic::on_unimplemented(message = #message)]
            #visibility trait #name:
                ::core::marker::Copy
                + ::core::marker::Send
                + ::core::marker::Sync
                + ::core::default::Default
                + ::core::fmt::Debug
                + 'static
            { #(#declared)* }
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
            let operator = Self::ident(operator);
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
                    let name = Self::ident(name);
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

    /// The struct of the network.
    pub(in crate::emit) fn network_struct(&self) -> Structs {
        let (attributes, visibility, name) = (&self.network.attributes, &self.network.visibility, &self.network.name);
        let Generics { declare, declare_default, apply, bounds } = &self.generics;
        let params = self.params_type();
        let state = (!self.compiled.train.states.is_empty()).then(|| self.state_type());
        let state_field = state.as_ref().map(|state| {
            quote! {
                /// The state: training updates it by other means than the gradient, such as running statistics.
                pub state: #state,
            }
        });
        let doc = (!attributes.iter().any(|a| a.path().is_ident("doc"))).then(|| {
            let text = format!(" The network `{name}`.");
            quote!(#[doc = #text])
        });
        let items = quote! {
            #doc
            #(#attributes)*
            #[repr(C, align(64))]
            #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
            #visibility struct #name #declare_default #bounds {
                /// The trainable parameters.
                pub params: #params,
                #state_field
            }
        };
        let only_these = self.only_fields(&params, state.as_ref());
        let parts = state.map_or_else(|| quote!((#params,)), |state| quote!((#params, #state)));
        let plain = quote! {
            unsafe impl #declare nn::Fields for #name #apply #bounds {
                type Element = T;
                type Parts = #parts;
                const ALIGN: usize = 64;
            }
            #only_these
        };
        Structs { items, plain }
    }

    /// A struct of tensors.
    pub(in crate::emit) fn plain_struct(
        &self,
        name: &Ident,
        generics: &Inner,
        doc: &str,
        fields: &TokenStream,
        parts: &[TokenStream],
        derived: &[TokenStream],
    ) -> Structs {
        let Inner { declare, bare, apply, .. } = generics;
        let visibility = &self.network.visibility;
        let parts = Self::tree(parts);
        let items = quote! {
            #[doc = #doc]
            #[repr(C)]
            #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug #(, #derived)*)]
            #visibility struct #name #declare { #fields }
        };
        let plain = quote! {
            unsafe impl #bare nn::Fields for #name #apply {
                type Element = T;
                type Parts = #parts;
            }
        };
        Structs { items, plain }
    }

    /// Types as a tree of tuples of at most eight, as `nn::Parts` takes them.
    fn tree(parts: &[TokenStream]) -> TokenStream {
        const MOST: usize = 8;
        if parts.len() <= MOST {
            return quote!((#(#parts,)*));
        }
        let groups: Vec<TokenStream> = parts.chunks(MOST).map(|group| quote!((#(#group,)*))).collect();
        Self::tree(&groups)
    }

    /// A field that uses those type parameters of a struct that no other field does.
    pub(in crate::emit) fn marker(sizes: bool, scalar: bool, mut fields: impl Iterator<Item = String>) -> TokenStream {
        let unused = match (sizes, scalar) {
            (false, false) => return TokenStream::new(),
            (true, false) => quote!(D),
            (false, true) => quote!(T),
            (true, true) => quote!((D, T)),
        };
        let name = Self::ident(if fields.any(|field| field == "marker") { "marker_" } else { "marker" });
        quote!(#[doc = " No memory."] pub #name: ::core::marker::PhantomData<#unused>)
    }

    /// The type of one port, and the struct of all if there are several.
    pub(in crate::emit) fn port_type(
        &self,
        ports: &[Port],
        suffix: &str,
        kept: &dyn Fn(TensorId) -> bool,
    ) -> TokenStream {
        let kept: Vec<&Port> = ports.iter().filter(|port| kept(port.tensor)).collect();
        match (ports.len(), kept.as_slice()) {
            (1, [port]) => self.tensor_type(port.tensor, &quote!(nn), &self.outer_sizes),
            (_, []) => quote!([T; 0]),
            _ => {
                let name = Self::ident(&format!("{}{suffix}", self.family));
                let outer = self.ports_generics(&kept).outer;
                quote!(#name #outer)
            }
        }
    }

    pub(in crate::emit) fn port_struct(
        &self,
        ports: &[Port],
        suffix: &str,
        doc: &str,
        kept: &dyn Fn(TensorId) -> bool,
    ) -> Structs {
        let kept: Vec<&Port> = ports.iter().filter(|port| kept(port.tensor)).collect();
        if ports.len() == 1 || kept.is_empty() {
            return Structs::default();
        }
        let name = Self::ident(&format!("{}{suffix}", self.family));
        let is_real = |port: &&Port| self.is_real(port);
        let krate = self.krate;
        let fields = kept.iter().map(|port| {
            let ty = self.tensor_type(port.tensor, krate, &self.struct_sizes);
            let (field, doc) = (Self::ident(&port.name), format!(" `{}`", port.name));
            quote!(#[doc = #doc] pub #field: #ty)
        });
        let parts: Vec<TokenStream> =
            kept.iter().map(|port| self.tensor_type(port.tensor, &quote!(nn), &self.inner_sizes)).collect();
        let (generics, fields) = (self.ports_generics(&kept), quote!(#(#fields,)*));
        let mut structs =
            self.plain_struct(&name, &generics, doc, &fields, &parts, &[quote!(::core::default::Default)]);
        if !kept.iter().all(is_real) {
            // numbers and classes are no slice of one type, but memory for which zeros are a value
            let Inner { bare, apply, .. } = &generics;
            structs.plain = quote!(unsafe impl #bare nn::Sample for #name #apply {});
        }
        structs
    }

    /// Whether a port is of numbers, not of classes.
    fn is_real(&self, port: &Port) -> bool {
        self.lowered().program.at(port.tensor).bound.is_none()
    }

    fn ports_generics(&self, ports: &[&Port]) -> Inner {
        self.inner_of(self.ports_have_symbols(ports), ports.iter().any(|port| self.is_real(port)))
    }

    /// Whether a size of these tensors is not a number.
    fn ports_have_symbols(&self, ports: &[&Port]) -> bool {
        let program = &self.lowered().program;
        ports.iter().flat_map(|port| program.at(port.tensor).sample_shape()).any(|size| size.literal().is_none())
    }

    fn tensor_type(
        &self,
        tensor: TensorId,
        krate: &TokenStream,
        sizes: &crate::emit::naming::sizes::Sizes,
    ) -> TokenStream {
        let tensor = self.lowered().program.at(tensor);
        let shape = sizes.shape(tensor.sample_shape());
        match &tensor.bound {
            None => quote!(#krate::Tensor<#shape, T>),
            Some(_) if tensor.sample_shape().is_empty() => quote!(::core::primitive::usize),
            Some(_) => quote!(#krate::Tensor<#shape, ::core::primitive::usize>),
        }
    }
}
