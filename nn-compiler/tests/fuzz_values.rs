//! Networks with tokens changed that are still right: their schedules give what their equations give.

#[path = "common/evaluated.rs"]
mod evaluated;
mod fuzzing;
#[path = "common/given.rs"]
mod given;

use std::panic::{AssertUnwindSafe, catch_unwind};

use evaluated::{TILES, agree, is_trained, values};
use fuzzing::examples::whole_networks;
use fuzzing::mutate::{Draw, Mutator};
use fuzzing::seeds::{self, Seed};
use nn_compiler::equation::{Role, Values};
use nn_compiler::errors::Errors;
use nn_compiler::gradient::gradient;
use nn_compiler::lowered::Lowered;
use nn_compiler::pipeline::compile;
use nn_compiler::shape::Dim;
use nn_compiler::syntax::parse_network;
use proc_macro2::TokenStream;

/// The mutations of each test.
const MUTATIONS: usize = 600;

/// The most products and elements of a network that is evaluated.
const LARGEST: i64 = 20_000;

/// The value of every size that is a symbol.
const SIZE: i64 = 4;

/// Whether a network was evaluated: not where the text is wrong, or too large.
fn holds(tokens: &TokenStream) -> Result<bool, String> {
    let Ok(network) = parse_network(tokens.clone()) else { return Ok(false) };
    let Some(compiled) = compile(&network, &mut Errors::default()) else { return Ok(false) };
    if !is_small(&compiled.infer) || !is_small(&compiled.train) {
        return Ok(false);
    }
    let predicted = |role| matches!(role, Role::Output(_));
    agree(&compiled.forward, &compiled.infer.program, &with_sizes(&compiled.infer), &predicted, &TILES)?;
    if let Some(training) = &compiled.training {
        let train = &compiled.train;
        // statistics of the batch need all of it at once
        let tiles = if train.names_batch { &TILES[..1] } else { &TILES };
        agree(&training.gradient, &gradient(train), &with_sizes(train), &is_trained, tiles)?;
    }
    Ok(true)
}

fn with_sizes(lowered: &Lowered) -> Values {
    let symbols = symbols(lowered);
    values(lowered, &symbols.iter().map(|name| (name.as_str(), SIZE)).collect::<Vec<_>>())
}

fn symbols(lowered: &Lowered) -> Vec<String> {
    let sizes = lowered.program.tensors.iter().flat_map(|tensor| &tensor.shape);
    let sizes = sizes.chain(lowered.program.indices.iter().map(|index| &index.extent));
    let mut symbols: Vec<String> = sizes.flat_map(|size| size.symbols()).map(Into::into).collect();
    symbols.sort();
    symbols.dedup();
    symbols
}

/// Whether sizes are as they have to be, and there is little to compute.
fn is_small(lowered: &Lowered) -> bool {
    let value = |size: &Dim| size.evaluate(given::SAMPLES, &|_| Some(SIZE));
    let obeys = lowered.obligations.iter().all(|obligation| {
        value(&obligation.not_negative).is_some_and(|value| if obligation.zero { value == 0 } else { value >= 0 })
    });
    let count = |sizes: Vec<&Dim>| sizes.into_iter().try_fold(1_i64, |count, size| count.checked_mul(value(size)?));
    let program = &lowered.program;
    let tensors = program.tensors.iter().map(|tensor| count(tensor.shape.iter().collect()));
    let equations = program.equations.iter();
    let equations = equations.map(|equation| count(equation.indices.iter().map(|at| program.extent(*at)).collect()));
    obeys && tensors.chain(equations).all(|count| count.is_some_and(|count| (1..=LARGEST).contains(&count)))
}

/// Evaluates mutations of texts.
fn vary(changed: &[&Seed], networks: fn(&TokenStream) -> Vec<TokenStream>, number: u64) {
    let all: Vec<Seed> = [seeds::networks(), seeds::formulas(), seeds::library()].into_iter().flatten().collect();
    let mutator = Mutator::new(&all);
    let mut draw = Draw(number);
    let (mut wrong, mut evaluated) = (Vec::new(), 0);
    for variant in 0..MUTATIONS {
        let seed = changed[draw.below(changed.len())];
        let tokens = mutator.mutate(seed.tokens.clone(), &mut draw);
        for network in networks(&tokens).iter().take(2) {
            match catch_unwind(AssertUnwindSafe(|| holds(network))) {
                Ok(Ok(was)) => evaluated += usize::from(was),
                Ok(Err(message)) => wrong.push(format!("variant {variant}, of {}: {message}\n{network}", seed.name)),
                Err(_) => wrong.push(format!("variant {variant}, of {}: a panic\n{network}", seed.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {MUTATIONS}:\n{}", wrong.len(), wrong.join("\n\n"));
    println!("{evaluated} networks were evaluated");
    assert!(evaluated > MUTATIONS / 10, "{evaluated} were evaluated");
}

#[test]
fn networks_mean_what_their_equations_say() {
    let seeds = seeds::networks();
    vary(&seeds.iter().collect::<Vec<_>>(), |tokens| vec![tokens.clone()], 11);
}

#[test]
fn formulas_mean_what_their_equations_say() {
    let seeds: Vec<Seed> = seeds::formulas().into_iter().chain(seeds::library()).collect();
    vary(&seeds.iter().collect::<Vec<_>>(), whole_networks, 12);
}
