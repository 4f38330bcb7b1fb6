//! The words for what goes wrong with the batch, with states, with arrays of layers and with networks as layers.

mod common;
#[path = "common/text.rs"]
mod text;

use text::{GOOD, Text, head, layers};

/// A layer of one's own between two others.
fn layer(text: &'static str, place: &str, message: &str) {
    Text { layers: text, body: "{ a(x) }", forward: "fn forward(x: [4]) -> [4]", ..GOOD }.says(place, message);
}

#[test]
fn the_batch_is_named_while_training() {
    layer(
        "{ a: L } layer L(x: [N]) -> y: [N] { m[n] = mean[batch](x[n]); y[n] = x[n] - m[n]; }",
        "batch",
        "a prediction sees one sample only: `batch` stands in `train { … }`",
    );
    layer(
        "{ a: L } layer L(x: [N]) -> y: [N] { train { y[n] = x[n] - mean[batch: 3](x[n]); } infer { y = x; } }",
        "batch",
        "`batch` stands for all samples and has no size of its own",
    );
    layer(
        "{ a: L } layer L(x: [N]) -> y: [N] { train { y[n] = mean[batch](x[n] - sum[batch](x[n])); } infer { y = x; } }",
        "batch",
        "`batch` is an index already",
    );
    layer(
        "{ a: L } layer L(x: [N]) -> y: [N] { train { y[n] = mean[batch](x[batch]); } infer { y = x; } }",
        "batch",
        "`batch` stands for all samples: each is read as it is",
    );
}

#[test]
fn numbers_are_drawn_while_training() {
    layer(
        "{ a: L } layer L(x: [N]) -> y: [N] { y[n] = x[n] * random(); }",
        "random",
        "a prediction draws no numbers: `random()` stands in `train { … }`",
    );
}

#[test]
fn states_are_declared_and_one_for_all() {
    layer(
        "{ a: L } layer L(x: [N]) -> y: [N] { next s = 0; y = x; }",
        "s",
        "there is no state `s` in this layer: declare it",
    );
    layer(
        "{ a: L } layer L(x: [N]) -> y: [N] { state s: [N] = zeros; next s[n] = s[n]; y = x; }",
        "s",
        "predictions leave the state as it is",
    );
    layer(
        "{ a: L } layer L(x: [N]) -> y: [N] { state s: [N] = zeros; train { next s[n] = x[n]; } infer { } y = x; }",
        "s",
        "`next s` is one for all samples, but this depends on the sample",
    );
    layer(
        "{ a: L } layer L(x: [N]) -> y: [N] { state s: [N] = zeros; train { next s = x; } infer { } y = x; }",
        "x",
        "`next s` is one for all samples, but this depends on the sample",
    );
    layer(
        "{ a: L } layer L(x: [N]) -> y: [N] {
             state s: [N] = zeros; state r: [] = zeros; train { next s = r; } infer { } y = x;
         }",
        "r",
        "the state `s` has the shape [4], but this gives []",
    );
    layer(
        "{ a: L } layer L(x: [N]) -> y: [N] { state s: [N] = zeros; state s: [N] = ones; y = x; }",
        "s",
        "there are two states `s`",
    );
    let layers = "{ a: Linear(4 => 8), b: Linear(8 => 2) } fn f(x: [N]) -> y: [N] { state s: [N] = zeros; y = x; }";
    Text { layers, body: "{ b(f(a(x))) }", ..GOOD }.says("s", "a `fn` has no state");
}

#[test]
fn arrays_of_layers_hand_on_what_they_take() {
    layer("{ a: [Linear(4 => 3); 2] }", "a", "each layer of the array `a` takes what");
    layer("{ a: [L; 2] } layer L(x: [N]) -> y: [N + 1] { y[i] = 1; }", "a", "each layer of the array `a` takes what");
    layer("{ a: [Linear(4 => 4); 0] }", "0", "an array has 1 to 65536 layers, not 0");
    layer("{ a: [Linear(4 => 4); crate::N] }", "crate", "the number of layers in an array is a number here");
    layers("{ a: [Linear(4 => 8)], b: Linear(8 => 2) }", "]", "expected an array of layers");
}

#[test]
fn networks_as_layers_have_one_output() {
    head("#[layer] struct Net<N>", "N", "a network with `#[layer]` has sizes that are numbers");
}
