//! Scans: the same statements at one position after the other.

use super::Network;

pub(super) const NETWORKS: &[Network] = &[
    (
        "scan_of_the_last_value",
        "layer Last<N => H>(x: [T, N]) -> h: [H] {
             param w: [H, N] = uniform(1);
             param u: [H, H] = uniform(1);
             a[t, j] = sum[i](w[j, i] * x[t, i]);
             scan t: T {
                 carry h: [H] = zeros;
                 next h[j] = tanh(a[t, j] + sum[k](u[j, k] * h[k]));
             }
         }
         pub struct Net { a: Last(3 => 2) } fn forward(x: [5, 3]) -> [2] { a(x) } loss = mse;",
        &["x: [5, 3]"],
        &["t: [2]"],
    ),
    (
        "scan_of_all_values",
        "layer All<N => H>(x: [T, N]) -> (y: [T, H], last: [H]) {
             param w: [H, N] = uniform(1);
             param u: [H, H] = uniform(1);
             param first: [H] = uniform(1);
             a[t, j] = sum[i](w[j, i] * x[t, i]);
             scan t: T {
                 carry h: [H] = first;
                 new[j] = tanh(a[t, j] + sum[k](u[j, k] * h[k]));
                 next h = new;
                 y[t, j] = new[j];
             }
             last = h;
         }
         pub struct Net { a: All(3 => 2), out: Linear(2 => 1) }
         fn forward(x: [4, 3]) -> [4, 1] { let (y, last) = a(x); out(y) + last.sum() } loss = mse;",
        &["x: [4, 3]"],
        &["t: [4, 1]"],
    ),
    (
        "scan_of_two_carries_reversed",
        "layer Cell<N => H>(x: [N, T]) -> (y: [H, T], c: [H]) {
             param w: [4*H, N] = uniform(1);
             param u: [4*H, H] = uniform(1);
             scan t: T, reversed {
                 carry h: [H] = zeros;
                 carry c: [H] = 0.5;
                 a[g] = sum[i](w[g, i] * x[i, t]) + sum[k](u[g, k] * h[k]);
                 i[j: H] = sigmoid(a[j]);
                 f[j: H] = sigmoid(a[j + H]);
                 g[j: H] = tanh(a[j + 2*H]);
                 o[j: H] = sigmoid(a[j + 3*H]);
                 new[j] = f[j] * c[j] + i[j] * g[j];
                 next c = new;
                 next h[j] = o[j] * tanh(new[j]);
                 y[j, t] = o[j] * tanh(new[j]) + 0.1 * t;
             }
         }
         pub struct Net { a: Cell(3 => 2) }
         fn forward(x: [3, 4]) -> [2, 4] { let (y, c) = a(x); y + c.sum() } loss = mse;",
        &["x: [3, 4]"],
        &["t: [2, 4]"],
    ),
    (
        "scan_in_a_scan",
        "layer Grid<N>(x: [R, C, N]) -> (y: [R, C, N], last: [N]) {
             param u: [N, N] = uniform(1);
             scan r: R {
                 carry down: [N] = zeros;
                 scan c: C {
                     carry h: [N] = down;
                     new[j] = tanh(x[r, c, j] + sum[k](u[j, k] * h[k]));
                     next h = new;
                     row[c, j] = new[j];
                 }
                 next down[j] = h[j] + 0.5 * down[j];
                 y[r, c, j] = row[c, j];
             }
             last = down;
         }
         pub struct Net { a: Grid(2) }
         fn forward(x: [3, 4, 2]) -> [3, 4, 2] { let (y, last) = a(x); y + last.sum() } loss = mse;",
        &["x: [3, 4, 2]"],
        &["t: [3, 4, 2]"],
    ),
    (
        "scan_of_layers_in_an_array",
        "layer Step<N>(x: [T, N]) -> y: [T, N] {
             a: Linear(N => N), b: Linear(N => N),
             scan t: T {
                 carry h: [N] = zeros;
                 here[i] = x[t, i];
                 new = (a(here) + b(h)).tanh().dropout(0.25);
                 next h = new;
                 y[t, i] = new[i] + x[t, i];
             }
         }
         pub struct Net { blocks: [Step(3); 2], last: Step(3) }
         fn forward(x: [4, 3]) -> [4, 3] { last(blocks(x)) } loss = mse;",
        &["x: [4, 3]"],
        &["t: [4, 3]"],
    ),
    (
        "scan_that_reads_a_carry_behind_its_next_value",
        "fn weighed(x: [N, T], rate: [N]) -> (y: [N, T], z: [T, N]) {
             scan t: T, reversed {
                 carry h: [N] = 0.5;
                 carry most: [] = -1;
                 g[n] = sigmoid(rate[n]);
                 z[t, n] = g[n] * h[n];
                 next h[n] = g[n] * h[n] + (1 - g[n]) * x[n, t];
                 y[n, t] = h[n] * most;
                 next most = max(most, h.max() + x.mean());
             }
         }
         pub struct Net; fn forward(x: [2, 4], r: [2]) -> [2, 4] { let (y, z) = weighed(x, r.sin()); y + z.transpose(0, 1) }
         loss = mse;",
        &["x: [2, 4]", "r: [2]"],
        &["t: [2, 4]"],
    ),
    (
        "scan_whose_carries_take_one_value",
        "fn swapped(x: [T, N]) -> (a: [N], b: [N], c: [N]) {
             scan t: T {
                 carry a: [N] = 0.5;
                 carry b: [N] = zeros;
                 carry c: [N] = 1;
                 new[n] = tanh(x[t, n] + a[n] * b[n]);
                 next a = new;
                 next b = c;
                 next c = new;
             }
         }
         pub struct Net; fn forward(x: [4, 2]) -> [2] { let (a, b, c) = swapped(x); a + 2 * b + sq(c) } loss = mse;",
        &["x: [4, 2]"],
        &["t: [2]"],
    ),
    (
        "scan_that_hands_on_what_lies_in_front_of_it",
        "layer Mixed<N>(x: [T, N]) -> y: [T, N] {
             param first: [N] = uniform(1);
             before = x.select(0, 1);
             scan t: T {
                 carry g: [N] = zeros;
                 carry h: [N] = 0.2;
                 y[t, n] = tanh(x[t, n] + g[n] * h[n]);
                 next g = first;
                 next h = before;
             }
         }
         pub struct Net { a: Mixed(2) } fn forward(x: [3, 2]) -> [3, 2] { a(x) } loss = mse;",
        &["x: [3, 2]"],
        &["t: [3, 2]"],
    ),
    (
        "scan_of_arrays_of_layers",
        "layer Block<N>(x: [N], s: []) -> y: [N] { a: Linear(N => N), y = x + (s * a(x)).tanh(); }
         layer Deep<N>(x: [T, N]) -> (y: [T, N], h: [N]) {
             blocks: [Block(N); 3], #[checkpoint] others: [Block(N); 2], param s: [] = 0.7;
             scan t: T {
                 carry h: [N] = zeros;
                 here[i] = tanh(x[t, i] + h[i]);
                 new = others(blocks(here, s), s).tanh();
                 next h = new;
                 y[t, i] = new[i] + x[t, i];
             }
         }
         pub struct Net { deep: Deep(3) }
         fn forward(x: [4, 3]) -> [4, 3] { let (y, h) = deep(x); y + h.sum() } loss = mse;",
        &["x: [4, 3]"],
        &["t: [4, 3]"],
    ),
    (
        "scan_of_arrays_of_scans_of_arrays",
        "layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N), y = (x + a(x)).tanh(); }
         layer Inner<N>(x: [N]) -> y: [N] {
             blocks: [Block(N); 2],
             a[i: 2, n: N] = sin(x[n] + i);
             scan i: 2 { carry s: [N] = x; here[n] = a[i, n] * s[n]; next s = blocks(here); }
             y = s;
         }
         layer Deep<N>(x: [T, N]) -> y: [T, N] {
             inner: [Inner(N); 3],
             scan t: T, reversed {
                 carry h: [N] = ones([N]);
                 here[i] = x[t, i] * h[i];
                 new = inner(here);
                 next h = new;
                 y[t, i] = new[i];
             }
         }
         pub struct Net { deep: Deep(2) } fn forward(x: [3, 2]) -> [3, 2] { deep(x) } loss = mse;",
        &["x: [3, 2]"],
        &["t: [3, 2]"],
    ),
];
