//! Parameters and inputs that are read in several places, losses of one's own, and indices that numbers choose.

use super::Network;

pub(super) const NETWORKS: &[Network] = &[
    (
        "tied_weights",
        "fn back(x: [N], weight: [N, M]) -> y: [M] { y[m] = sum[n](weight[n, m] * x[n]); }
         pub struct Net { enc: Linear(5 => 3) }
         fn forward(x: [5]) -> [5] { let code = enc(x).tanh(); back(code, enc.weight) } loss = mse;",
        &["x: [5]"],
        &["t: [5]"],
    ),
    (
        "weights_as_inputs_of_a_layer",
        "layer Back<N => M>(x: [N], weight: [N, M]) -> y: [M] {
             param bias: [M] = zeros;
             y[m] = bias[m] + sum[n](weight[n, m] * x[n]);
         }
         layer Both<N>(x: [N]) -> y: [N] { a: Linear(N => 3); b: Back(3 => N); h = a(x).tanh(); y = b(h, sin(a.weight)); }
         pub struct Net { both: Both(4), last: Linear(4 => 2) }
         fn forward(x: [4]) -> [2] { last(both(x) + both.a.weight.sum(axis = 0)) } loss = mse;",
        &["x: [4]"],
        &["t: [2]"],
    ),
    (
        "weights_of_the_same_layer_of_an_array",
        "fn back(x: [N], weight: [N, M]) -> y: [M] { y[m] = sum[n](weight[n, m] * x[n]); }
         layer Tied<N>(x: [N]) -> y: [N] { a: Linear(N => 2); y = x + back(a(x).tanh(), a.weight); }
         pub struct Net { #[checkpoint] blocks: [Tied(4); 3] } fn forward(x: [4]) -> [4] { blocks(x) } loss = mse;",
        &["x: [4]"],
        &["t: [4]"],
    ),
    (
        "losses_of_inputs_and_parameters",
        "pub struct Net { enc: Linear(4 => 2), dec: Linear(2 => 4) }
         fn forward(x: [4]) -> (y: [4], code: [2]) { let h = enc(x).tanh(); (dec(h), h) }
         loss(t: [4]) = mse(y, x) + 0.3 * mse(code * x[1], code.flip(axis = 0)) + 0.1 * l1(y, t) - 0.2 * sum[i, j](enc.weight[i, j] * dec.weight[j, i])
             + 0.7 * mse(enc.weight, dec.weight.transpose(0, 1));",
        &["x: [4]"],
        &["t: [4]"],
    ),
    (
        "numerators",
        "loss own<flag: bool = true>(y: [N], t: [N]) -> l: [] {
             m = mean[i](y[i]);
             a = mean[i](sq(y[i] - t[i] - m));
             if flag { l = where(y[0] < t[0], -0.5 * a, mean[i](cos(y[i])) * y[0]) + (y * t).mean() / (2 + sq(t[1])); } else { l = a; }
         }
         pub struct Net { a: Linear(3 => 4) } fn forward(x: [3]) -> [4] { a(x) }
         loss(t: [4], reduction = batchmean) = own(output, t) + 0.5 * own(output, t, flag = false, reduction = mean);",
        &["x: [3]"],
        &["t: [4]"],
    ),
    (
        "positions_by_numbers",
        "fn pick<K, from: S: [K], at: A: [2, K] = 1>(x: [T, N]) -> y: [T, K] {
             y[t, k: K] = x[t, S[k]] * x[A[1, k], k] + sum[f: 2](x[t, f + S[k] - 1] * (k + S[k]));
         }
         fn chosen<from: S: [M]>(x: [T, N]) -> y: [T, M] { y[t, k] = x[t, S[k] + 1] - x[t, S[k] - S[1]]; }
         pub struct Net;
         fn forward(x: [3, 6]) -> [3, 3] {
             chosen(x, from = (4, 1, 2)) + pick(x, 3, from = 3, at = (2, 0, 1)) * pick(x, 3, from = (1, 2, 3), at = ((0, 0, 0), (2, 2, 1)))
         }
         loss = mse;",
        &["x: [3, 6]"],
        &["t: [3, 3]"],
    ),
    (
        "parts_of_gates",
        "fn gates(g: [2 * H], c: [H]) -> y: [H] {
             a[j: H] = sigmoid(g[j]) * c[j];
             y[j: H] = a[j] * tanh(g[j + H]) + g[0] * g[j];
         }
         pub struct Net { a: Linear(3 => 6) } fn forward(x: [3]) -> [3] { gates(a(x), x) } loss = mse;",
        &["x: [3]"],
        &["t: [3]"],
    ),
    (
        "long_sums_in_sums",
        "fn f(x: [N], z: [N]) -> y: [N] {
             a[i] = x[i] + sin(x[i]) + cos(z[i]) - x[i] * z[i] + exp(-sq(x[i])) + tanh(z[i]) - sq(z[i]) + sin(2 * x[i])
                 + cos(3 * z[i]) + sin(x[i] + z[i]) + tanh(x[i] - z[i]) + 0.5;
             b[i] = a[i] - sin(x[i]) + tanh(a[i] - x[i]);
             y[i] = b[i] - a[i] + tanh(b[i]) * (a[i] + a[i]);
         }
         pub struct Net; fn forward(x: [3], z: [3]) -> [3] { f(x, z) + f(f(z, x), x) } loss = mse;",
        &["x: [3]", "z: [3]"],
        &["t: [3]"],
    ),
    (
        "state_that_depends_on_no_sample",
        "layer Count<N>(x: [N]) -> y: [N] {
             state n: [1] = zeros;
             train { next n[i: 1] = 0.5 * n[i] + 1; y[j] = x[j] * (1 + n[0]); }
             infer { y[j] = x[j] + n[0]; }
         }
         pub struct Net { a: Linear(3 => 4), count: Count(4) } fn forward(x: [3]) -> [4] { count(a(x)) } loss = mse;",
        &["x: [3]"],
        &["t: [4]"],
    ),
    (
        "parts_of_which_one_is_added_up_in_memory",
        "fn both(w: [K, O], v: [K, M]) -> y: [2 * M, O] {
             y[M + i, o] = sum[k](w[k, o] * v[k, i]);
             y[i: M, o] = sum[k](abs(w[k, o] - v[k, i]));
         }
         pub struct Net { a: Linear(6 => 6) }
         fn forward(w: [3, 5], v: [3, 2]) -> [4, 5] { both(w, a(v.flatten()).reshape(3, 2)) }
         loss = mse;",
        &["w: [3, 5]", "v: [3, 2]"],
        &["t: [4, 5]"],
    ),
    (
        "a_sum_in_memory_with_a_padding_of_one",
        "fn f(w: [K, O], v: [K, M], q: [3]) -> z: [M, O] {
             h[i, o] = sum[k](abs(w[k, o] - v[k, i]));
             z[i, o] = sum[j: 3](q[j] * pad(h[i, o + j - 1], 1));
         }
         pub struct Net { a: Linear(6 => 6) }
         fn forward(w: [3, 5], v: [3, 2], q: [3]) -> [2, 5] { f(w, a(v.flatten()).reshape(3, 2), q) }
         loss = mse;",
        &["w: [3, 5]", "v: [3, 2]", "q: [3]"],
        &["t: [2, 5]"],
    ),
    (
        "halves_of_a_parameter_in_two_sums",
        "layer Halves<N => M>(x: [N]) -> y: [M] {
             param w: [2 * N, M] = uniform(1);
             y[o] = sum[i: N](w[i, o] * x[i]) * sum[i: N](abs(w[N + i, o] - x[i]));
         }
         pub struct Net { h: Halves(3 => 5) } fn forward(x: [3]) -> [5] { h(x) } loss = mse;",
        &["x: [3]"],
        &["t: [5]"],
    ),
];
