//! The structs of stored tensors: one for all parameters or states, and one for each layer.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::emitter::Emitter;
use crate::emit::items::structs::{Structs, marker};
use crate::emit::naming::identifiers::{ident, storage_name};
use crate::emit::naming::type_names::TypeNames;
use crate::errors::OrBug;
use crate::lowered::{NetworkLayer, StoredTensor};
use crate::stored::{count, groups};

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

impl Storage<'_> {
    /// The suffix and the table of a network that is a layer: what is frozen here is trained there, if the layer is frozen
    /// as a whole.
    pub(in crate::emit) fn in_network(&self, layer: &NetworkLayer) -> (&'static str, &'static str) {
        match self.suffix {
            "Frozen" if layer.frozen => ("Params", "PARAMETERS"),
            suffix => (suffix, self.table),
        }
    }
}

impl Emitter<'_> {
    /// The struct of all parameters, as seen from the implementations; it takes all type parameters.
    pub(in crate::emit) fn params_type(&self) -> TokenStream {
        let (name, outer) = (self.params().name, self.struct_generics(self.symbolic).outer);
        quote!(#name #outer)
    }

    /// The struct of all states, or nothing's.
    pub(in crate::emit) fn state_type(&self) -> TokenStream {
        if self.compiled.train.states.is_empty() {
            return quote!([T; 0]);
        }
        let (name, outer) = (self.states().name, self.struct_generics(self.symbolic).outer);
        quote!(#name #outer)
    }

    /// The struct of all frozen parameters, or nothing's.
    pub(in crate::emit) fn frozen_type(&self) -> TokenStream {
        if self.infer.frozen.is_empty() {
            return quote!([T; 0]);
        }
        let (name, outer) = (self.frozen().name, self.struct_generics(self.symbolic).outer);
        quote!(#name #outer)
    }

    /// The storage of the parameters.
    pub(in crate::emit) fn params(&self) -> Storage<'_> {
        let name = storage_name(&self.network.name, "Params");
        Storage { name, suffix: "Params", table: "PARAMETERS", names: &self.type_names }
    }

    /// The storage of the frozen parameters.
    pub(in crate::emit) fn frozen(&self) -> Storage<'_> {
        let name = storage_name(&self.network.name, "Frozen");
        Storage { name, suffix: "Frozen", table: "FROZEN", names: &self.frozen_names }
    }

    /// The storage of the states.
    pub(in crate::emit) fn states(&self) -> Storage<'_> {
        let name = storage_name(&self.network.name, "State");
        Storage { name, suffix: "State", table: "STATES", names: &self.state_names }
    }

    /// The structs of parameters and of states.
    pub(in crate::emit) fn storage_structs(&self) -> Structs {
        let parameters: Vec<&StoredTensor> = self.infer.parameters.iter().collect();
        let doc = format!(" The parameters of [`{}`], or a gradient by them.", self.network.name);
        let mut structs = self.storage_struct(&self.params(), &doc, &[], &parameters).0;
        let frozen: Vec<&StoredTensor> = self.infer.frozen.iter().collect();
        if !frozen.is_empty() {
            let doc = format!(" The parameters of the frozen layers of [`{}`].", self.network.name);
            structs.extend(self.storage_struct(&self.frozen(), &doc, &[], &frozen).0);
        }
        let states: Vec<&StoredTensor> = self.compiled.train.states.iter().collect();
        if !states.is_empty() {
            let doc = format!(" The state of [`{}`].", self.network.name);
            structs.extend(self.storage_struct(&self.states(), &doc, &[], &states).0);
        }
        structs
    }

    /// The struct of a layer's stored tensors, those of the layers inside of it, and the types of its tensors in
    /// order.
    fn storage_struct(
        &self,
        storage: &Storage<'_>,
        doc: &str,
        path: &[String],
        within: &[&StoredTensor],
    ) -> (Structs, Vec<TokenStream>) {
        let (mut fields, mut parts, mut inner) = (Vec::new(), Vec::new(), Structs::default());
        for group in groups(within, path.len()) {
            match group[0].path.get(path.len()) {
                None => {
                    let (field, part) = self.tensor_field(group[0]);
                    fields.push(field);
                    parts.push(part);
                }
                Some(layer) => {
                    let path = [path, std::slice::from_ref(layer)].concat();
                    let (field, own, structs) = self.layer_field(storage, &path, group);
                    fields.push(field);
                    parts.extend(own);
                    inner.extend(structs);
                }
            }
        }
        let typed = has_symbols(within);
        let symbolic = typed || path.is_empty() && self.symbolic;
        let names = within.iter().map(|p| p.path.get(path.len()).unwrap_or(&p.name).clone());
        let marker = marker(symbolic && !typed, fields.is_empty(), names);
        let generics = self.struct_generics(symbolic);
        let mut structs = self.plain_struct(&storage.name, &generics, doc, &quote!(#(#fields,)* #marker), &parts, &[]);
        let in_array = within.iter().any(|p| p.arrays.iter().any(|(at, _)| at + 1 == path.len()));
        if !path.is_empty() && !in_array {
            // plain as a part of the whole
            structs.plain = TokenStream::new();
        }
        structs.extend(inner);
        (structs, parts)
    }

    /// The field of a tensor, and its type as seen from the implementations.
    fn tensor_field(&self, parameter: &StoredTensor) -> (TokenStream, TokenStream) {
        let (krate, field) = (self.krate, ident(&parameter.name));
        let [outside, inside] = [&self.struct_sizes, &self.inner_sizes].map(|s| s.shape(&parameter.shape));
        let doc = format!(" Shape {}.", crate::shape::display_shape(&parameter.shape));
        let own = self.network.parameters.iter().filter(|own| parameter.path.is_empty() && field == own.statement.name);
        let attributes: Vec<&syn::Attribute> = own.flat_map(|own| &own.attributes).collect();
        (quote!(#[doc = #doc] #(#attributes)* pub #field: #krate::Tensor<#outside, T>), quote!(nn::Tensor<#inside, T>))
    }

    /// The field of a layer, the types of its tensors in order, and the structs that it needs.
    fn layer_field(
        &self,
        storage: &Storage<'_>,
        path: &[String],
        within: &[&StoredTensor],
    ) -> (TokenStream, Vec<TokenStream>, Structs) {
        let depth = path.len() - 1;
        let count = count(within[0], depth).map(proc_macro2::Literal::i64_unsuffixed);
        let each = |ty: TokenStream| count.as_ref().map_or_else(|| ty.clone(), |count| quote!([#ty; #count]));
        let (doc, attributes) = self.layer_docs(path);
        let field = ident(&path[depth]);
        let field = |ty: &TokenStream| quote!(#[doc = #doc] #(#attributes)* pub #field: #ty);
        if let Some(network) = self.network_type(path, storage) {
            let ty = each(quote!(#network<T>));
            return (field(&ty), vec![ty], Structs::default());
        }
        let name = storage.names.of(path).or_bug("a layer's struct has no name");
        let apply = self.struct_generics(has_symbols(within)).apply;
        let ty = each(quote!(#name #apply));
        let own = Storage { name: name.clone(), ..*storage };
        let (structs, parts) = self.storage_struct(&own, &doc, path, within);
        (field(&ty), if count.is_some() { vec![ty] } else { parts }, structs)
    }

    /// The network that a layer is.
    pub(in crate::emit) fn network_at(&self, path: &[String]) -> Option<&NetworkLayer> {
        self.compiled.train.networks.iter().find(|layer| layer.path == path)
    }

    /// The struct of a network that is a layer: the one that stands beside it.
    pub(in crate::emit) fn network_type(&self, path: &[String], storage: &Storage<'_>) -> Option<TokenStream> {
        let layer = self.network_at(path)?;
        let mut path = layer.network.path.clone();
        let last = path.segments.last_mut()?;
        last.ident = storage_name(&last.ident, storage.in_network(layer).0);
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

/// Whether a size of these parameters is not a number.
pub(in crate::emit) fn has_symbols(parameters: &[&StoredTensor]) -> bool {
    parameters.iter().flat_map(|parameter| &parameter.shape).any(|size| size.literal().is_none())
}
