//! Emitted functions in stages: the time of LLVM grows faster than the length of a function, so that long functions
//! are split.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::analysis::outlines::Outlines;
use crate::emit::analysis::stages::stages;
use crate::emit::emitter::Emitter;
use crate::emit::functions::code::Code;
use crate::emit::functions::tile::{Function, Tile};
use crate::emit::naming::generics::Generics;
use crate::lowered::Lowered;
use crate::schedule::Schedule;
use crate::syntax::ast::DerivativeKind;

/// A part of a function, as a function of one argument.
#[derive(Debug, Default)]
pub(in crate::emit) struct Stage {
    /// The type of its argument.
    pub ty: TokenStream,
    /// The pattern of its argument.
    pub argument: TokenStream,
    pub body: Code,
}

/// The most multiplications of a prediction that is compiled for one sample too: of larger ones, the loops over samples
/// take no time.
const FEW: i64 = 10_000;

impl Emitter<'_> {
    /// The body of a function that calls its stages. `tile` is what it is given.
    pub(in crate::emit) fn stages(&self, function: Function, schedule: &Schedule, lowered: &Lowered) -> TokenStream {
        let tile = match function {
            Function::Forward => quote!(nn::ForwardTile<'_, Self>),
            Function::Step => quote!(nn::StepTile<'_, Self>),
            Function::Derivative(kind) => derivative_tile(kind),
            Function::ForwardInTraining => derivative_tile(DerivativeKind::Pullback),
            _ => quote!(nn::GradientTile<'_, Self>),
        };
        let instructions = match function {
            Function::Forward | Function::Step => quote!(tile.instructions),
            _ => quote!(tile.pass.instructions),
        };
        let parts = stages(&schedule.blocks);
        let mut emitted = Tile::new(function, schedule, lowered, self, &parts);
        let is_small = function == Function::Forward && is_small(lowered);
        emitted.is_staged = parts.len() > 1;
        let last = parts.len() - 1;
        let calls = parts.into_iter().enumerate().map(|(at, part)| {
            let body = emitted.body(part);
            let number = Tile::literal(self.stage(Stage { ty: tile.clone(), argument: quote!(tile), body }));
            // the last takes what the others borrow
            let given = if at == last { quote!(tile) } else { quote!(tile.reborrow()) };
            if is_small {
                quote!(nn::run_one_or_more::<#number, _>(self, #instructions, #given);)
            } else {
                quote!(nn::run_stage::<#number, _, _>(self, #instructions, #given);)
            }
        });
        quote!(#(#calls)*)
    }

    /// The body of a function in one piece.
    pub(in crate::emit) fn whole(&self, function: Function, schedule: &Schedule, lowered: &Lowered) -> TokenStream {
        let all = 0..schedule.blocks.len();
        Tile::new(function, schedule, lowered, self, &[]).body(all).finish(&mut |nest| nest.text)
    }

    /// Adds a stage and returns its number.
    pub(super) fn stage(&self, stage: Stage) -> usize {
        let mut stages = self.stages.borrow_mut();
        stages.push(stage);
        stages.len() - 1
    }

    /// The implementations of all stages, once all functions are written.
    pub(in crate::emit) fn finish_stages(&self) -> TokenStream {
        let mut outlines = Outlines::default();
        for stage in &*self.stages.borrow() {
            stage.body.each_nest(&mut |nest| outlines.count(&nest.form));
        }
        let mut implementations = TokenStream::new();
        // nests that are functions are further stages
        for number in 0.. {
            let Some(Stage { ty, argument, body }) = self.stages.borrow_mut().get_mut(number).map(std::mem::take)
            else {
                break;
            };
            let body = body.finish(&mut |nest| self.nest(nest, &mut outlines));
            implementations.extend(self.implementation(number, &ty, &argument, &body));
        }
        implementations
    }

    fn implementation(
        &self,
        number: usize,
        ty: &TokenStream,
        argument: &TokenStream,
        body: &TokenStream,
    ) -> TokenStream {
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let number = Tile::literal(number);
        quote! {
            #[automatically_derived]
            impl #declare nn::TileStage<#number, #ty> for #name #apply #bounds {
                type Build = nn::Debugged<{ ::core::cfg!(debug_assertions) }>;
                #[inline(always)]
                fn run(&self, instructions: nn::InstructionSet, #argument: #ty) { #body }
            }
        }
    }
}

/// Whether a prediction is compiled for one sample too.
fn is_small(lowered: &Lowered) -> bool {
    let macs = lowered.steps.iter().map(|step| step.macs.literal()).sum::<Option<i64>>();
    macs.is_some_and(|macs| macs <= FEW)
}

/// The argument of a function of `#[derivatives(…)]`.
fn derivative_tile(kind: DerivativeKind) -> TokenStream {
    let kind = kind.type_name();
    quote!(nn::DerivativeTile<'_, Self, nn::#kind>)
}
