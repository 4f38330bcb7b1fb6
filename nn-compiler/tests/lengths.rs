//! Sequences that end before their array does, and masks of attention.

#[path = "common/alike.rs"]
mod alike;
#[path = "common/evaluated.rs"]
mod evaluated;
#[path = "common/given.rs"]
mod given;
#[path = "common/twice.rs"]
mod twice;

mod common;
#[path = "common/text.rs"]
mod text;

use alike::alike;
use nn_compiler::explain::explain;
use proc_macro2::TokenStream;
use text::{GOOD, Text};
use twice::{Twice, check};

/// A network that sees the first states of a sequence of four positions as one of so many.
fn recurrent(kind: &str, others: &str, steps: usize, length: &str) -> String {
    let input = if length == "length" { ", length: index<5>" } else { "" };
    let length = if length.is_empty() { String::new() } else { format!(", length = {length}") };
    format!(
        "pub struct Net {{ rnn: {kind}(2 => 3, num_layers = 2, bidirectional = true) }}
         fn forward(x: [4, 2]{input}) -> [6] {{
             let (y, h{others}) = rnn(x.narrow(0, 0, {steps}){length});
             y.select(0, 0) + y.select(0, -1) + h.narrow(0, 0, 6) * h.narrow(0, 6, 6)
         }} loss = mse;"
    )
}

/// Without a length nothing is computed that was not before.
#[test]
fn a_length_that_is_left_out_costs_nothing() {
    for (kind, others) in [("LSTM", ", _"), ("GRU", ""), ("RNN", "")] {
        let derived = |length: &str| {
            let text = recurrent(kind, others, 4, length);
            explain(text.parse().unwrap(), TokenStream::new()).unwrap().derived.to_string()
        };
        assert_eq!(derived(""), derived("none"));
        assert!(!derived("").contains("where(t < "), "{}", derived(""));
        assert!(derived("length").contains("where(t < "), "{}", derived("length"));
    }
}

#[test]
fn gradients_of_gradients() {
    for (kind, others) in [("LSTM", ", _"), ("GRU", ""), ("RNN", "")] {
        check(&Twice::new(&recurrent(kind, others, 4, "length")));
    }
}

/// A layer takes its inputs by position or by name, and hands on what it was not given.
#[test]
fn inputs_have_names() {
    let network = |call: &str| {
        format!(
            "layer Own<In => H>(x: [T, In], h0: [H] = zeros, length: index<T + 1> = none) -> y: [T, H] {{
                 inner: GRU(In => H);
                 let (all, _) = inner(x, h0, length);
                 y = all;
             }}
             pub struct Net {{ own: Own(2 => 2), fc: Linear(2 => 2) }}
             fn forward(x: [4, 2], n: index<5>) -> [4, 2] {{
                 let first = fc(x.select(0, 0));
                 {call} + first.sum() + zeros([4, 2]) * count(n)
             }} loss = mse;
             fn count(n: index<N>) -> y: [1, 1] {{ y[i, j] = where(n < i + j, 1, 0); }}"
        )
    };
    alike(&[
        &network("own(x, first, n)"),
        &network("own(x, first, length = n)"),
        &network("own(x = x, length = n, h0 = first)"),
    ]);
    alike(&[&network("own(x, length = n)"), &network("own(x, zeros([2]), n)"), &network("x.own(length = n)")]);
    alike(&[&network("own(x)"), &network("own(x, length = none)"), &network("own(x, h0 = zeros([2]))")]);
}

/// The same mask in three ways.
#[test]
fn keys_that_do_not_count() {
    let network = |shape: &str, input: &str, call: &str| {
        format!(
            "pub struct Net {{ attention: MultiheadAttention(4, 2) }}
             fn forward(x: [3, 4], n: index<4>) -> {shape} {{ {input} {call} }} loss = mse;
             fn closed(n: index<S>) -> y: [2, 3] {{ y[l, m] = where(m < n, 0, -infinity); }}"
        )
    };
    alike(&[
        &network("[2, 4]", "", "attention(x.narrow(0, 0, 2), x, x, length = n)"),
        &network("[2, 4]", "", "attention(x.narrow(0, 0, 2), x, x, attn_mask = closed(n))"),
        &network("[2, 4]", "", "attention(x.narrow(0, 0, 2), x, x, attn_mask = closed(n), length = n)"),
    ]);
    alike(&[
        &network("[3, 4]", "let q = x.narrow(0, 0, 2);", "attention(x, q, q) + 0 * closed(n).exp().sum()"),
        &network(
            "[3, 4]",
            "let q = x.narrow(0, 0, 2);",
            "attention(x, q, q, attn_mask = zeros([3, 2])) + 0 * closed(n).exp().sum()",
        ),
    ]);
}

#[test]
fn wrong_lengths() {
    let says = |length: &'static str, body: &'static str, place: &str, message: &str| {
        Text { layers: "{ b: LSTM(3 => 2) }", forward: length, body, ..GOOD }.says(place, message);
    };
    let body = "{ let (_, h, _) = b(x, length = n); h }";
    says(
        "fn forward(x: [4, 3], n: index<4>) -> [2]",
        body,
        "b",
        "`b` takes classes below 5 for `length`, but it is given classes below 4",
    );
    says("fn forward(x: [4, 3], n: []) -> [2]", body, "b", "`LSTM` takes classes for `length`, but `n` holds numbers");
    says(
        "fn forward(x: [4, 3], n: index<5>) -> [2]",
        "{ let (_, h, _) = b(x, lengths = n); h }",
        "b",
        "layer `b` takes 4 inputs here; its other arguments stand where it is declared\n\nhelp: did you mean `length`?",
    );
    says(
        "fn forward(x: [4, 3], n: index<5>) -> [2]",
        "{ let (_, h, _) = b(x, zeros([2]), zeros([2]), n, length = n); h }",
        "length",
        "the argument `length` is given twice",
    );
    says(
        "fn forward(x: [4, 3], n: index<5>) -> [2]",
        "{ let (_, h, _) = b(length = n); h + x.sum() }",
        "(length = n)",
        "`LSTM` needs the input `x`",
    );
    says("fn forward(x: [4, 3]) -> [2]", "{ let (_, h, _) = b(x, length = 3); h }", "3", "`LSTM` takes a tensor here");
    says("fn forward(x: [4, 3]) -> [2]", "{ let (_, h, _) = b(x, none); h }", "none", "there is no value `none` here");
}

/// A stream has no end.
#[test]
fn a_stream_has_no_length() {
    Text {
        head: "#[stream] struct Net",
        layers: "{ b: LSTM(3 => 2) }",
        forward: "fn forward(x: [4, 3], n: index<5>) -> [4, 2]",
        body: "{ let (y, _, _) = b(x, length = n); y }",
        loss: "",
    }
    .says("#[stream]", "`Net` is no stream: `n` has no axis 0 that could be time");
}

#[test]
fn wrong_declarations() {
    let says = |input: &'static str, place: &str, message: &str| {
        let text = format!("loss = mse; layer L(x: [N], {input}) -> y: [N] {{ y = x; }}");
        Text { layers: "{ a: L }", body: "{ a(x) }", forward: "fn forward(x: [4]) -> [4]", loss: text.leak(), ..GOOD }
            .says(place, message);
    };
    says("n: index<4> = zeros", "zeros", "indices that are left out are `none`");
    says("n: [N] = ones", "ones", "an input that may be left out is `zeros` then");
    says("n = none", "none", "an input that may be left out is `zeros` then");
    says("n: [N] = none, m: [N]", "m", "inputs that may be left out stand behind all others");
    Text {
        layers: "{ a: L(4) }",
        body: "{ a(x) }",
        forward: "fn forward(x: [4]) -> [4]",
        loss: "loss = mse; layer L<N>(x: [N], z: [N] = none) -> y: [N] { y = x + z; }",
        ..GOOD
    }
    .says("z", "`z` can be `none` here: use it inside of `if z != none { … }`");
}
