//! Networks and formulas with tokens deleted, doubled, exchanged and put in: the macros never panic, what they emit
//! parses, what they say is said in their own words, and their work is bounded.

#[path = "../../nn-core/tests/common/counting.rs"]
mod counting;
mod fuzzing;

use std::panic::{AssertUnwindSafe, catch_unwind};

use counting::allocated_here;
use fuzzing::Expander;
use fuzzing::claims::check;
use fuzzing::mutate::{Draw, Mutator};
use fuzzing::seeds::{self, Seed};
use proc_macro2::TokenStream;

/// The mutations of each test.
const MUTATIONS: usize = 2000;

/// The most that a mutation may allocate, in bytes, and the most tokens that may be emitted for it. It stands for the
/// time, which no test measures.
const MOST_BYTES: usize = 100_000_000;
const MOST_TOKENS: usize = 100_000;

/// What a seed is expanded to.
type Expand = fn(&Expander, &TokenStream) -> Vec<TokenStream>;

fn network(expander: &Expander, tokens: &TokenStream) -> Vec<TokenStream> {
    vec![expander.network(tokens)]
}

/// The networks, the formulas, and those of the library.
struct Seeds {
    networks: Vec<Seed>,
    formulas: Vec<Seed>,
    library: Vec<Seed>,
}

impl Seeds {
    fn new() -> Self {
        Seeds { networks: seeds::networks(), formulas: seeds::formulas(), library: seeds::library() }
    }
}

/// Holds the claims for mutations of `changed`, which take over tokens from all seeds.
fn vary(changed: &[&Seed], all: &Seeds, expand: Expand, seed: u64) {
    let expander = Expander::new(&all.networks, &all.formulas);
    let mutator = Mutator::new(all.networks.iter().chain(&all.formulas).chain(&all.library));
    let mut draw = Draw(seed);
    let mut accepted = 0;
    for variant in 0..MUTATIONS {
        let seed = changed[draw.below(changed.len())];
        let tokens = mutator.mutate(seed.tokens.clone(), &mut draw);
        let name = format!("variant {variant}, of {}", seed.name);
        let before = allocated_here();
        let Ok(expanded) = catch_unwind(AssertUnwindSafe(|| expand(&expander, &tokens))) else {
            panic!("{name}, makes it panic:\n{tokens}");
        };
        let allocated = allocated_here() - before;
        assert!(allocated < MOST_BYTES, "{name}, allocates {allocated} bytes:\n{tokens}");
        for expanded in &expanded {
            let found = check(expanded).unwrap_or_else(|message| panic!("{name}: {message}\n{tokens}"));
            assert!(found.tokens < MOST_TOKENS, "{name}, is emitted as {} tokens:\n{tokens}", found.tokens);
            accepted += usize::from(found.messages.is_empty());
        }
    }
    // both what is right and what is wrong is looked at
    assert!(accepted > MUTATIONS / 20, "{accepted}");
    assert!(accepted < 5 * MUTATIONS, "{accepted}");
}

fn vary_networks(seed: u64) {
    let all = Seeds::new();
    vary(&all.networks.iter().collect::<Vec<_>>(), &all, network, seed);
}

fn vary_formulas(seed: u64) {
    let all = Seeds::new();
    vary(&all.formulas.iter().chain(&all.library).collect::<Vec<_>>(), &all, Expander::formulas, seed);
}

/// A test for each number, so that they run at the same time.
macro_rules! tests {
    ($($name:ident: $vary:ident($seed:literal);)*) => {$(
        #[test]
        fn $name() {
            $vary($seed);
        }
    )*};
}

tests! {
    networks_1: vary_networks(1);
    networks_2: vary_networks(2);
    networks_3: vary_networks(3);
    networks_4: vary_networks(4);
    networks_5: vary_networks(5);
    networks_6: vary_networks(6);
    formulas_1: vary_formulas(1);
    formulas_2: vary_formulas(2);
    formulas_3: vary_formulas(3);
    formulas_4: vary_formulas(4);
}

#[test]
fn the_seeds_themselves_are_right() {
    let all = Seeds::new();
    let expander = Expander::new(&all.networks, &all.formulas);
    let networks = all.networks.iter().map(|seed| (seed, network(&expander, &seed.tokens)));
    let formulas = all.formulas.iter().chain(&all.library).map(|seed| (seed, expander.formulas(&seed.tokens)));
    let mut wrong = Vec::new();
    for (seed, expanded) in networks.chain(formulas) {
        for expanded in &expanded {
            match check(expanded) {
                Ok(found) => wrong.extend(found.messages.into_iter().map(|message| (&seed.name, message))),
                Err(message) => wrong.push((&seed.name, message)),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
