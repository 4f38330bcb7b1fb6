//! The constants that hold plans of contractions.

use proc_macro2::TokenStream;
use quote::quote;
use rustc_hash::{FxHashMap, FxHashSet};
use syn::Ident;

use crate::emit::naming::identifiers::ident;

/// The most plans of a network of which small ones become straight code: with more, a release build would take minutes.
const MOST_INLINED: usize = 12;

/// The plans of contractions: equal ones are one constant.
#[derive(Debug, Default)]
pub(in crate::emit) struct Plans {
    names: FxHashMap<String, Ident>,
    /// The last number given to tell several of a name apart.
    numbers: FxHashMap<String, usize>,
    taken: FxHashSet<String>,
    /// The constants in the order of their first use.
    all: Vec<(Ident, TokenStream)>,
}

impl Plans {
    /// The constant of a plan.
    pub(in crate::emit) fn name(&mut self, out: &str, plan: TokenStream) -> Ident {
        if let Some(known) = self.names.get(&plan.to_string()) {
            return known.clone();
        }
        let wanted = format!("PLAN_{}", out.to_uppercase());
        let number = self.numbers.entry(wanted.clone()).or_default();
        let name = loop {
            *number += 1;
            let name = if *number == 1 { wanted.clone() } else { format!("{wanted}_{number}") };
            if self.taken.insert(name.clone()) {
                break name;
            }
        };
        let name = ident(&name);
        self.names.insert(plan.to_string(), name.clone());
        self.all.push((name.clone(), plan));
        name
    }

    /// The constants.
    pub(in crate::emit) fn constants(&self) -> TokenStream {
        let called = (self.all.len() > MOST_INLINED).then(|| quote!(.called()));
        self.all.iter().map(|(name, plan)| quote!(const #name: nn::Plan = #plan #called;)).collect()
    }
}
