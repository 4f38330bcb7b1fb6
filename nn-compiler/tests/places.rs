//! Where schedules put values in the workspace, and what of it they fill.

use nn_compiler::equation::Program;
use nn_compiler::errors::Errors;
use nn_compiler::pipeline::{Compiled, compile};
use nn_compiler::schedule::{Block, Place, Schedule};
use nn_compiler::symbolic::TensorId;
use nn_compiler::syntax::parse_network;

fn compiled(text: &str) -> Compiled {
    compile(&parse_network(text.parse().unwrap()).unwrap(), &mut Errors::default()).unwrap()
}

fn tensor(program: &Program, name: &str) -> TensorId {
    TensorId::new(program.tensors.iter().position(|tensor| tensor.name == name).unwrap())
}

fn place<'a>(schedule: &'a Schedule, name: &str) -> &'a Place {
    &schedule.places[&tensor(&schedule.program, name)]
}

#[test]
fn schedule_computes_elementwise_results_in_place_of_their_operands() {
    let text = "pub struct Net { a: Linear(3 => 8), b: Linear(8 => 8), c: Linear(8 => 1) }
        fn forward(x: [3]) -> [1] { c(b(a(x).exp()).sin()) }";
    let forward = compiled(text).forward;
    let place = |name: &str| place(&forward, name);
    assert_eq!((place("a_sum"), place("b_sum")), (place("exp"), place("sin")));
    assert_ne!(place("exp").offset, place("sin").offset, "both are live while `b` is computed");
    assert_eq!(forward.scratch.literal(), Some(2 * 8 * 4));
}

/// The offset and the length of a value, in bytes.
fn bytes(schedule: &Schedule, name: &str) -> (i64, i64) {
    let place = place(schedule, name);
    (place.offset.literal().unwrap(), place.len.literal().unwrap())
}

#[test]
fn schedule_computes_a_pool_within_its_operand() {
    let text = "pub struct Net { a: Conv2d(1 => 3, kernel = 3), b: Conv2d(3 => 2, kernel = 3) }
        fn forward(x: [1, 18, 18]) -> [2, 6, 6] { b(a(x).relu().max_pool2d(2)).exp() } ";
    let forward = compiled(text).forward;
    assert_eq!(bytes(&forward, "relu"), (0, 3 * 16 * 16 * 4));
    assert_eq!(bytes(&forward, "max_pool2d"), (0, 3 * 8 * 8 * 4));
    assert_eq!(forward.scratch.literal(), Some(3 * 16 * 16 * 4));
}

/// The rows of a pool would be stored over what is read later.
#[test]
fn schedule_keeps_an_operand_apart_that_is_read_in_another_order() {
    let turned = "y: [B, A, W / 2] { y[b, a, w] = max[i: 2](x[a, b, 2 * w + i]); }";
    let back = "y: [A, B, W / 2] { y[a, b, w] = max[i: 2](x[a, B - 1 - b, 2 * w + i]); }";
    let in_order = "y: [A, B, W / 2] { y[a, b, w] = max[i: 2](x[a, b, 2 * w + i]); }";
    for (formula, is_within) in [(turned, false), (back, false), (in_order, true)] {
        let text = format!(
            "fn pool(x: [A, B, W]) -> {formula}
             pub struct Net {{ a: Conv2d(1 => 3, kernel = 3), b: Linear(_ => 2) }}
             fn forward(x: [1, 6, 18]) -> [2] {{ b(pool(a(x).relu()).flatten()) }}"
        );
        let forward = compiled(&text).forward;
        let [(operand, operand_len), (pool, len)] = ["relu", "pool"].map(|name| bytes(&forward, name));
        assert_eq!((operand_len, len), (3 * 4 * 16 * 4, 3 * 4 * 8 * 4));
        assert_eq!(operand < pool + len && pool < operand + operand_len, is_within, "{formula}");
    }
}

#[test]
fn schedule_fills_only_the_padding_of_what_a_convolution_computes() {
    let text = "pub struct Net { a: Conv2d(1 => 3, kernel = 3), b: Conv2d(3 => 2, kernel = 3, padding = 1) }
        fn forward(x: [1, 10, 10]) -> [2, 8, 8] { b(a(x).relu()) }";
    let forward = compiled(text).forward;
    let relu = tensor(&forward.program, "relu");
    let framed = |block: &Block| matches!(block, Block::Frame(tensor) if *tensor == relu);
    assert_eq!(forward.blocks.iter().filter(|block| framed(block)).count(), 1);
    assert!(!forward.blocks.iter().any(|block| matches!(block, Block::Fill(_))), "{:?}", forward.blocks);
}
