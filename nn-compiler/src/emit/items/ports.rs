//! The types of inputs, outputs and targets, and the structs of samples with several parts.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::emitter::Emitter;
use crate::emit::items::structs::Structs;
use crate::emit::naming::generics::StructGenerics;
use crate::emit::naming::identifiers::ident;
use crate::emit::naming::sizes::Sizes;
use crate::equation::Program;
use crate::lowered::Port;
use crate::symbolic::TensorId;

impl Emitter<'_> {
    /// The structs of samples with several parts.
    pub(in crate::emit) fn port_structs(&self) -> Structs {
        let name = &self.network.name;
        let lowered = self.infer;
        let real = |tensor: TensorId| lowered.program.at(tensor).bound.is_none();
        let all = |_: TensorId| true;
        let mut structs = vec![
            self.port_struct(&lowered.program, &lowered.inputs, "Input", &format!(" One sample for [`{name}`]."), &all),
            self.port_struct(
                &lowered.program,
                &lowered.outputs,
                "Output",
                &format!(" What [`{name}`] predicts."),
                &all,
            ),
        ];
        if self.compiled.training.is_some() || !self.compiled.derivatives.is_empty() {
            let doc = format!(" The gradient by one sample for [`{name}`].");
            structs.push(self.port_struct(&lowered.program, &lowered.inputs, "InputGradient", &doc, &real));
        }
        if self.compiled.training.is_some() {
            structs.push(self.port_struct(
                &lowered.program,
                &lowered.targets,
                "Target",
                &format!(" What [`{name}`] should predict."),
                &all,
            ));
        }
        Structs {
            items: structs.iter().map(|s| s.items.clone()).collect(),
            plain: structs.iter().map(|s| s.plain.clone()).collect(),
        }
    }

    /// The type of one port, and the struct of all if there are several.
    pub(in crate::emit) fn port_type(
        &self,
        program: &Program,
        ports: &[Port],
        suffix: &str,
        kept: &dyn Fn(TensorId) -> bool,
    ) -> TokenStream {
        let kept: Vec<&Port> = ports.iter().filter(|port| kept(port.tensor)).collect();
        match (ports.len(), kept.as_slice()) {
            (1, [port]) => self.tensor_type(program, port.tensor, &quote!(nn), &self.outer_sizes),
            (_, []) => quote!([T; 0]),
            _ => {
                let name = ident(&format!("{}{suffix}", self.family));
                let outer = self.ports_generics(program, &kept).outer;
                quote!(#name #outer)
            }
        }
    }

    pub(in crate::emit) fn port_struct(
        &self,
        program: &Program,
        ports: &[Port],
        suffix: &str,
        doc: &str,
        kept: &dyn Fn(TensorId) -> bool,
    ) -> Structs {
        let kept: Vec<&Port> = ports.iter().filter(|port| kept(port.tensor)).collect();
        if ports.len() == 1 || kept.is_empty() {
            return Structs::default();
        }
        let name = ident(&format!("{}{suffix}", self.family));
        let is_real = |port: &&Port| program.at(port.tensor).bound.is_none();
        let krate = self.krate;
        let fields = kept.iter().map(|port| {
            let ty = self.tensor_type(program, port.tensor, krate, &self.struct_sizes);
            let (field, doc) = (ident(&port.name), format!(" `{}`", port.name));
            quote!(#[doc = #doc] pub #field: #ty)
        });
        let parts: Vec<TokenStream> =
            kept.iter().map(|port| self.tensor_type(program, port.tensor, &quote!(nn), &self.inner_sizes)).collect();
        let (generics, fields) = (self.ports_generics(program, &kept), quote!(#(#fields,)*));
        let mut structs =
            self.plain_struct(&name, &generics, doc, &fields, &parts, &[quote!(::core::default::Default)]);
        if !kept.iter().all(is_real) {
            let StructGenerics { bare, apply, .. } = &generics;
            // numbers and classes are no slice of one type
            structs.plain = quote! {
                // SAFETY: all fields are numbers and classes, of which zero bits are valid and which may be copied.
                unsafe impl #bare nn::Sample for #name #apply {}
            };
        }
        structs
    }

    fn ports_generics(&self, program: &Program, ports: &[&Port]) -> StructGenerics {
        let sizes = ports.iter().flat_map(|port| program.at(port.tensor).sample_shape());
        let has_symbols = sizes.into_iter().any(|size| size.literal().is_none());
        self.struct_generics_of(has_symbols, ports.iter().any(|port| program.at(port.tensor).bound.is_none()))
    }

    fn tensor_type(&self, program: &Program, tensor: TensorId, krate: &TokenStream, sizes: &Sizes) -> TokenStream {
        let tensor = program.at(tensor);
        let shape = sizes.shape(tensor.sample_shape());
        match &tensor.bound {
            None => quote!(#krate::Tensor<#shape, T>),
            Some(_) if tensor.sample_shape().is_empty() => quote!(::core::primitive::usize),
            Some(_) => quote!(#krate::Tensor<#shape, ::core::primitive::usize>),
        }
    }
}
