//! The structs of stored tensors: one for all parameters or states, and one for each layer.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::Emitter;
use crate::emit::items::structs::Structs;
use crate::emit::naming::names::TypeNames;
use crate::lowered::Parameter;
use crate::syntax::ast::{Network, Submodel};

/// The parameters or the states.
pub(in crate::emit) struct Storage<'a> {
    /// The name of the struct of all.
    pub name: Ident,
    /// The suffix of the struct's name.
    pub suffix: &'static str,
    /// The name of its table.
    pub table: &'static str,
    /// The names of the layers' structs.
    pub names: &'a TypeNames,
}

impl Emitter<'_> {
    /// The struct of all parameters, as seen from the implementations; it takes all type parameters.
    pub(in crate::emit) fn params_type(&self) -> TokenStream {
        let (name, outer) = (self.params().name, self.inner(self.symbolic).outer);
        quote!(#name #outer)
    }

    /// The struct of all states, or nothing's.
    pub(in crate::emit) fn state_type(&self) -> TokenStream {
        if self.compiled.train.states.is_empty() {
            return quote!([T; 0]);
        }
        let (name, outer) = (self.states().name, self.inner(self.symbolic).outer);
        quote!(#name #outer)
    }

    /// `NetParams` or `NetState`.
    pub(in crate::emit) fn storage_name(network: &Network, suffix: &str) -> Ident {
        Self::ident(&format!("{}{suffix}", network.name))
    }

    /// The storage of the parameters.
    pub(in crate::emit) fn params(&self) -> Storage<'_> {
        let name = Self::storage_name(self.network, "Params");
        Storage { name, suffix: "Params", table: "PARAMETERS", names: &self.type_names }
    }

    /// The storage of the states.
    pub(in crate::emit) fn states(&self) -> Storage<'_> {
        let name = Self::storage_name(self.network, "State");
        Storage { name, suffix: "State", table: "STATES", names: &self.state_names }
    }

    /// The structs of parameters and of states.
    pub(in crate::emit) fn storage_structs(&self) -> Structs {
        let parameters: Vec<&Parameter> = self.infer.parameters.iter().collect();
        let doc = format!(" The parameters of [`{}`], or a gradient by them.", self.network.name);
        let mut structs = self.storage_struct(&self.params(), &doc, &[], &parameters, &mut Vec::new());
        let states: Vec<&Parameter> = self.compiled.train.states.iter().collect();
        if !states.is_empty() {
            let doc = format!(" The state of [`{}`].", self.network.name);
            structs.extend(self.storage_struct(&self.states(), &doc, &[], &states, &mut Vec::new()));
        }
        structs
    }

    fn storage_struct(
        &self,
        storage: &Storage<'_>,
        doc: &str,
        path: &[String],
        within: &[&Parameter],
        tensors: &mut Vec<TokenStream>,
    ) -> Structs {
        let krate = self.krate;
        let mut fields: Vec<TokenStream> = Vec::new();
        let mut inner = Structs::default();
        let mut seen: Vec<String> = Vec::new();
        for parameter in within {
            if parameter.path.len() == path.len() {
                let field = Self::ident(&parameter.name);
                let [outside, inside] = [&self.struct_sizes, &self.inner_sizes].map(|s| s.shape(&parameter.shape));
                let doc = format!(" Shape {}.", crate::shape::display_shape(&parameter.shape));
                fields.push(quote!(#[doc = #doc] pub #field: #krate::Tensor<#outside, T>));
                tensors.push(quote!(nn::Tensor<#inside, T>));
                continue;
            }
            let own = parameter.path[path.len()].clone();
            if seen.contains(&own) {
                continue;
            }
            let mut below = path.to_vec();
            below.push(own.clone());
            let part: Vec<&Parameter> = within.iter().copied().filter(|p| p.path.starts_with(&below)).collect();
            let Some(ty_name) = storage.names.of(&below) else { continue };
            let apply = self.inner(has_symbols(&part)).apply;
            let (doc, attributes) = self.layer_docs(&below);
            let part_of = Storage { name: ty_name.clone(), ..*storage };
            let field = Self::ident(&own);
            seen.push(own);
            if let Some(ty) = self.network_type(&below, storage.suffix) {
                let count = count_at(&part, path.len());
                let ty = count.map_or_else(|| quote!(#ty<T>), |count| quote!([#ty<T>; #count]));
                tensors.push(ty.clone());
                fields.push(quote!(#[doc = #doc] #(#attributes)* pub #field: #ty));
                continue;
            }
            if let Some(count) = count_at(&part, path.len()) {
                inner.extend(self.storage_struct(&part_of, &doc, &below, &part, &mut Vec::new()));
                tensors.push(quote!([#ty_name #apply; #count]));
                fields.push(quote!(#[doc = #doc] #(#attributes)* pub #field: [#ty_name #apply; #count]));
            } else {
                inner.extend(self.storage_struct(&part_of, &doc, &below, &part, tensors));
                fields.push(quote!(#[doc = #doc] #(#attributes)* pub #field: #ty_name #apply));
            }
        }
        let typed = has_symbols(within);
        let symbolic = typed || path.is_empty() && self.symbolic;
        let names = within.iter().map(|p| p.path.get(path.len()).unwrap_or(&p.name).clone());
        let marker = Self::marker(symbolic && !typed, fields.is_empty(), names);
        let generics = self.inner(symbolic);
        let mut structs = self.plain_struct(&storage.name, &generics, doc, &quote!(#(#fields,)* #marker), tensors, &[]);
        let in_array = within.iter().any(|p| p.arrays.iter().any(|(at, _)| at + 1 == path.len()));
        if !path.is_empty() && !in_array {
            // plain as a part of the whole
            structs.plain = TokenStream::new();
        }
        structs.extend(inner);
        structs
    }

    /// The network that a layer is.
    pub(in crate::emit) fn network_at(&self, path: &[String]) -> Option<&Submodel> {
        self.compiled.train.networks.iter().find(|(known, _)| known == path).map(|(_, network)| network)
    }

    /// The struct of a network that is a layer: the one that stands beside it.
    pub(in crate::emit) fn network_type(&self, path: &[String], suffix: &str) -> Option<TokenStream> {
        let mut path = self.network_at(path)?.path.clone();
        let last = path.segments.last_mut()?;
        last.ident = Self::ident(&format!("{}{suffix}", last.ident));
        Some(quote!(#path))
    }

    /// The doc comment of a layer's field.
    fn layer_docs(&self, path: &[String]) -> (String, Vec<syn::Attribute>) {
        let field = self.network.layers.iter().find(|field| path.len() == 1 && field.name == path[0]);
        let kind = self.infer.steps.iter().find(|step| path.len() == 1 && step.name == path[0]).map(|step| &step.kind);
        let doc = match kind {
            Some(kind) => format!(" `{kind}`"),
            None => format!(" Layer `{}`.", path.join(".")),
        };
        (doc, field.map(|field| field.attributes.clone()).unwrap_or_default())
    }
}

/// The length of the array at `depth` in the paths of these parameters, if the layer there is one.
fn count_at(parameters: &[&Parameter], depth: usize) -> Option<proc_macro2::Literal> {
    let count = parameters.iter().find_map(|p| p.arrays.iter().find(|(at, _)| *at == depth))?;
    Some(proc_macro2::Literal::i64_unsuffixed(count.1))
}

/// Whether a size of these parameters is not a number.
pub(in crate::emit) fn has_symbols(parameters: &[&Parameter]) -> bool {
    parameters.iter().flat_map(|parameter| &parameter.shape).any(|size| size.literal().is_none())
}
