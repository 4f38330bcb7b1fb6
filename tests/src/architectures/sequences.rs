//! What runs over rows one after the other, or brings all of them together.

use super::formulas::formula;
use super::sketch::{Operation, Sketch, Tensor, any, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation(any, recurrent),
    operation(any, scan),
    operation(any, scan_in_a_scan),
    operation(any, array_in_a_scan),
    operation(any, attention),
];

/// The last tensor as rows: their number and length.
fn rows(sketch: &mut Sketch) -> (String, usize, usize) {
    let Tensor { name, shape } = sketch.last();
    let size = shape[shape.len() - 1];
    let count = shape[..shape.len() - 1].iter().product::<usize>();
    (sketch.define(&format!("{name}.reshape({count}, {size})"), vec![count, size]).name, count, size)
}

/// A recurrent layer of the library, inside of a layer.
fn recurrent(sketch: &mut Sketch) {
    let (rows, count, size) = rows(sketch);
    let (kind, others) = [("LSTM", ", _, _"), ("GRU", ", _"), ("RNN", ", _")][sketch.random.below(3)];
    let hidden = 1 + sketch.random.below(3);
    let (arguments, directions) =
        [("", 1), (", bias = false", 1), (", bidirectional = true", 2), (", num_layers = 2", 1)]
            [sketch.random.below(4)];
    let text = format!(
        "layer NAME<N>(x: [T, N], length: index<T + 1> = none) -> y: [T, {}] {{\n    inner: {kind}(N => {hidden}{arguments});\n    let (all{others}) = inner(x, length = length);\n    y = all;\n}}",
        directions * hidden
    );
    let layer = formula(sketch, "Recurrent", &text);
    let layer = sketch.block(&format!("{layer}({size})"));
    let length = length(sketch, count);
    sketch.define(&format!("{layer}({rows}{length})"), vec![count, directions * hidden]);
}

/// An argument for how many of the rows there are, in some networks: only these have inputs.
fn length(sketch: &mut Sketch, count: usize) -> String {
    if sketch.depth > 0 || sketch.once_in(2) {
        return String::new();
    }
    format!(", length = {}", sketch.input(&[], Some(count + 1)))
}

/// Two carries, of which one is read behind its next value, and a layer that all steps share.
fn scan(sketch: &mut Sketch) {
    let (rows, count, size) = rows(sketch);
    let layer = formula(
        sketch,
        "Running",
        "layer NAME<N, backwards: R: bool = false>(x: [T, N], first: [N] = zeros) -> y: [T, N] {
    inner: Linear(N => N);
    scan t: T, reversed = R {
        carry h: [N] = first;
        carry s: [] = 0.5;
        here[n] = x[t, n];
        new = (inner(h) + here).tanh();
        next h = new;
        y[t, n] = new[n] + s * h[n] + 0.1 * t;
        next s = 0.5 * s + new.mean();
    }
}",
    );
    let backwards = sketch.pick(&["", ", backwards = true"]);
    let layer = sketch.block(&format!("{layer}({size}{backwards})"));
    let first = sketch.pick(&["", ", FIRST", ", full([SIZE], 0.3)"]);
    let first = first.replace("FIRST", &format!("{rows}.select(0, 0)")).replace("SIZE", &size.to_string());
    sketch.define(&format!("{layer}({rows}{first})"), vec![count, size]);
}

/// Over rows, and in each of them over its elements.
fn scan_in_a_scan(sketch: &mut Sketch) {
    let (rows, count, size) = rows(sketch);
    let layer = formula(
        sketch,
        "Grid",
        "layer NAME(x: [R, C]) -> y: [R, C] {
    param rate: [3] = uniform(1);
    scan r: R {
        carry down: [C] = zeros;
        scan c: C, reversed {
            carry h: [] = 0.2;
            new = tanh(rate[0] * x[r, c] + rate[1] * h + rate[2] * down[c]);
            row[c] = new * h;
            next h = new;
        }
        y[r, c] = row[c] + down[c] * h;
        next down = row;
    }
}",
    );
    let layer = sketch.block(&layer);
    sketch.define(&format!("{layer}({rows})"), vec![count, size]);
}

/// Over rows, each of which goes through an array of layers, which may have scans inside.
fn array_in_a_scan(sketch: &mut Sketch) {
    let (rows, count, size) = rows(sketch);
    let block = sketch.pick(&[
        "fc: Linear(N => N); y = 0.5 * x + fc(x).tanh();",
        "param rate: [N] = uniform(1); scan i: 2 { carry s: [N] = x; next s[n] = tanh(rate[n] * s[n] + i); } y = s;",
        "param w: [N] = uniform(1); p[n] = w[n] / (1 + sq(w[n])); m = given.mean(); y[n] = p[n] * x[n] + m;",
    ]);
    let block = formula(sketch, "Block", &format!("layer NAME<N>(x: [N], given: [N]) -> y: [N] {{ {block} }}"));
    let layer = formula(
        sketch,
        "Deep",
        &format!(
            "layer NAME<N>(x: [T, N]) -> y: [T, N] {{
    blocks: [{block}(N); 2];
    param shared: [N] = uniform(1);
    scan t: T {{
        carry h: [N] = zeros([N]);
        here[n] = x[t, n] + 0.5 * h[n];
        new = blocks(here, GIVEN).tanh();
        next h = new;
        y[t, n] = new[n];
    }}
}}"
        ),
    );
    let given = sketch.pick(&["shared", "here", "x.select(0, 0)"]);
    let deep = sketch.formulas.last_mut().expect("a formula was added");
    *deep = deep.replace("GIVEN", given);
    if given != "shared" {
        *deep = deep.replace("    param shared: [N] = uniform(1);\n", "");
    }
    let layer = sketch.block(&format!("{layer}({size})"));
    sketch.define(&format!("{layer}({rows})"), vec![count, size]);
}

/// Self-attention of the library.
fn attention(sketch: &mut Sketch) {
    let (rows, count, size) = rows(sketch);
    let (heads, causal) = (sketch.groups(size), sketch.pick(&["", ", causal = true", ", bias = false"]));
    let layer = sketch.layer(&format!("MultiheadAttention({size}, {heads}{causal})"));
    let length = length(sketch, count);
    let mask = sketch.pick(&["", "", ", attn_mask = ones([COUNT, COUNT])"]).replace("COUNT", &count.to_string());
    sketch.define(&format!("{layer}({rows}, {rows}, {rows}{mask}{length})"), vec![count, size]);
}
