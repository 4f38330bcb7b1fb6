//! Networks in which something is done that no layer of the library does: for the compiler to be right about.

mod arrays;
mod epilogues;
mod pools;
mod repeated;
mod scans;
mod shared;
mod views;

use crate::library::{Item, Part};

/// Name, text, inputs and targets; a name ends with the type, the type with the range of the values.
pub(crate) type Network = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const NETWORKS: &[Network] = &[
    (
        "two_indices_of_one_tensor",
        "fn f(x: [N], z: [N]) -> y: [N] { y[i] = sum[j](x[j] * sin(z[i])); }
         pub struct Net; fn forward(x: [3]) -> [3] { f(x.tanh(), x) } loss = mse;",
        &["x: [3]"],
        &["t: [3]"],
    ),
    (
        "bilinear_in_one_input",
        "layer Bilinear<A => B>(x: [A], z: [A]) -> y: [B] {
             param weight: [B, A, A] = normal(0, 1);
             y[o] = sum[i, j](weight[o, i, j] * x[i] * z[j]) + sum[i](weight[o, i, i] * x[i]);
         }
         pub struct Net { b: Bilinear(3 => 2) } fn forward(x: [3]) -> [2] { b(x, x.tanh()) } loss = mse;",
        &["x: [3]"],
        &["t: [2]"],
    ),
    (
        "maxima_of_products",
        "fn f(x: [N, M]) -> y: [N] { y[i] = max[k](x[k, 0] * x[i, 1]) + min[k, j](x[k, j] * x[i, j]); }
         pub struct Net; fn forward(x: [4, 3]) -> [4] { f(x) } loss = mse;",
        &["x: [4, 3]"],
        &["t: [4]"],
    ),
    (
        "choices_by_two_indices",
        "loss pairs(y: [N], t: [N]) =
             sum[i, j](where(i < j, abs(y[i] - y[j] + t[i]), sq(y[i] * y[j])));
         pub struct Net { a: Linear(3 => 4) } fn forward(x: [3]) -> [4] { a(x) } loss = pairs;",
        &["x: [3]"],
        &["t: [4]"],
    ),
    (
        "sums_of_sums",
        "fn f(x: [N]) -> y: [N] {
             a[i] = tanh(x[i]);
             b[j] = sum[i](a[i] * exp(a[j] * x[i]));
             y[i] = b[i] * sum[j](cos(b[j] * x[i]));
         }
         pub struct Net; fn forward(x: [4]) -> [4] { f(x) } loss = mse;",
        &["x: [4]"],
        &["t: [4]"],
    ),
    (
        "layer_norm",
        "fn norm(x: [.., N]) -> y: [.., N] {
             m[..] = mean[n](x[.., n]);
             v[..] = mean[n](sq(x[.., n] - m[..]));
             y[.., n] = (x[.., n] - m[..]) / sqrt(v[..] + 0.1);
         }
         pub struct Net; fn forward(x: [2, 4]) -> [2, 4] { norm(x) } loss = mse;",
        &["x: [2, 4]"],
        &["t: [2, 4]"],
    ),
    (
        "norm_by_numbers",
        "fn norm(x: [N]) -> y: [N] { m = mean(x); v = variance(x, m); y[n] = (x[n] - m) / sqrt(v + 0.1); }
         fn mean(x: [N]) -> m: [] { m = mean[n](x[n]); }
         fn variance(x: [N], m: []) -> v: [] { v = mean[n](sq(x[n] - m)); }
         pub struct Net; fn forward(x: [5]) -> [5] { norm(x) } loss = mse;",
        &["x: [5]"],
        &["t: [5]"],
    ),
    (
        "products",
        "fn f(x: [N, M]) -> y: [N] { y[i] = prod[j](x[i, j] + 0.5) * prod[k, j](x[k, j]); }
         pub struct Net; fn forward(x: [3, 2]) -> [3] { f(x.relu()) } loss = mse;",
        &["x: [3, 2]"],
        &["t: [3]"],
    ),
    (
        "every_second_element",
        "fn f(x: [N]) -> y: [2 * N] { y[2*n] = sq(x[n]); y[2*n + 1] = x[n] * x[N - 1 - n]; }
         pub struct Net; fn forward(x: [4]) -> [8] { f(x) } loss = mse;",
        &["x: [4]"],
        &["t: [8]"],
    ),
    (
        "reads_outside",
        "fn f(x: [N]) -> y: [3 * N] { y[i] = pad(x[i], 0.1) + pad(x[i - N], 0.2) * pad(x[2*i - 3*N], 0.5); }
         pub struct Net { a: Linear(48 => 3) } fn forward(x: [16]) -> [3] { a(f(x)) } loss = mse;",
        &["x: [16]"],
        &["t: [3]"],
    ),
    (
        "backwards_and_strided",
        "layer Odd<A => B>(x: [A]) -> y: [B] {
             param weight: [B, A] = normal(0, 1);
             y[b] = sum[a](weight[B - 1 - b, a] * x[A - 1 - a]) + sum[k: 3](pad(x[2*b + k - 2], 0.7) * (k + 1));
         }
         pub struct Net { a: Odd(6 => 4) } fn forward(x: [6]) -> [4] { a(x) } loss = mse;",
        &["x: [6]"],
        &["t: [4]"],
    ),
    (
        "diagonals",
        "fn f(x: [N, N]) -> y: [N] { y[n] = x[n, n] + sum[m](x[m, n] * x[n, m]); }
         pub struct Net; fn forward(x: [4, 4]) -> [4] { f(x) } loss = mse;",
        &["x: [4, 4]"],
        &["t: [4]"],
    ),
    (
        "dilated_convolution",
        "layer Dilated<C => O, kernel: K>(x: [C, N]) -> y: [O, N] {
             param weight: [O, C, K] = normal(0, 1);
             param scale: [] = 1;
             y[o, n] = scale * sum[c, k](weight[o, c, k] * pad(x[c, n + 2*k - K], 0));
         }
         pub struct Net { a: Dilated(2 => 3, kernel = 3), b: Dilated(3 => 3, kernel = 3) }
         fn forward(x: [2, 9]) -> [3, 9] { b(b(a(x).tanh())) } loss = mse;",
        &["x: [2, 9]"],
        &["t: [3, 9]"],
    ),
    (
        "parameter_of_one_number",
        "layer Slope(x: [..]) -> y: [..] { param slope: [] = 0.25; y[..] = where(x[..] > 0, x[..], slope * x[..]); }
         pub struct Net { a: Linear(3 => 5), p: Slope } fn forward(x: [3]) -> [5] { p(p(a(x)) - 0.2) } loss = mse;",
        &["x: [3]"],
        &["t: [5]"],
    ),
    (
        "parameter_transformed_once",
        "layer Positive<In => Out>(x: [In]) -> y: [Out] {
             param raw: [Out, In] = normal(0, 1);
             weight[o, i] = softplus(raw[o, i]);
             total[o] = sum[i](weight[o, i]);
             y[o] = sum[i](weight[o, i] / total[o] * x[i]);
         }
         pub struct Net { a: Positive(4 => 3), b: Positive(3 => 3) }
         fn forward(x: [4]) -> [3] { b(b(a(x)).sin()) } loss = mse;",
        &["x: [4]"],
        &["t: [3]"],
    ),
    (
        "table_of_vectors",
        "layer Table<V => D>(i: index<V>[N]) -> y: [N, D] {
             param table: [V, D] = normal(0, 1);
             y[n, d] = table[i[n], d] * (1 + 0.1 * i[n]);
         }
         pub struct Net { e: Table(5 => 4), a: Linear(4 => 2) }
         fn forward(i: index<5>[3], x: [3, 4]) -> [3, 2] { a(e(i).tanh() + x) } loss = mse;",
        &["i: index<5>[3]", "x: [3, 4]"],
        &["t: [3, 2]"],
    ),
    (
        "layers_within_layers",
        "layer Twice<A>(x: [A]) -> y: [A] { first: Linear(A => A); again: Linear(A => A, bias = false); y = again(first(x).tanh()) + first(x); }
         layer Outer<A => B>(x: [A]) -> y: [B] { inner: Twice(A); last: Linear(A => B); y = last(inner(inner(x))); }
         pub struct Net { a: Outer(3 => 3), b: Outer(3 => 2) } fn forward(x: [3]) -> [2] { b(a(x).silu()) } loss = mse;",
        &["x: [3]"],
        &["t: [2]"],
    ),
    (
        "shared_dense_layer",
        "pub struct Net { a: Linear(6 => 6), b: Linear(6 => 6) }
         fn forward(x: [6]) -> [6] { let h = a(x).tanh(); let g = a(h).sigmoid(); b(a(g) + h) + b(x) } loss = mse;",
        &["x: [6]"],
        &["t: [6]"],
    ),
    (
        "outputs_of_outputs",
        "pub struct Net { a: Linear(4 => 4), b: Linear(4 => 4) }
         fn forward(x: [4]) -> (p: [4], q: [4], r: [2, 2], s: [4]) { let h = a(x).elu(); let k = b(h); (h, k, k.reshape(2, 2), h) }
         loss(t: [4], u: [2, 2]) = mse(p, t) + huber(q, p) - 0.3 * mse(r, u) + mse(s, q) / 4;",
        &["x: [4]"],
        &["t: [4]", "u: [2, 2]"],
    ),
    (
        "the_same_twice",
        "pub struct Net { a: Linear(12 => 3) }
         fn forward(x: [4]) -> [3] { let h = x.tanh(); a(concat(concat(h, h), h * h)) + a(concat(x, h, x)) } loss = mse;",
        &["x: [4]"],
        &["t: [3]"],
    ),
    (
        "classes_of_rows",
        "loss rows(y: [M, N], t: index<N>[M]) -> l: [] {
             p = log_softmax(y);
             l = -mean[m](p[m, t[m]] * y[m, t[m]]) + sum[m, n](where(n == t[m], sq(y[m, n]), 0.1 * y[m, n]));
         }
         pub struct Net { a: Linear(3 => 12) } fn forward(x: [3]) -> [4, 3] { a(x).reshape(4, 3) }
         loss(t: index<3>[4]) = rows(output, t);",
        &["x: [3]"],
        &["t: index<3>[4]"],
    ),
    (
        "powers",
        "fn f(x) = pow(abs(x) + 0.1, 2.5) + pow(x, 3) + pow(x + 3, -2) + pow(x, 7) + floor(3 * x) * x + sign(x) * x;
         pub struct Net; fn forward(x: [6]) -> [6] { f(x) } loss = mse;",
        &["x: [6]"],
        &["t: [6]"],
    ),
    (
        "overlapping_maxima",
        "pub struct Net;
         fn forward(x: [1, 3, 3]) -> [1, 3, 3] { x.sin().max_pool2d(3, stride = 1, padding = 1) } loss = mse;",
        &["x: [1, 3, 3]"],
        &["t: [1, 3, 3]"],
    ),
    (
        "dropped_twice",
        "pub struct Net { a: Linear(6 => 6) }
         fn forward(x: [6]) -> [6] { let h = a(x).dropout(0.3); h.dropout(0.5) + a(h).dropout(0.3) } loss = mse;",
        &["x: [6]"],
        &["t: [6]"],
    ),
    (
        "classes_alone",
        "pub struct Net { a: Linear(3 => 4), b: Linear(3 => 2) }
         fn forward(x: [3]) -> (p: [4], q: [2]) { (a(x), b(x.tanh())) }
         loss(t: index<4>, u: index<2>) = cross_entropy(p, t) + 0.5 * cross_entropy(q, u);",
        &["x: [3]"],
        &["t: index<4>", "u: index<2>"],
    ),
    (
        "results_to_which_something_is_added",
        "fn f(x: [N]) -> y: [N + 1] {
             y[i] = exp(pad(x[i], 0.5));
             y[i + 1] += sq(x[i]);
         }
         fn g(x: [N]) -> y: [N] { y[i] = tanh(x[i]); y[i] += sin(x[i]); }
         pub struct Net; fn forward(x: [4]) -> [5] { f(g(x)) } loss = mse;",
        &["x: [4]"],
        &["t: [5]"],
    ),
    (
        "every_second_place_of_a_view",
        "pub struct Net { conv: Conv2d(2 => 4, kernel = (1, 3), dilation = 2, groups = 2) }
         fn forward(x: [2, 5]) -> [4, 1, 1] { conv(x.sin().unsqueeze(1)) } loss = mse;",
        &["x: [2, 5]"],
        &["t: [4, 1, 1]"],
    ),
    (
        "maxima_in_parts",
        "fn f(x: [N, M]) -> y: [2 * N] { y[2*i] = max[j](x[i, j]); y[2*i + 1] = min[j](x[N - 1 - i, j] * x[i, 0]); }
         pub struct Net; fn forward(x: [3, 4]) -> [6] { f(x) } loss = mse;",
        &["x: [3, 4]"],
        &["t: [6]"],
    ),
    (
        "blocks_that_are_computed_again",
        "layer Block<N>(x: [N], z: [N]) -> y: [N] {
             inner: Linear(N => N),
             #[checkpoint] other: Linear(N => N),
             h = inner(x).tanh();
             m[i: N, j: 2] = max[k: 2](pad(h[i + j - k], 0) * z[j]);
             g = other(h);
             y[i] = g[i] + sum[j](m[i, j] * h[i]) + z[i];
         }
         pub struct Net { #[checkpoint] blocks: [Block(5); 3], #[checkpoint] last: Block(5) }
         fn forward(x: [5]) -> [5] { let h = last(x, x.sin()); last(blocks(h, x), h) } loss = mse;",
        &["x: [5]"],
        &["t: [5]"],
    ),
    (
        "keywords_as_names",
        "pub struct Net { r#type: Linear(3 => 4), r#loop: Linear(4 => 3) }
         fn forward(r#fn: [3]) -> [3] { let sample = r#type(r#fn); let memory = sample.relu(); r#loop(memory) } loss = mse;",
        &["r#fn: [3]"],
        &["t: [3]"],
    ),
];

/// All of them as items that can be checked.
#[must_use]
pub fn items() -> Vec<Item> {
    let item = |(name, text, inputs, targets): &Network| Item {
        name: format!("hard_{name}"),
        text: format!("{text}\n"),
        inputs: inputs.iter().map(|input| part(input)).collect(),
        targets: targets.iter().map(|target| part(target)).collect(),
    };
    let others = [
        arrays::NETWORKS,
        epilogues::NETWORKS,
        pools::NETWORKS,
        repeated::NETWORKS,
        scans::NETWORKS,
        shared::NETWORKS,
        views::NETWORKS,
    ];
    NETWORKS.iter().chain(others.into_iter().flatten()).chain(crate::images::NETWORKS).map(item).collect()
}

/// `x: [2, 3]`, with values away from zero by chance only, or `t: index<3>[4]`.
#[allow(clippy::cast_precision_loss)] // few classes
fn part(declared: &str) -> Part {
    let (name, kind) = declared.split_once(": ").expect("a name and a type");
    let classes = kind.strip_prefix("index<").and_then(|rest| rest.split_once('>'));
    let shape = classes.map_or(kind, |(_, shape)| shape);
    let sizes = shape.trim_matches(['[', ']']).split(", ").filter(|size| !size.is_empty());
    let len = sizes.map(|size| size.parse::<usize>().expect("a size")).product();
    let range = match classes {
        Some((classes, _)) => (0.0, classes.parse::<usize>().expect("a number of classes") as f64),
        None => (-1.0, 1.0),
    };
    Part { name: name.into(), kind: kind.into(), len, range, is_index: classes.is_some() }
}
