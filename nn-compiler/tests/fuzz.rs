//! Networks and formulas with tokens deleted, doubled, exchanged and put in: the macros never panic, what they emit
//! parses, what they say is said in their own words, and their work is bounded.

#[path = "../../nn-core/tests/common/counting.rs"]
mod counting;
mod fuzzing;

use std::iter::{empty, once};
use std::panic::{AssertUnwindSafe, catch_unwind};

use counting::allocated_here;
use fuzzing::Expander;
use fuzzing::claims::{Found, check, network_code};
use fuzzing::mutate::{Draw, Mutator};
use fuzzing::seeds::{self, Seed};
use proc_macro2::TokenStream;

/// The mutations of each test.
const MUTATIONS: usize = 2000;

/// The most that an expansion may allocate, in bytes, and the most tokens that may be emitted for it. It stands for the
/// time, which no test measures.
const MOST_BYTES: usize = 100_000_000;
const MOST_TOKENS: usize = 100_000;

/// What a seed is expanded to.
type Expand = fn(&Expander, &TokenStream) -> Box<dyn Iterator<Item = TokenStream>>;

fn network(expander: &Expander, tokens: &TokenStream) -> Box<dyn Iterator<Item = TokenStream>> {
    Box::new(once(expander.network(tokens)))
}

fn formulas(expander: &Expander, tokens: &TokenStream) -> Box<dyn Iterator<Item = TokenStream>> {
    Box::new(expander.formulas(tokens))
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
    let (mut wrong, mut accepted, mut expansions) = (Vec::new(), 0, 0);
    for variant in 0..MUTATIONS {
        let seed = changed[draw.below(changed.len())];
        let tokens = mutator.mutate(seed.tokens.clone(), &mut draw);
        match claims(&|| expand(&expander, &tokens)) {
            Ok(found) => {
                expansions += found.len();
                accepted += found.iter().filter(|found| found.messages.is_empty()).count();
            }
            Err(message) => wrong.push(format!("variant {variant}, of {}: {message}\n{tokens}", seed.name)),
        }
    }
    assert!(wrong.is_empty(), "{} of {MUTATIONS}:\n{}", wrong.len(), wrong.join("\n\n"));
    println!("{accepted} of {expansions} expansions are of what is right");
    // both is looked at
    assert!(accepted > expansions / 10 && accepted < expansions * 9 / 10, "{accepted} of {expansions} are right");
}

/// Holds the claims for what tokens are expanded to, and answers what was found in them.
fn claims(expand: &dyn Fn() -> Box<dyn Iterator<Item = TokenStream>>) -> Result<Vec<Found>, String> {
    let mut all: Box<dyn Iterator<Item = TokenStream>> = Box::new(empty());
    let mut found = Vec::new();
    for at in 0.. {
        let before = allocated_here();
        let next = catch_unwind(AssertUnwindSafe(|| {
            if at == 0 {
                all = expand();
            }
            all.next()
        }));
        let allocated = allocated_here() - before;
        if allocated > MOST_BYTES {
            return Err(format!("it allocates {allocated} bytes"));
        }
        let Some(expanded) = next.map_err(|_| "a panic")? else { break };
        found.push(check(&expanded)?);
    }
    match found.iter().map(|found: &Found| found.tokens).find(|tokens| *tokens > MOST_TOKENS) {
        Some(tokens) => Err(format!("it is emitted as {tokens} tokens")),
        None => Ok(found),
    }
}

fn vary_networks(seed: u64) {
    let all = Seeds::new();
    vary(&all.networks.iter().collect::<Vec<_>>(), &all, network, seed);
}

fn vary_formulas(seed: u64) {
    let all = Seeds::new();
    vary(&all.formulas.iter().chain(&all.library).collect::<Vec<_>>(), &all, formulas, seed);
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
    formulas_1: vary_formulas(6);
    formulas_2: vary_formulas(7);
    formulas_3: vary_formulas(8);
    formulas_4: vary_formulas(9);
    formulas_5: vary_formulas(10);
}

#[test]
fn the_seeds_themselves_are_right() {
    let all = Seeds::new();
    let expander = Expander::new(&all.networks, &all.formulas);
    let networks = all.networks.iter().map(|seed| (seed, network as Expand, 0));
    // the modules come before the networks
    let modules = all.formulas.iter().chain(&all.library).map(|seed| (seed, formulas as Expand, 1));
    let mut wrong = Vec::new();
    for (seed, expand, modules) in networks.chain(modules) {
        let [first, again] = [(); 2].map(|()| expand(&expander, &seed.tokens).collect::<Vec<_>>());
        for (at, expanded) in first.iter().enumerate() {
            wrong.extend(check(expanded).map_or_else(|message| vec![message], |found| found.messages));
            if at >= modules {
                let code = network_code(expanded).unwrap_or_else(|| panic!("{} has no code: {expanded}", seed.name));
                let other = network_code(&again[at]).expect("the same tokens have code too");
                wrong.extend((code.to_string() != other.to_string()).then(|| format!("{} has two codes", seed.name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
