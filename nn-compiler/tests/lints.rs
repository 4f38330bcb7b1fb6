//! Networks that compile and probably mean something else, and their neighbours, which are right.

use nn_compiler::errors::Errors;
use nn_compiler::lints::{Lint, warnings};
use nn_compiler::pipeline::compile;
use nn_compiler::syntax::parse_network;

/// The names of the lints that a network meets, and the texts.
fn found(text: &str) -> Vec<(&'static str, String)> {
    let network = parse_network(text.parse().unwrap()).unwrap();
    let mut errors = Errors::default();
    let compiled = compile(&network, &mut errors);
    let compiled = compiled.unwrap_or_else(|| panic!("{text}: {:?}", errors.messages()));
    warnings(&network, &compiled.infer).into_iter().map(|warning| (warning.lint.name(), warning.text)).collect()
}

fn names(text: &str) -> Vec<&'static str> {
    found(text).into_iter().map(|(name, _)| name).collect()
}

/// Each lint with networks that it is meant for.
const WRONG: &[(Lint, &str)] = &[
    (
        Lint::SoftmaxBeforeCrossEntropy,
        "struct N { fc: Linear(4 => 3) } fn forward(x: [4]) -> [3] { fc(x).softmax() } loss = cross_entropy;",
    ),
    (
        Lint::SoftmaxBeforeCrossEntropy,
        "struct N { fc: Linear(4 => 3), v: Linear(4 => 1) }
         fn forward(x: [4]) -> (value: [1], policy: [3]) { let p = softmax(fc(x)); (v(x), p.flatten()) }
         loss(t: [1], k: index<3>) = mse(value, t) + 0.5 * cross_entropy(policy, k, label_smoothing = 0.1);",
    ),
    (
        Lint::SigmoidBeforeLogits,
        "struct N { fc: Linear(4 => 1) } fn forward(x: [4]) -> [1] { fc(x).sigmoid() } loss = bce_with_logits;",
    ),
    (Lint::NllWithoutLogSoftmax, "struct N { fc: Linear(4 => 3) } fn forward(x: [4]) -> [3] { fc(x) } loss = nll;"),
    (
        Lint::NllWithoutLogSoftmax,
        "struct N { fc: Linear(4 => 3) } fn forward(x: [4]) -> [3] { fc(x).softmax() } loss = nll;",
    ),
    (Lint::BceWithoutSigmoid, "struct N { fc: Linear(4 => 1) } fn forward(x: [4]) -> [1] { fc(x) } loss = bce;"),
    (Lint::BceWithoutSigmoid, "struct N { fc: Linear(4 => 1) } fn forward(x: [4]) -> [1] { fc(x).tanh() } loss = bce;"),
    (
        Lint::CrossEntropyOfOneClass,
        "struct N { fc: Linear(4 => 1) } fn forward(x: [4]) -> [1] { fc(x) } loss = cross_entropy;",
    ),
    (
        Lint::BiasBeforeBatchNorm,
        "struct N { conv: Conv2d(1 => 4, kernel = 3), norm: BatchNorm2d(4) }
         fn forward(x: [1, 8, 8]) -> [4, 6, 6] { let y = conv(x); norm(y).relu() }",
    ),
    (
        Lint::BiasBeforeBatchNorm,
        "layer Block<C>(x: [C, H, W]) -> y: [C, H, W] {
             conv: Conv2d(C => C, kernel = 3, padding = 1);
             norm: BatchNorm2d(C);
             y = x + norm(conv(x)).relu();
         }
         struct N { block: Block(2) } fn forward(x: [2, 4, 4]) -> [2, 4, 4] { block(x) }",
    ),
    (
        Lint::LinearAfterLinear,
        "struct N { a: Linear(4 => 8), b: Linear(8 => 3) } fn forward(x: [4]) -> [3] { b(a(x)) }",
    ),
    (
        Lint::DropoutOfOutput,
        "struct N { a: Linear(4 => 8) } fn forward(x: [4]) -> [8] { a(x).relu().dropout(0.5) } loss = mse;",
    ),
    (
        Lint::BatchAxis,
        "struct N { a: Linear(784 => 32), b: Linear(32 => 10) }
         fn forward(x: [64, 784]) -> [64, 10] { b(a(x).relu()) } loss = cross_entropy;",
    ),
    (
        Lint::BatchAxis,
        "struct N { a: Linear(784 => 32), norm: LayerNorm(32), b: Linear(32 => 10) }
         fn forward(x: [64, 784], y: [64, 32]) -> [64, 10] { b(norm(a(x) + y).gelu()).softmax() } loss = mse;",
    ),
];

/// Networks of which nothing is suspected.
const RIGHT: &[&str] = &[
    "struct N { fc: Linear(4 => 3) } fn forward(x: [4]) -> [3] { fc(x) } loss = cross_entropy;",
    "struct N { fc: Linear(4 => 3) } fn forward(x: [4]) -> [3] { fc(x).log_softmax() } loss = nll;",
    "struct N { fc: Linear(4 => 3) } fn forward(x: [4]) -> [3] { fc(x).softmax() } loss = mse;",
    "struct N { fc: Linear(4 => 1) } fn forward(x: [4]) -> [1] { let y = fc(x); y.sigmoid() } loss = bce;",
    "struct N { fc: Linear(4 => 1) } fn forward(x: [4]) -> [1] { fc(x) } loss = bce_with_logits;",
    // the user's own functions and losses may be anything
    "fn squash(x) = 1 / (1 + exp(-x));
     struct N { fc: Linear(4 => 1) } fn forward(x: [4]) -> [1] { fc(x).squash() } loss = bce;",
    "fn softmax(x: [..]) -> y: [..] { y[..] = 2 * x[..]; }
     struct N { fc: Linear(4 => 3) } fn forward(x: [4]) -> [3] { fc(x).softmax() } loss = cross_entropy;",
    "loss bce(y: [..], t: [..]) = sum[..](sq(y[..] - t[..]));
     struct N { fc: Linear(4 => 3) } fn forward(x: [4]) -> [3] { fc(x) } loss = bce;",
    "struct N { conv: Conv2d(1 => 4, kernel = 3, bias = false), norm: BatchNorm2d(4) }
     fn forward(x: [1, 8, 8]) -> [4, 6, 6] { norm(conv(x)).relu() }",
    "struct N { conv: Conv2d(1 => 4, kernel = 3), norm: BatchNorm2d(4) }
     fn forward(x: [1, 8, 8]) -> [4, 6, 6] { norm(conv(x).relu()) }",
    // a product of two thin matrices has fewer parameters than the matrix
    "struct N { a: Linear(64 => 4), b: Linear(4 => 64) } fn forward(x: [64]) -> [64] { b(a(x)) }",
    "struct N { a: Linear(4 => 8), b: Linear(8 => 3) }
     fn forward(x: [4]) -> [3] { let h = a(x); let h = h.relu(); b(h) }",
    "struct N { a: Linear(4 => 8), b: Linear(8 => 3) } fn forward(x: [4]) -> [3] { b(a(x).dropout(0.5).relu()) }",
    // rows that meet each other, or that are told apart
    "layer Mix<N>(x: [N, D]) -> y: [N, D] { param w: [N, N] = zeros; y[i, d] = sum[j](w[i, j] * x[j, d]); }
     struct N { a: Linear(8 => 8), mix: Mix(64) } fn forward(x: [64, 8]) -> [64, 8] { mix(a(x)) }",
    "layer Embed<N, D>(x: [N, D]) -> y: [N, D] { param w: [N, D] = zeros; y[i, d] = w[i, d] + x[i, d]; }
     struct N { a: Linear(8 => 8), at: Embed(64, 8) } fn forward(x: [64, 8]) -> [64, 8] { a(at(x)) }",
    "struct N { a: Linear(8 => 8) } fn forward(x: [64, 8]) -> [64, 8] { a(x) - a(x.flip(axis = 0)) }",
    "struct N { conv: Conv2d(3 => 3, kernel = 3, padding = 1) } fn forward(x: [3, 8, 8]) -> [3, 8, 8] { conv(x) }",
    "struct N { conv: Conv2d(1 => 1, kernel = 3, padding = 1) } fn forward(x: [1, 8, 8]) -> [1, 8, 8] { conv(x) }",
    "struct N { a: Linear(8 => 4) } fn forward(x: [64, 8]) -> [4] { a(x).mean(axis = 0) }",
];

#[test]
fn suspicious_networks_meet_one_lint() {
    for (lint, text) in WRONG {
        assert_eq!(names(text), [lint.name()], "{text}");
    }
    for lint in Lint::ALL {
        assert!(WRONG.iter().any(|(met, _)| *met == lint), "{} is met by no network", lint.name());
    }
}

#[test]
fn right_networks_meet_none() {
    for text in RIGHT {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn each_lint_is_silenced_by_its_name() {
    for (lint, text) in WRONG {
        let allowed = text.replacen("struct N", &format!("#[allow(dead_code, nn::{})] struct N", lint.name()), 1);
        assert_eq!(names(&allowed), Vec::<&str>::new(), "{allowed}");
    }
}

#[test]
fn names_that_are_no_lints_are_reported() {
    let network =
        parse_network("#[allow(nn::batch)] struct N; fn forward(x: [4]) -> [4] { x }".parse().unwrap()).unwrap();
    let mut errors = Errors::default();
    assert!(compile(&network, &mut errors).is_none());
    let [message] = errors.messages() else { panic!("{:?}", errors.messages()) };
    assert!(
        message.contains("there is no lint `nn::batch`") && message.contains("did you mean `batch_axis`?"),
        "{message}"
    );
}

#[test]
fn texts_name_what_was_found() {
    let [(_, text)] = found(WRONG[0].1).try_into().unwrap();
    assert!(text.contains("with `softmax` in front of it") && text.contains("help: leave out `softmax`"), "{text}");
}
