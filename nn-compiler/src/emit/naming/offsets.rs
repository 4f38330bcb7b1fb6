//! The constant that holds where tensors lie in the workspace, as far as that is a long sum of sizes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use rustc_hash::FxHashMap;

use crate::emit::naming::sizes::Sizes;
use crate::shape::Dim;

/// Longer sums are elements of the constant.
const LONGEST_SUM: usize = 2;

/// Offsets in a workspace. In a network of many sizes that the macro cannot see, an offset is a sum of as many terms, but
/// it differs from the one before it in memory by a few.
#[derive(Debug, Default)]
pub(in crate::emit) struct Offsets {
    numbers: FxHashMap<Dim, usize>,
}

impl Offsets {
    /// An offset as a number.
    pub(in crate::emit) fn value(&mut self, offset: &Dim, sizes: &Sizes) -> TokenStream {
        if offset.parts().1.len() <= LONGEST_SUM {
            return sizes.value(offset);
        }
        let next = self.numbers.len();
        let number = match self.numbers.get(offset) {
            Some(known) => *known,
            None => *self.numbers.entry(offset.clone()).or_insert(next),
        };
        let number = Literal::usize_unsuffixed(number);
        quote!(Self::OFFSETS[#number])
    }

    /// The constant that holds them, computed from the first in memory to the last. It is a reference, so that its elements
    /// are read in place where nothing is optimised; a constant for each would take rustc longer.
    pub(in crate::emit) fn constant(&self, sizes: &Sizes) -> TokenStream {
        if self.numbers.is_empty() {
            return TokenStream::new();
        }
        let mut order: Vec<(&Dim, usize)> = self.numbers.iter().map(|(offset, number)| (offset, *number)).collect();
        order.sort_by_key(|(offset, number)| (offset.magnitude(), *number));
        let count = Literal::usize_unsuffixed(order.len());
        let mut before: Option<(&Dim, usize)> = None;
        let lines: TokenStream = order
            .iter()
            .map(|(offset, number)| {
                let value = relative(offset, before, sizes);
                before = Some((offset, *number));
                let number = Literal::usize_unsuffixed(*number);
                quote!(at[#number] = #value;)
            })
            .collect();
        quote! {
            const OFFSETS: &'static [usize; #count] = &{
                let mut at = [0; #count];
                #lines
                at
            };
        }
    }
}

/// An offset as the one before it and the rest, if that is shorter.
fn relative(offset: &Dim, before: Option<(&Dim, usize)>, sizes: &Sizes) -> TokenStream {
    let rest = before.and_then(|(before, number)| Some((offset.subtract(before)?, number)));
    match rest.filter(|(rest, _)| rest.length() < offset.length()) {
        // what is added comes first, so that nothing is below zero in between
        Some((rest, number)) => {
            let (plus, minus) = rest.split_signs();
            let (number, plus, minus) = (Literal::usize_unsuffixed(number), sizes.atom(&plus), sizes.atom(&minus));
            quote!(at[#number] + #plus - #minus)
        }
        None => sizes.value(offset),
    }
}
