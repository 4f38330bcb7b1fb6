//! What both fuzz targets do with their bytes: these are text, and the text is changed token by token.

#[path = "../../nn-compiler/tests/fuzzing/mod.rs"]
pub mod fuzzing;

use fuzzing::Expander;
use fuzzing::claims::check;
use fuzzing::mutate::{Draw, Mutator};
use fuzzing::seeds::{self, Seed};
use libfuzzer_sys::{Corpus, fuzzer_mutate};
use proc_macro2::TokenStream;

/// One of so many mutations is libFuzzer's own, which knows no tokens, and one of so many begins again with a seed.
const OF_BYTES: usize = 16;
const OF_SEEDS: usize = 128;

/// What a text is.
#[derive(Clone, Copy)]
pub enum Target {
    /// What stands in `network! { … }`.
    Networks,
    /// What stands in `formulas! { … }`; networks use it too.
    Formulas,
}

/// What one input after the other needs.
struct Kept {
    expander: Expander,
    mutator: Mutator,
    networks: Vec<Seed>,
    formulas: Vec<Seed>,
}

thread_local! {
    static KEPT: Kept = {
        let [networks, mut formulas] = [seeds::networks(), seeds::formulas()];
        let expander = Expander::new(&networks, &formulas);
        formulas.extend(seeds::library());
        Kept { expander, mutator: Mutator::new(networks.iter().chain(&formulas)), networks, formulas }
    };
}

/// Reads the seeds, which the time of the first input is not to include.
pub fn prepare() {
    KEPT.with(|_| {});
}

/// Holds the claims for what a text is expanded to; one that does not consist of tokens is none.
///
/// # Panics
/// If a claim does not hold.
pub fn run(target: Target, data: &[u8]) -> Corpus {
    let Some(tokens) = read(data) else { return Corpus::Reject };
    let expanded = KEPT.with(|kept| match target {
        Target::Networks => vec![kept.expander.network(&tokens)],
        Target::Formulas => kept.expander.formulas(&tokens).collect(),
    });
    for expanded in &expanded {
        check(expanded).unwrap_or_else(|message| panic!("{message}"));
    }
    Corpus::Keep
}

/// Changes the first `size` bytes of `data`, which may become as many as `data` has; answers with their new number.
pub fn mutate(target: Target, data: &mut [u8], size: usize, seed: u32) -> usize {
    let mut draw = Draw(u64::from(seed));
    let text = match read(&data[..size]) {
        Some(tokens) if draw.below(OF_BYTES) > 0 => changed(target, tokens, &mut draw).to_string(),
        _ => return fuzzer_mutate(data, size, data.len()),
    };
    if text.len() > data.len() {
        return fuzzer_mutate(data, size, data.len());
    }
    data[..text.len()].copy_from_slice(text.as_bytes());
    text.len()
}

fn changed(target: Target, tokens: TokenStream, draw: &mut Draw) -> TokenStream {
    KEPT.with(|kept| {
        if draw.below(OF_SEEDS) > 0 {
            return kept.mutator.mutate(tokens, draw);
        }
        let seeds = match target {
            Target::Networks => &kept.networks,
            Target::Formulas => &kept.formulas,
        };
        seeds[draw.below(seeds.len())].tokens.clone()
    })
}

fn read(data: &[u8]) -> Option<TokenStream> {
    std::str::from_utf8(data).ok()?.parse().ok()
}
