//! Tokens of `network!`.
#![no_main]

use fuzz::Target;
use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};

fuzz_target!(init: fuzz::prepare(), |data: &[u8]| -> Corpus { fuzz::run(Target::Networks, data) });

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    fuzz::mutate(Target::Networks, &mut data[..max_size], size, seed)
});
