//! Emitted functions in stages: the time of LLVM grows faster than the length of a function, so that long functions
//! are split.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::analysis::stages::stages;
use crate::emit::emitter::Emitter;
use crate::emit::functions::tile::{Function, Tile};
use crate::emit::naming::generics::Generics;
use crate::lowered::Lowered;
use crate::schedule::Schedule;

impl Emitter<'_> {
    /// The body of a function that calls its stages. `tile` is what it is given.
    pub(in crate::emit) fn stages(&self, function: Function, schedule: &Schedule, lowered: &Lowered) -> TokenStream {
        let tile = match function {
            Function::Forward => quote!(nn::ForwardTile<'_, Self>),
            _ => quote!(nn::GradientTile<'_, Self>),
        };
        let instructions = match function {
            Function::Forward => quote!(tile.instructions),
            _ => quote!(tile.pass.instructions),
        };
        let mut emitted = Tile::new(function, schedule, lowered, self);
        let parts = stages(&schedule.blocks);
        emitted.is_staged = parts.len() > 1;
        let last = parts.len() - 1;
        let calls = parts.into_iter().enumerate().map(|(at, part)| {
            let body = emitted.body(part);
            let number = Tile::literal(self.stage(&tile, &quote!(tile), &body));
            // the last takes what the others borrow
            let given = if at == last { quote!(tile) } else { quote!(tile.reborrow()) };
            quote!(nn::run_stage::<#number, _, _>(self, #instructions, #given);)
        });
        quote!(#(#calls)*)
    }

    /// The body of a function in one piece.
    pub(in crate::emit) fn whole(&self, function: Function, schedule: &Schedule, lowered: &Lowered) -> TokenStream {
        Tile::new(function, schedule, lowered, self).body(0..schedule.blocks.len())
    }

    /// Adds a stage, a function of one argument, and returns its number.
    pub(super) fn stage(&self, ty: &TokenStream, argument: &TokenStream, body: &TokenStream) -> usize {
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let mut stages = self.stages.borrow_mut();
        let number = stages.len();
        let literal = Tile::literal(number);
        stages.push(quote! {
            #[automatically_derived]
            impl #declare nn::TileStage<#literal, #ty> for #name #apply #bounds {
                #[inline(always)]
                fn run(&self, #argument: #ty) { #body }
            }
        });
        number
    }
}
