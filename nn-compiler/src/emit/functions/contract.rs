//! Contractions in emitted code: a plan and its operands.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::functions::tile::Tile;
use crate::equation::Role;
use crate::schedule::{Contraction, Start};
use crate::shape::Dim;
use crate::symbolic::{IndexId, TensorId};

impl Tile<'_> {
    /// A contraction; for one sample of a loop over samples if `one` is set.
    pub(in crate::emit) fn contract(&mut self, contraction: &Contraction, one: bool) -> TokenStream {
        let comment = self.comment(&contraction.equation);
        let plan = self.plan(contraction);
        let part = |tile: &mut Self, tensor: TensorId, origin: usize| {
            let origin_kind = origin;
            let name = tile.variable(tensor);
            let by_sample = contraction.loops.iter().find(|l| one && l.index == IndexId::SAMPLE);
            let step = by_sample.map(|l| l.strides[origin].clone()).filter(|step| *step != Dim::default());
            let mut parts: Vec<TokenStream> = Vec::new();
            if let Some(step) = step {
                let step = tile.sizes.atom(&step);
                parts.push(quote!(sample * #step));
            }
            for outer in &contraction.outer_loops {
                let (name, step) = (tile.index_name(outer.index), outer.strides[origin].clone());
                if step != Dim::default() {
                    let step = tile.sizes.atom(&step);
                    parts.push(quote!(#name * #step));
                }
            }
            if contraction.origins[origin].literal() != Some(0) {
                parts.push(tile.sizes.value(&contraction.origins[origin]));
            }
            match (parts.as_slice(), origin_kind) {
                ([], _) => quote!(#name),
                (_, 0) => quote!(&mut #name[#(#parts)+*..]),
                _ => quote!(&#name[#(#parts)+*..]),
            }
        };
        let (out, left) = (part(self, contraction.out, 0), part(self, contraction.left, 1));
        let right = match contraction.right {
            Some(right) => part(self, right, 2),
            None => quote!(&[T::ONE]),
        };
        let is_gradient = matches!(self.program().at(contraction.out).role, Role::Gradient(_));
        let start = match contraction.start {
            Start::Zero if is_gradient && one => quote!(pass.start_of(sample)),
            Start::Zero if is_gradient => quote!(pass.start()),
            Start::Zero => quote!(nn::Start::Zero),
            Start::Out => quote!(nn::Start::Out),
            Start::From(tensor) => {
                let from = part(self, tensor, 3);
                quote!(nn::Start::From(#from))
            }
        };
        let on = if one { quote!((on.0, 1)) } else { quote!(on) };
        quote! {
            #comment
            nn::contract!(Self::#plan, #on, [#left, #right], #start, #out);
        }
    }

    /// The constant that holds the plan of a contraction.
    fn plan(&mut self, contraction: &Contraction) -> Ident {
        let rows = contraction.loops.iter().map(|l| {
            let [out, left, right, start] = l.strides.each_ref().map(|step| self.sizes.signed(step));
            let extent = match l.index {
                IndexId::SAMPLE => quote!(nn::SAMPLES),
                index => self.sizes.signed(self.program().extent(index)),
            };
            quote!([#extent, #out, #left, #right, #start])
        });
        let rows = quote!([#(#rows),*]);
        self.emitter.plans.borrow_mut().name(&self.program().at(contraction.out).name, rows)
    }
}
