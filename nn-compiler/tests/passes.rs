//! What each pass makes of small networks, as equations.

use nn_compiler::equation::{Program, Role, Values};
use nn_compiler::errors::Errors;
use nn_compiler::explain::{Explained, explain};
use nn_compiler::pipeline::{Compiled, compile};
use nn_compiler::schedule::{Block, LoopNode, Schedule, Start, Statement, evaluate};
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

/// The gradient of a network as it is scheduled.
fn gradient(text: &str) -> Schedule {
    compiled(text).training.unwrap().gradient
}

#[test]
fn schedule_finds_a_maximum_and_its_position_at_once() {
    let gradient = gradient(
        "pub struct Net { a: Conv1d(1 => 2, kernel = 3, padding = 1), fc: Linear(8 => 2) }
         fn forward(x: [1, 8]) -> [2] { fc(a(x).relu().max_pool1d(2).flatten()) } loss = mse;",
    );
    let mut statements = Vec::new();
    for block in &gradient.blocks {
        if let Block::Nest(nodes) = block {
            collect(nodes, &mut statements);
        }
    }
    let maximum = tensor(&gradient.program, "max_pool1d");
    let position = tensor(&gradient.program, "max_pool1d_at");
    let finds = |statement: &&&Statement| statement.written().any(|written| written == position);
    let [statement] = statements.iter().filter(finds).collect::<Vec<_>>()[..] else { panic!("{statements:?}") };
    assert_eq!((statement.target, statement.position), (maximum, Some(position)));
}

/// All statements of some loops.
fn collect<'a>(nodes: &'a [LoopNode], into: &mut Vec<&'a Statement>) {
    for node in nodes {
        match node {
            LoopNode::Statement(statement) => into.push(statement),
            LoopNode::Loop { body, .. } => collect(body, into),
        }
    }
}

const VIEWED: &str = "pub struct Net { a: Linear(3 => 6) }
    fn forward(x: [3]) -> [4] {
        let h = a(x).tanh(); concat(h.reshape(2, 3).sum(axis = 1), h.narrow(0, 0, 2))
    } loss = mse;";
const CONVOLUTION: &str = "pub struct Net { conv: Conv1d(1 => 1, kernel = 3, padding = 1, bias = false) }
    fn forward(x: [1, 4]) -> [1, 4] { conv(x) } loss = mse;";
const CARRY: &str = "layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N, bias = false), y = x.tanh() + a(x); }
    pub struct Net { blocks: [Block(3); 2] } fn forward(x: [3]) -> [3] { blocks(x) } loss = mse;";
const CONTEXT: &str = "layer Block<C>(x: [C, N], c: [C, N]) -> y: [C, N] {
        conv: Conv1d(C => C, kernel = 3, padding = 1); y = x.tanh() + conv(c);
    }
    pub struct Net { blocks: [Block(2); 3] }
    fn forward(x: [2, 4], c: [2, 4]) -> [2, 4] { blocks(x, c) } loss = mse;";

#[test]
fn the_adjoint_of_a_view_is_a_view_of_the_adjoint() {
    let gradient = gradient(VIEWED);
    let program = &gradient.program;
    let [view, adjoint, of_view] = ["reshape", "d_tanh", "d_reshape"].map(|name| tensor(program, name));
    assert_eq!(program.at(view).view_of, Some(tensor(program, "tanh")));
    assert_eq!(program.at(of_view).view_of, Some(adjoint));
    holds(
        program,
        &[
            "sum[sample, a] = sum[b](reshape[sample, a, b])",
            // what the view contributes sets the adjoint, and what is read beside it is added
            "d_reshape[sample, a, b] = d_concat[sample, a]",
            "d_tanh[sample, i] += d_concat[sample, i + 2]",
        ],
    );
    lacks(program, "reshape[");
    assert!(!gradient.places.contains_key(&view) && gradient.places.contains_key(&adjoint));
}

#[test]
fn differentiate_sets_by_sums_and_adds_what_is_cheap() {
    let twice = "pub struct Net { a: Linear(3 => 3, bias = false) }
        fn forward(x: [3]) -> [3] { let h = x.tanh(); h.sin() + a(h) } loss = mse;";
    let added = "d_tanh[sample, i] += d_sin[sample, i] * cos(tanh[sample, i])";
    holds(&explained(twice).derived, &["d_tanh[sample, i] = sum[o](d_a[sample, o] * a_weight[o, i])", added]);
    // in a carry it is the other way round: what is elementwise can be computed in its place
    let carried = "d_blocks_in[sample, iteration, i] = d_tanh[sample, iteration, i] * (1 - tanh[sample, iteration, i] * tanh[sample, iteration, i])";
    let summed = "d_blocks_in[sample, iteration, i] += sum[o](d_blocks_a[sample, iteration, o] * blocks_a_weight[iteration, o, i])";
    holds(&explained(CARRY).derived, &[carried, summed]);
}

#[test]
fn layout_writes_elsewhere_what_leaves_the_users_memory() {
    let wanted = [
        "d_x_padded[sample, i, j] = 0",
        "d_x_padded[sample, c, l + i - 1] += sum[o](d_conv1d[sample, o, l] * conv_weight[o, c, i])",
        "d_x[sample, i, j] = d_x_padded[sample, i, j]",
    ];
    holds(&gradient(CONVOLUTION).program, &wanted);
}

#[test]
fn layout_copies_once_in_front_of_a_sequence() {
    let forward = compiled(CONTEXT).forward;
    let copied = "c_padded[sample, i, j] = c[sample, i, j]";
    let read = "conv1d[sample, iteration, o, l] = sum[c, i](blocks_conv_weight[iteration, o, c, i] * pad(c_padded[sample, c, l + i - 1], 0))";
    holds(&forward.program, &[copied, read]);
    let sequence = forward.blocks.iter().position(|block| matches!(block, Block::Sequence(_))).unwrap();
    let copy = tensor(&forward.program, "c_padded");
    let writes = |block: &Block| block.accesses(&forward.program).1.contains(&copy);
    assert!(forward.blocks[..sequence].iter().any(writes), "{:?}", forward.blocks);
    assert!(!forward.blocks[sequence..].iter().any(writes), "{:?}", forward.blocks);
}

#[test]
fn schedule_shares_memory_between_values_that_are_not_live_together() {
    let gradient = gradient(VIEWED);
    let place = |name: &str| &gradient.places[&tensor(&gradient.program, name)];
    let ends = |name: &str| (place(name).offset.literal().unwrap(), place(name).len.literal().unwrap());
    let [(sum, sums), (tanh, _), (adjoint, _)] = ["a_sum", "tanh", "d_tanh"].map(ends);
    assert_eq!((sum, adjoint), (0, 0), "the sum is no longer live when the adjoint is");
    assert!(tanh >= sum + sums, "the sum is live while `tanh` is computed");
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

/// The trip counts of the loops around the only statement of a prediction, inside of the loop over the samples.
fn trip_counts(text: &str) -> Vec<i64> {
    let forward = compiled(text).forward;
    let [Block::Nest(nodes)] = forward.blocks.as_slice() else { panic!("{:?}", forward.blocks) };
    let (mut counts, mut nodes) = (Vec::new(), nodes.as_slice());
    while let [LoopNode::Loop { index, body }] = nodes {
        counts.push(forward.program.extent(*index).literal());
        nodes = body;
    }
    assert!(matches!(nodes, [LoopNode::Statement(_)]), "{nodes:?}");
    counts.into_iter().skip(1).map(Option::unwrap).collect()
}

#[test]
fn schedule_collapses_loops_that_run_along_memory() {
    let net = |input: &str, output: &str, formula: &str| {
        trip_counts(&format!(
            "pub struct Net {{ f: F }} fn forward(x: {input}) -> {output} {{ f(x) }}
             layer F(x: {input}) -> y: {output} {{ param s: [2] = zeros; {formula} }}"
        ))
    };
    assert_eq!(net("[2, 3, 4]", "[2, 3, 4]", "y[c, h, w] = tanh(x[c, h, w]);"), [24]);
    // what an index does alone needs a loop of its own
    assert_eq!(net("[2, 3, 4]", "[2, 3, 4]", "y[c, h, w] = s[c] * x[c, h, w];"), [2, 12]);
    assert_eq!(net("[3, 4, 2]", "[3, 4, 2]", "y[h, w, c] = s[c] * x[h, w, c];"), [12, 2]);
    assert_eq!(net("[2, 3]", "[2, 3]", "y[c, w] = w * x[c, w];"), [2, 3]);
    // other strides, and a condition
    assert_eq!(net("[3, 2]", "[2, 3]", "y[c, w] = x[w, c];"), [2, 3]);
    assert_eq!(net("[2, 3]", "[2, 3]", "y[c, w] = pad(x[c, w - 1], 0);"), [2, 3]);
    // a loop that runs once is none
    assert_eq!(net("[1, 3]", "[1, 3]", "y[c, w] = x[c, 0] * x[c, w];"), [3]);
}
