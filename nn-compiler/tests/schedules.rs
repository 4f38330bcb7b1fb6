//! Schedules against the equations that they were made of: later tiles, folded networks, and sizes that the macro cannot
//! see.

#[path = "common/evaluated.rs"]
mod evaluated;
#[path = "common/given.rs"]
mod given;

use evaluated::{TILES, agree, is_trained, results, same, values};
use given::{Given, SAMPLES};
use nn_compiler::equation::{Program, Role, Values};
use nn_compiler::errors::Errors;
use nn_compiler::gradient::gradient;
use nn_compiler::pipeline::{Compiled, compile};
use nn_compiler::schedule::{Block, Schedule, evaluate};
use nn_compiler::symbolic::TensorId;
use nn_compiler::syntax::parse_network;

const POOLED: &str = "pub struct Net {
        a: Conv1d(2 => 3, kernel = 3, padding = 1), b: Linear(_ => 4), c: Linear(4 => 2, bias = false),
    }
    fn forward(x: [2, 8]) -> [2] { c(b(a(x).max_pool1d(2).tanh().flatten()).relu()) } loss = mse;";

const ARRAY: &str = "layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N), y = x + a(x).softmax(); }
    pub struct Net { blocks: [Block(4); 3], #[checkpoint] last: Block(4) }
    fn forward(x: [4]) -> [4] { last(blocks(x)) } loss = cross_entropy;";

const NORMED: &str = "#[folded(Folded)] pub struct Net {
        a: Conv1d(2 => 3, kernel = 3, padding = 1), n: BatchNorm1d(3), b: Linear(_ => 2),
    }
    fn forward(x: [2, 6]) -> [2] { b(n(a(x)).relu().flatten()).sigmoid() }";

const GENERIC: &str = "pub struct Net<N, M> { a: Conv1d(1 => 2, kernel = 3, padding = 1), b: Linear(2 * N => M) }
    fn forward(x: [1, N]) -> [M] { let h = a(x); b((h * h.max(axis = -1).reshape(2, 1)).tanh().flatten()) } loss = mse;";

const GENERIC_KERNEL: &str = "pub struct Net<K> {
        a: Conv2d(1 => 2, kernel = K), b: Conv2d(2 => 2, kernel = 3, padding = 1), fc: Linear(_ => 2),
    }
    fn forward(x: [1, 6, 7]) -> [2] { let h = a(x); fc(concat(h, b(h.tanh())).max_pool2d(2).flatten()) } loss = mse;";

fn compiled(text: &str) -> Compiled {
    let mut errors = Errors::default();
    let compiled = compile(&parse_network(text.parse().unwrap()).unwrap(), &mut errors);
    compiled.unwrap_or_else(|| panic!("{:?}", errors.messages()))
}

/// Holds that a schedule gives what equations give.
fn holds(schedule: &Schedule, program: &Program, given: &Values, wanted: &dyn Fn(Role) -> bool) {
    agree(schedule, program, given, wanted, &TILES).unwrap();
}

#[test]
fn later_tiles_add_to_the_gradients_of_the_first() {
    for text in [POOLED, ARRAY] {
        let compiled = compiled(text);
        let given = values(&compiled.train, &[]);
        holds(&compiled.training.as_ref().unwrap().gradient, &gradient(&compiled.train), &given, &is_trained);
        let predicted = |role| matches!(role, Role::Output(_));
        holds(&compiled.forward, &compiled.infer.program, &values(&compiled.infer, &[]), &predicted);
    }
}

#[test]
fn a_long_chain_is_computed_by_several_nests() {
    let text = format!(
        "pub struct Net {{ fc: Linear(2 => 2) }} fn forward(x: [2]) -> [2] {{ let x = fc(x); {} x }} loss = mse;",
        "let x = sqrt(sq(x) + 0.01);".repeat(600)
    );
    let compiled = compiled(&text);
    let given = values(&compiled.train, &[]);
    let gradient_of = &compiled.training.as_ref().unwrap().gradient;
    holds(gradient_of, &gradient(&compiled.train), &given, &is_trained);
    let nests = gradient_of.blocks.iter().filter(|block| matches!(block, Block::Nest(_))).count();
    assert!((3..20).contains(&nests), "{nests} nests for a chain of 600 steps and its adjoints");
}

/// A bias at a place that an index chooses has no stride, so that no kernel begins a sum with it.
#[test]
fn a_bias_may_be_gathered() {
    const GATHERED: &str = "layer Chosen<N => M>(x: [N], k: index<M>) -> y: [M] {
            param weight: [M, N] = uniform(1);
            param bias: [M] = uniform(1);
            s[i] = sum[j](weight[i, j] * x[j]);
            y[i] = s[i] + bias[k];
        }
        pub struct Net { a: Chosen(20 => 12) }
        fn forward(x: [20], k: index<12>) -> [12] { a(x, k) } loss = mse;";
    let Compiled { infer, forward, .. } = compiled(GATHERED);
    holds(&forward, &infer.program, &values(&infer, &[]), &|role| matches!(role, Role::Output(_)));
}

#[test]
fn a_folded_network_predicts_what_the_network_does() {
    let compiled = compiled(NORMED);
    let given = values(&compiled.infer, &[]);
    let folding = compiled.folded.as_ref().unwrap();
    let mut prepared = given.clone();
    evaluate(&folding.preparation, &mut prepared, 1).unwrap();
    let network = &folding.network.infer;
    let parameters = results(&folding.preparation.program, &prepared, &|role| matches!(role, Role::Folded(_)));
    let mut values = Values::new(SAMPLES, Vec::new());
    let inputs: Vec<Given> = network
        .inputs
        .iter()
        .map(|port| (port.tensor, given.get(&compiled.infer.program, port.tensor).to_vec()))
        .collect();
    inputs.into_iter().for_each(|(tensor, elements)| values.set(tensor, elements));
    assert_eq!(parameters.len(), network.parameters.len());
    for (number, parameter) in network.parameters.iter().enumerate() {
        let (_, elements) = parameters.iter().find(|(role, _)| *role == Role::Folded(number)).unwrap();
        values.set(parameter.tensor, elements.clone());
    }
    let predicted = |role| matches!(role, Role::Output(_));
    holds(&folding.network.forward, &network.program, &values, &predicted);
    let mut expected = given.clone();
    compiled.infer.program.evaluate(&mut expected);
    let mut found = values;
    evaluate(&folding.network.forward, &mut found, SAMPLES).unwrap();
    let expected = results(&compiled.infer.program, &expected, &predicted);
    same(&results(&folding.network.forward.program, &found, &predicted), &expected).unwrap();
}

#[test]
fn sizes_that_the_macro_cannot_see_may_be_any() {
    let compiled = compiled(GENERIC);
    for sizes in [[("N", 4), ("M", 3)], [("N", 7), ("M", 1)], [("N", 300), ("M", 2)]] {
        let given = values(&compiled.train, &sizes);
        holds(&compiled.training.as_ref().unwrap().gradient, &gradient(&compiled.train), &given, &is_trained);
    }
}

#[test]
fn groups_may_have_channels_that_the_macro_cannot_see() {
    let compiled = compiled(
        "pub struct Net<C> {
             a: Conv1d(4 => C, kernel = 2, groups = 2), b: Conv1d(C => 2 * C, kernel = 2, groups = C), fc: Linear(_ => 2),
         }
         fn forward(x: [4, 5]) -> [2] { fc(b(a(x).tanh()).flatten()) } loss = mse;",
    );
    for channels in [2, 4, 6] {
        let given = values(&compiled.train, &[("C", channels)]);
        holds(&compiled.training.as_ref().unwrap().gradient, &gradient(&compiled.train), &given, &is_trained);
    }
}

#[test]
fn a_kernel_that_the_macro_cannot_see_may_be_any() {
    let compiled = compiled(GENERIC_KERNEL);
    for kernel in [1, 2, 3, 5] {
        let given = values(&compiled.train, &[("K", kernel)]);
        holds(&compiled.training.as_ref().unwrap().gradient, &gradient(&compiled.train), &given, &is_trained);
    }
}

/// Positions are of the least type that holds them, and a workspace of known sizes is the smaller for it.
#[test]
fn positions_take_the_bytes_that_they_need() {
    let pooled = |kernel: i64| {
        let size = 4 * kernel;
        let text = format!(
            "pub struct Net {{ a: Linear({size} => {size}) }}
             fn forward(x: [1, {size}]) -> [1, 4] {{ a(x).max_pool1d({kernel}) }} loss = mse;"
        );
        let schedule = compiled(&text).training.unwrap().gradient;
        let at = schedule.program.tensors.iter().position(|tensor| tensor.number.is_position()).unwrap();
        let place = schedule.places[&TensorId::new(at)].clone();
        (schedule.program.tensors[at].number.bytes(), place.len.literal().unwrap())
    };
    assert_eq!(pooled(2), (1, 4));
    assert_eq!(pooled(300), (2, 8));
}

/// A lookup stays a tensor in front of a product, which is a contraction for that reason.
#[test]
fn the_rows_that_a_product_takes_are_looked_up_first() {
    let compiled = compiled(
        "pub struct Net { table: Embedding(50 => 8), fc: Linear(8 => 4) }
         fn forward(words: index<50>[6]) -> [6, 4] { fc(table(words)) } loss = mse;",
    );
    assert!(compiled.forward.blocks.iter().any(Block::contracts), "{:?}", compiled.forward.blocks);
    let given = values(&compiled.train, &[]);
    holds(&compiled.training.as_ref().unwrap().gradient, &gradient(&compiled.train), &given, &is_trained);
}

/// A scan has as many steps as rustc knows.
#[test]
fn a_scan_may_have_any_number_of_steps() {
    let compiled = compiled(
        "pub struct Net<S, H> { lstm: LSTM(2 => H, bidirectional = true), fc: Linear(2 * H => 1) }
         fn forward(x: [S, 2]) -> [S, 1] { let (y, _, _) = lstm(x); fc(y) } loss = mse;",
    );
    for sizes in [[("S", 1), ("H", 3)], [("S", 5), ("H", 1)], [("S", 9), ("H", 4)]] {
        let given = values(&compiled.train, &sizes);
        holds(&compiled.training.as_ref().unwrap().gradient, &gradient(&compiled.train), &given, &is_trained);
    }
}

/// Values that several carries take, or that are defined twice, are told apart.
#[test]
fn carries_may_take_one_value() {
    let compiled = compiled(
        "fn both(x: [T, N]) -> (a: [N], b: [N]) {
             scan t: T {
                 carry a: [N] = 0.5;
                 carry b: [N] = zeros;
                 new[n] = x[t, n] + a[n] * b[n];
                 next a = new;
                 next b = new;
             }
         }
         pub struct Net; fn forward(x: [4, 2]) -> [2] { let (a, b) = both(x); a - 2 * b } loss = mse;",
    );
    let given = values(&compiled.train, &[]);
    holds(&compiled.training.as_ref().unwrap().gradient, &gradient(&compiled.train), &given, &is_trained);
}
