//! The step of a stream: what it carries, and the function.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::emitter::Emitter;
use crate::emit::functions::numbers::number;
use crate::emit::functions::tile::Function;
use crate::emit::items::storage::has_symbols;
use crate::emit::items::structs::Structs;
use crate::emit::naming::generics::{Generics, StructGenerics};
use crate::emit::naming::identifiers::{ident, storage_name};
use crate::lowered::{Initial, Lowered, StoredTensor};

impl Emitter<'_> {
    /// The structs of frames with several parts, and that of what a step hands on to the next.
    pub(in crate::emit) fn stream_structs(&self) -> Structs {
        let Some(stream) = &self.compiled.stream else { return Structs::default() };
        let (step, name) = (&stream.network, &self.network.name);
        let doc = format!(" One frame for a stream of [`{name}`].");
        let mut structs = self.port_struct(&step.program, &step.inputs, "Frame", &doc, &|_| true);
        let doc = format!(" What a step of [`{name}`] gives.");
        structs.extend(self.port_struct(&step.program, &step.outputs, "FrameOutput", &doc, &|_| true));
        if !step.carried.is_empty() {
            structs.extend(self.carried_struct(step));
        }
        structs
    }

    fn carried_struct(&self, step: &Lowered) -> Structs {
        let krate = self.krate;
        let fields = step.carried.iter().map(|carried| {
            let (field, shape) = (ident(&carried.name), self.struct_sizes.shape(&carried.shape));
            let doc = format!(" Shape {}.", crate::shape::display_shape(&carried.shape));
            quote!(#[doc = #doc] pub #field: #krate::Tensor<#shape, T>,)
        });
        let parts: Vec<TokenStream> = step
            .carried
            .iter()
            .map(|carried| {
                let shape = self.inner_sizes.shape(&carried.shape);
                quote!(nn::Tensor<#shape, T>)
            })
            .collect();
        let doc = format!(" What a step of [`{}`] hands on to the next.", self.network.name);
        let name = storage_name(&self.network.name, "Carried");
        self.plain_struct(&name, &self.carried_generics(step), &doc, &quote!(#(#fields)*), &parts, &[])
    }

    fn carried_generics(&self, step: &Lowered) -> StructGenerics {
        let carried: Vec<&StoredTensor> = step.carried.iter().collect();
        self.struct_generics_of(has_symbols(&carried), true)
    }

    /// The implementation of `CompiledStream`, if the network is a stream.
    pub(in crate::emit) fn stream_impl(&self) -> TokenStream {
        let Some(stream) = &self.compiled.stream else { return TokenStream::new() };
        let step = &stream.network;
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let frame = self.port_type(&step.program, &step.inputs, "Frame", &|_| true);
        let output = self.port_type(&step.program, &step.outputs, "FrameOutput", &|_| true);
        let carried = if step.carried.is_empty() {
            quote!([T; 0])
        } else {
            let (carried, outer) = (storage_name(name, "Carried"), self.carried_generics(step).outer);
            quote!(#carried #outer)
        };
        let scratch = self.scratch_type(&stream.schedule);
        let check = self.check(&step.program, &step.inputs, ["check_frame", "Frame"]);
        let begin = begin(step);
        let body = self.stages(Function::Step, &stream.schedule, step);
        let accepts = self.accepts_frames(step, &frame);
        quote! {
            #accepts
            #[automatically_derived]
            impl #declare nn::CompiledStream for #name #apply #bounds {
                type Frame = #frame;
                type FrameOutput = #output;
                type Carried = #carried;
                type StepScratch = #scratch;
                #begin
                #check
                fn step_tile(&self, mut tile: nn::StepTile<'_, Self>) { #body }
            }
        }
    }
}

/// Sets what lies in front of the first frame, where that is not zero.
fn begin(step: &Lowered) -> TokenStream {
    let lines = step.carried.iter().filter_map(|carried| {
        let Initial::Constant(value) = carried.initial else { return None };
        let value = step.program.constant_value(value).filter(|value| value.to_bits() != 0)?;
        let (field, value) = (ident(&carried.name), number(value));
        Some(quote!(carried.#field.as_mut_slice().fill(#value);))
    });
    let lines: TokenStream = lines.collect();
    if lines.is_empty() {
        return lines;
    }
    quote!(fn begin(carried: &mut Self::Carried) { #lines })
}
