//! The denominators of a loss's terms: the number of samples, or a sum over the targets.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::emitter::Emitter;
use crate::emit::functions::tile::{Function, Tile};
use crate::lowered::BatchReduction;

impl Emitter<'_> {
    /// `fn denominators`
    pub(in crate::emit) fn denominators(&self) -> TokenStream {
        let terms = self.infer.terms.iter().map(|term| match term.reduction {
            BatchReduction::Mean => quote!(true),
            BatchReduction::Sum => quote!(false),
        });
        let Some(schedule) = self.compiled.training.as_ref().and_then(|training| training.divisors.as_ref()) else {
            return quote! {
                fn denominators(targets: &[Self::Target]) -> [f64; nn::MAX_TERMS] {
                    nn::denominators(targets.len(), &[#(#terms),*])
                }
            };
        };
        let scratch = self.scratch_type(schedule);
        let body = self.whole(Function::Divisors, schedule, self.infer);
        let all = if schedule.places.is_empty() {
            body
        } else {
            // the workspace is that of one sample, which is small: it depends on targets alone
            quote! {
                for targets in targets.chunks(1) {
                    let mut scratch: #scratch = nn::zeroed();
                    let mut memory = nn::Memory::new(nn::flatten_mut(::core::slice::from_mut(&mut scratch)), 1, 1);
                    #body
                }
            }
        };
        let divided = (0usize..).zip(&self.infer.terms).filter(|(_, term)| term.divisor.is_some()).map(|(term, _)| {
            let term = Tile::literal(term);
            quote!(denominators[#term] = sums[#term];)
        });
        quote! {
            fn denominators(targets: &[Self::Target]) -> [f64; nn::MAX_TERMS] {
                let mut denominators = nn::denominators(targets.len(), &[#(#terms),*]);
                let mut sums = [0.0; nn::MAX_TERMS];
                #all
                #(#divided)*
                denominators
            }
        }
    }
}
