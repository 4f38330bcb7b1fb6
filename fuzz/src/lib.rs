//! What both fuzz targets do with their bytes: these are text, and the text is changed token by token.

#[path = "../../nn-compiler/tests/fuzzing/mod.rs"]
pub mod fuzzing;

use fuzzing::Expander;
use fuzzing::claims::check;
use fuzzing::mutate::{Draw, Mutator};
use fuzzing::seeds;
use proc_macro2::TokenStream;

/// One of so many mutations is libFuzzer's own, which knows no tokens.
const OF_BYTES: u32 = 16;

/// What one input after the other needs.
struct Kept {
    expander: Expander,
    mutator: Mutator,
}

thread_local! {
    static KEPT: Kept = {
        let [networks, formulas] = [seeds::networks(), seeds::formulas()];
        Kept {
            expander: Expander::new(&networks, &formulas),
            mutator: Mutator::new(networks.iter().chain(&formulas).chain(&seeds::library())),
        }
    };
}

/// Holds the claims for what a text is expanded to, if it consists of tokens; answers whether it does.
///
/// # Panics
/// If a claim does not hold.
pub fn run(data: &[u8], expand: impl FnOnce(&Expander, &TokenStream) -> Vec<TokenStream>) -> bool {
    let Some(tokens) = read(data) else { return false };
    let expanded = KEPT.with(|kept| expand(&kept.expander, &tokens));
    for expanded in &expanded {
        check(expanded).unwrap_or_else(|message| panic!("{message}"));
    }
    true
}

/// Changes the first `size` bytes of `data`, which may become as many as `data` has; answers with their new number.
pub fn mutate(data: &mut [u8], size: usize, seed: u32) -> usize {
    let most = data.len();
    if let (Some(tokens), true) = (read(&data[..size]), seed % OF_BYTES != 0) {
        let mut draw = Draw(u64::from(seed));
        let text = KEPT.with(|kept| kept.mutator.mutate(tokens, &mut draw)).to_string();
        if text.len() <= most {
            data[..text.len()].copy_from_slice(text.as_bytes());
            return text.len();
        }
    }
    libfuzzer_sys::fuzzer_mutate(data, size, most)
}

fn read(data: &[u8]) -> Option<TokenStream> {
    std::str::from_utf8(data).ok()?.parse().ok()
}
