//! Networks and formulas with tokens changed, and what holds for every expansion. The tests and the fuzz targets share
//! it.
#![allow(dead_code)] // neither uses all of it

pub mod claims;
pub mod examples;
mod macros;
pub mod mutate;
pub mod seeds;
mod words;

use std::iter::once;

use proc_macro2::TokenStream;
use quote::quote;

use macros::Macros;
use seeds::Seed;

/// The most networks that are made from the examples of one text of formulas, which bounds the time that it takes.
const MOST_EXAMPLES: usize = 3;

/// What is expanded: the macros that a `use` may name are those of the seeds.
pub struct Expander {
    macros: Macros,
}

impl Expander {
    /// An expander that knows the modules among `formulas`, and the networks with `#[layer]` among `networks`.
    pub fn new(networks: &[Seed], formulas: &[Seed]) -> Self {
        let mut macros = Macros::default();
        formulas.iter().for_each(|seed| macros.learn(expand_formulas(&seed.tokens)));
        for seed in networks.iter().filter(|seed| seed.tokens.to_string().contains("[layer]")) {
            let code = claims::network_code(&macros.expand(&seed.tokens));
            macros.learn(code.unwrap_or_else(|| panic!("{} has no code", seed.name)));
        }
        Expander { macros }
    }

    /// Expands `network! { tokens }`.
    pub fn network(&self, tokens: &TokenStream) -> TokenStream {
        self.macros.expand(tokens)
    }

    /// Expands `formulas! { tokens }`, and, as they are asked for, networks that use the formulas as their examples say.
    pub fn formulas(&self, tokens: &TokenStream) -> impl Iterator<Item = TokenStream> + use<> {
        let expanded = expand_formulas(tokens);
        let mut macros = self.macros.clone();
        macros.learn(expanded.clone());
        let networks = examples::networks(tokens).into_iter().take(MOST_EXAMPLES);
        once(expanded).chain(networks.map(move |network| macros.expand(&network)))
    }
}

fn expand_formulas(tokens: &TokenStream) -> TokenStream {
    nn_compiler::entry::formulas(quote!([::nn_core] #tokens))
}
