//! The words for what goes wrong with reductions, terms of losses, and what a loss and formulas read.

mod common;
#[path = "common/text.rs"]
mod text;

use common::{expand, mistakes};
use text::{GOOD, Text, body, layers, loss};

/// A text without mistakes.
fn good(loss: &'static str) {
    let text = format!("{} {} {} {} {loss}", GOOD.head, GOOD.layers, GOOD.forward, GOOD.body);
    let found = mistakes(expand(&text.parse().unwrap()));
    assert!(found.is_empty(), "{loss}: {found:?}");
}

#[test]
fn a_sum_over_the_batch_beside_a_mean_is_said() {
    const UNSAID: &str = "this term is averaged over the batch, but another one is summed over it\n\nhelp: say which";
    loss("loss(t: [2]) = mse(output, t, reduction = sum) - 0.5 * sum[n](sq(output[n]));", "sum", UNSAID);
    loss("loss(t: [2]) = l1(output, t) / 2 + mse(output, t, reduction = sum);", "l1", UNSAID);
    loss("loss(t: [2]) = mse(output, t) + sum_over_batch(sum[n](output[n])) + l1(output, t);", "mse", UNSAID);
    good("loss(t: [2]) = mse(output, t, reduction = sum) - mean_over_batch(sum[n](sq(output[n])));");
    good("loss(t: [2]) = mse(output, t, reduction = sum) - 0.5 * sum_over_batch(sum[n](sq(output[n])));");
    good("loss(t: [2]) = mse(output, t, reduction = sum) + l1(output, t, reduction = batchmean);");
    good("loss(t: [2], reduction = sum) = mse(output, t, reduction = mean) + sum[n](sq(output[n]));");
    good("loss(t: [2]) = mse(output, t, reduction = sum) + sum[i](a.bias[i]);");
    good("loss = mse(output, b.bias, reduction = sum);");
}

#[test]
fn the_words_of_terms_are_used_as_terms() {
    const ARGUMENT: &str = "`sum_over_batch` takes a number for each sample";
    loss(
        "loss(t: [2]) = sum_over_batch(mse(output, t));",
        "sum_over_batch",
        "a loss has a word for this: `mse(…, reduction = sum)`",
    );
    loss("loss(t: [2]) = t[0] * sum_over_batch(output[0]);", "sum_over_batch", "`sum_over_batch(…)` is a whole term");
    body("{ b(a(x).sum_over_batch()) }", "sum_over_batch", "`sum_over_batch(…)` is a whole term");
    loss("loss(t: [2]) = mse(output, t) + sum_over_batch(output[0], 2);", "sum_over_batch", ARGUMENT);
    loss("loss(t: [2]) = sum_over_batch(output * t);", "*", "a term of the loss is one number for each sample");
    loss(
        "loss(t: [2]) = t[0] * mse(output, t, reduction = sum);",
        "reduction",
        "`mse` is a number for each sample here",
    );
    loss("loss(t: [2], reduction = all) = mse(output, t);", "all", "`reduction` is `mean` (over everything)");
    loss("loss(t: [2], reduce = sum) = mse(output, t);", "reduce", "a loss has targets and a `reduction`");
    loss(
        "loss(reduction = sum, t: [2], reduction = sum) = mse(output, t);",
        "reduction",
        "the argument `reduction` is given",
    );
}

#[test]
fn reductions_need_losses_that_are_linear_in_their_means() {
    let cases = [
        (
            "l = sqrt(mean[n](sq(y[n] - t[n])));",
            "this takes the sum where `m` has a `mean`, but there a `mean` stands inside",
        ),
        (
            "l = mean[n](y[n]) * mean[n](t[n]);",
            "this takes the sum where `m` has a `mean`, but there a `mean` stands inside",
        ),
        (
            "s = mean[n](t[n]); l = mean[n](y[n]) / s;",
            "this takes the sum where `m` has a `mean`, but there a `mean` stands",
        ),
        ("l = mean[n](y[n] * t[n]) + 1;", "this takes the sum where `m` has a `mean`, but there a `mean` is added"),
        (
            "l = where(y[0] < 1, mean[n](y[n] * t[n]), t[0]);",
            "this takes the sum where `m` has a `mean`, but there a `mean` is added",
        ),
        ("l = sq(y - t).mean().sqrt();", "this takes the sum where `m` has a `mean`, but there a `mean` stands inside"),
    ];
    for (definition, message) in cases {
        let whole = format!("loss = m(reduction = sum); loss m(y: [N], t: [N]) -> l: [] {{ {definition} }}");
        loss(whole.leak(), "reduction", message);
        good(format!("loss = m; loss m(y: [N], t: [N]) -> l: [] {{ {definition} }}").leak());
    }
    good("loss = m(reduction = sum); loss m(y: [N], t: [N]) -> l: [] { l = sum[n](sq(y[n] - mean[k](t[k]))); }");
    // of branches the one that is taken counts
    good(
        "loss = m(reduction = sum); loss m<f: bool = true>(y: [N], t: [N]) -> l: [] {
        if f { l = mean[n](y[n] * t[n]); } else { l = sqrt(mean[n](y[n] * t[n])); } }",
    );
}

#[test]
fn a_loss_reads_inputs_and_parameters_and_calls_no_layers() {
    loss("loss(t: [2]) = mse(b(output), t);", "b", "layers are called in `forward`, not in the loss");
    good("loss(t: [2]) = mse(output, t) + x[0] * sum[i, j](sq(a.weight[i, j]));");
    good("loss = (output - 1).sq().mean();");
    good("loss(output_of_before: [2]) = mse(output, output_of_before) + sum[k](x[k]);");
}

#[test]
fn parameters_are_read_behind_the_first_call() {
    layers("{ a: Linear(4 => 8), b: Linear(8 => 2), c: [Linear(2 => 2); 3] }", "c", "layer `c` is never used");
    body("{ let w = a.weight.sum(); b(a(x)) + w }", "weight", "`a.weight` is known behind the first call of `a`");
    body(
        "{ let h = a(x); b(h) + a.weigth.sum() }",
        "weigth",
        "`a` has no parameter `weigth`: it is a `Linear`\n\nhelp: did you mean `weight`?",
    );
    body("{ let h = a(x); b(h) + h.weight }", "h", "`h` is no layer: only layers have parameters");
    body("{ let h = a(x); b(h) + c.weight }", "c", "there is no layer `c` here");
    body("{ let h = a(x); b(h) + a.inner.weight }", "inner", "there is no layer `inner` in `a`");
    body("{ b(a(x).weight) }", "weight", "expected a call: `.weight(…)`");
    let array = "{ a: Linear(4 => 8), b: Linear(8 => 2), c: [Linear(2 => 2); 3] }";
    let text = Text { layers: array, body: "{ c(b(a(x))) + c.bias }", ..GOOD };
    text.says("bias", "each layer of an array has its own `bias`: `c.bias` is read inside");
    let norm = "{ a: Linear(4 => 8), b: Linear(8 => 2), n: BatchNorm1d(2), o: Own }
        layer Own(x: [N]) -> y: [N] { f: Linear(N => N); y = f(x); }";
    let text = Text { layers: norm, body: "{ o(n(b(a(x)))) + n.running_mean }", ..GOOD };
    text.says("running_mean", "`running_mean` is a state of `n`: only parameters are read");
    Text { layers: norm, body: "{ o(n(b(a(x)))) + o.f }", ..GOOD }
        .says("f", "`o.f` is a layer: its parameters are read");
}

#[test]
fn numbers_choose_positions_inside_of_their_tensors() {
    const FORWARD: &str = "fn forward(x: [4]) -> [2]";
    let pick = |call: &'static str, place: &str, message: &str| {
        let layers = "{ a: Linear(4 => 8) } fn pick<from: S: [K]>(x: [N]) -> y: [K] { y[k] = x[S[k]]; }
            fn far<from: S: [K]>(x: [N]) -> y: [K] { y[k] = x[S[k + 1]]; }
            fn other(x: [N], s: [K]) -> y: [K] { y[k] = x[s[k]]; }";
        Text { layers, forward: FORWARD, body: call, ..GOOD }.says(place, message);
    };
    pick(
        "{ pick(a(x), from = (1, 8)) }",
        "x",
        "the index `7*k + 1` can leave `x`: it runs from 1 to 8, but there are 8 values",
    );
    pick("{ pick(a(x), from = (1, 0.5)) }", "S", "the index `…` is 0.5 where `k` is 1: an index is a whole number");
    pick(
        "{ far(a(x), from = (1, 2)) }",
        "S",
        "an index can leave `S`: it is 2, but there are 2 values along this axis",
    );
    pick("{ other(a(x), x).narrow(0, 0, 2) }", "s", "an index is made of index names and sizes");
}

#[test]
fn a_declared_extent_is_how_far_an_index_runs() {
    let gate = |formula: &'static str, place: &str, message: &str| {
        let layers =
            format!("{{ a: Linear(4 => 8), b: Linear(8 => 2) }} fn f(g: [N], c: [H]) -> y: [H] {{ {formula} }}");
        Text { layers: layers.leak(), body: "{ f(a(x), b(a(x))) }", ..GOOD }.says(place, message);
    };
    gate("y[j: H] = c[j] * g[j + 7];", "g", "the index `j + 7` can leave `g`");
    gate("y[j: H] = g[j] * pad(c[j], 0) + c[j + 1];", "c", "the index `j + 1` can leave `c`");
    gate("y[j] = g[j] * c[j];", "j", "the index `j` runs over 2 values of `b`, but over 8 elsewhere");
    good(
        "loss(t: [2]) = f(x, output, t); loss f(g: [N], c: [H], t: [H]) -> l: [] { y[j: H] = g[j] * c[j]; l = sum[j](y[j] * t[j]); }",
    );
}
