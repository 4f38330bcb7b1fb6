//! What each pass makes of small networks, as equations.

use nn_compiler::equation::{Program, Role, Values};
use nn_compiler::errors::Errors;
use nn_compiler::explain::{Explained, explain};
use nn_compiler::pipeline::{Compiled, compile};
use nn_compiler::schedule::{Block, Start, evaluate};
use nn_compiler::symbolic::TensorId;
use nn_compiler::syntax::parse_network;
use proc_macro2::TokenStream;

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap()
}

fn explained(text: &str) -> Explained {
    explain(tokens(text), TokenStream::new()).unwrap()
}

fn compiled(text: &str) -> Compiled {
    compile(&parse_network(tokens(text)).unwrap(), &mut Errors::default()).unwrap()
}

/// Holds that a program has these equations, in this order; it may have others in between.
fn holds(program: &Program, wanted: &[&str]) {
    let text = program.to_string();
    let mut lines = text.lines();
    for wanted in wanted {
        assert!(lines.any(|line| line == *wanted), "`{wanted}` is missing, or in another place, in\n{text}");
    }
}

fn lacks(program: &Program, target: &str) {
    let text = program.to_string();
    assert!(!text.lines().any(|line| line.starts_with(target)), "`{target}` is not gone in\n{text}");
}

fn tensor(program: &Program, name: &str) -> TensorId {
    TensorId::new(program.tensors.iter().position(|tensor| tensor.name == name).unwrap())
}

const RELU: &str = "pub struct Net { fc: Linear(3 => 2) } fn forward(x: [3]) -> [2] { fc(x).relu() } loss = mse;";
const CLASSES: &str = "pub struct Net { fc: Linear(3 => 4) } fn forward(x: [3]) -> [4] { fc(x) } loss = cross_entropy;";
const CONVOLUTIONS: &str = "pub struct Net {
    a: Conv1d(1 => 1, kernel = 3, padding = 1, bias = false), b: Conv1d(1 => 1, kernel = 3, padding = 1, bias = false)
} fn forward(x: [1, 4]) -> [1, 4] { b(a(x)) } loss = mse;";

#[test]
fn simplify_writes_what_is_used_once_into_its_use() {
    let found = explained(RELU);
    holds(
        &found.derived,
        &["fc[sample, o] = fc_bias[o] + fc_sum[sample, o]", "relu[sample, i] = max(fc[sample, i], 0)"],
    );
    holds(&found.simplified, &["relu[sample, i] = max(fc_bias[i] + fc_sum[sample, i], 0)"]);
    lacks(&found.simplified, "fc[");
}

#[test]
fn simplify_keeps_the_factors_of_sums_of_products() {
    let found = explained(RELU);
    let gradient = "d_fc[sample, i] = where(relu[sample, i] <= 0, 0, 2 * d_mse_mean[sample] * (relu[sample, i] - target[sample, i]))";
    let weight = "d_fc_weight[o, i] = sum[sample](d_fc[sample, o] * x[sample, i])";
    holds(&found.simplified, &[gradient, weight, "d_x[sample, i] = sum[o](d_fc[sample, o] * fc_weight[o, i])"]);
}

#[test]
fn simplify_shares_equal_definitions() {
    lacks(&explained(RELU).simplified, "d_fc_sum[");
    let twice = "pub struct Net { a: Linear(3 => 2) } fn forward(x: [3]) -> [2] { a(x) * a(x).tanh() } loss = mse;";
    let text = explained(twice).simplified.to_string();
    let sums = text.lines().filter(|line| line.ends_with("= sum[i](a_weight[o, i] * x[sample, i])")).count();
    assert_eq!(sums, 1, "{text}");
}

#[test]
fn simplify_picks_by_class() {
    let found = explained(CLASSES);
    holds(&found.derived, &["d_log_softmax[sample, k] = where(k == target[sample], -d_cross_entropy_e[sample], 0)"]);
    holds(&found.simplified, &["d_log_softmax_s[sample] = scale / log_softmax_s[sample]"]);
    lacks(&found.simplified, "d_log_softmax[");
}

#[test]
fn differentiate_follows_sums_of_products() {
    let wanted = [
        "d_fc_bias[o] = sum[sample](d_fc[sample, o])",
        "d_fc_weight[o, i] = sum[sample](d_fc_sum[sample, o] * x[sample, i])",
        "d_x[sample, i] = sum[o](d_fc_sum[sample, o] * fc_weight[o, i])",
    ];
    holds(&explained(RELU).derived, &wanted);
}

#[test]
fn differentiate_passes_on_to_the_first_that_attains_a_maximum() {
    let text = "pub struct Net; fn forward(x: [4]) -> [1] { most(x) } \
        fn most(x: [N]) -> y: [1] { y[k] = max[n](x[n]) + 0 * k; } loss = mse;";
    let at = "most_max_at[sample] = argmax[n](x[sample, n])";
    holds(&explained(text).derived, &[at, "d_x[sample, n] = where(n == most_max_at[sample], d_most_max[sample], 0)"]);
}

#[test]
fn differentiate_gathers_between_values_and_scatters_to_the_user() {
    let wanted = [
        "d_a[sample, c, l] = sum[i, o](pad(d_b[sample, o, -i + l + 1], 0) * b_weight[o, c, i])",
        "d_x[sample, i, j] = 0",
        "d_x[sample, c, l + i - 1] += sum[o](d_a[sample, o, l] * a_weight[o, c, i])",
    ];
    let derived = explained(CONVOLUTIONS).derived.to_string().replace("conv1d_2", "b").replace("conv1d", "a");
    let mut lines = derived.lines();
    for wanted in wanted {
        assert!(lines.any(|line| line == wanted), "`{wanted}` is missing in\n{derived}");
    }
}

#[test]
fn layout_pads_values_and_copies_inputs() {
    let forward = compiled(CONVOLUTIONS).forward;
    let between = tensor(&forward.program, "conv1d");
    let padding = forward.layout.padding(between).expect("what lies between the convolutions is padded");
    assert_eq!((padding.sides.as_slice(), padding.value), (&[[0, 0], [0, 0], [1, 1]][..], Some(0)));
    let input = tensor(&forward.program, "x");
    assert!(forward.layout.padding(input).is_none(), "the input lies where the user put it");
    let copies = forward.blocks.iter().filter(|block| matches!(block, Block::Nest(_)));
    let reads: Vec<_> = copies.flat_map(|block| block.accesses(&forward.program).0).collect();
    assert_eq!(reads, [input], "one nest copies the input");
}

#[test]
fn schedule_begins_sums_with_biases() {
    let forward = compiled("pub struct Net { fc: Linear(3 => 2) } fn forward(x: [3]) -> [2] { fc(x) }").forward;
    let [Block::Contraction(contraction)] = forward.blocks.as_slice() else { panic!("{:?}", forward.blocks) };
    assert_eq!(contraction.start, Start::From(tensor(&forward.program, "fc_bias")));
}

#[test]
fn schedule_joins_loops_and_needs_no_workspace_for_them() {
    let text = "pub struct Net; fn forward(x: [3]) -> [3] { let h = x.tanh(); h * h.sigmoid() + h }";
    let forward = compiled(text).forward;
    assert!(matches!(forward.blocks.as_slice(), [Block::Nest(_)]), "{:?}", forward.blocks);
    assert!(forward.places.is_empty(), "{:?}", forward.places);
}

/// A sum that writes an axis at several indices is not cut to the part of it that is used.
#[test]
fn schedule_merges_no_bias_where_a_part_of_a_grouped_sum_is_used() {
    let text = "pub struct Net { conv: Conv1d(3 => 6, kernel = 1, groups = 3) }
        fn forward(x: [3, 2]) -> [4, 2] { conv(x).narrow(0, 0, 4) }";
    let forward = compiled(text).forward;
    let mut values = Values::new(2, Vec::new());
    for (name, len) in [("x", 12), ("conv_weight", 6), ("conv_bias", 6)] {
        values.set(tensor(&forward.program, name), vec![1.0; len]);
    }
    evaluate(&forward, &mut values, 3).unwrap();
    let output = forward.program.tensors.iter().position(|tensor| tensor.role == Role::Output(0)).unwrap();
    assert_eq!(values.get(&forward.program, TensorId::new(output)), [2.0; 16]);
}
