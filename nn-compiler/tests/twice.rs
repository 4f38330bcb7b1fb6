//! A program that is differentiated twice: products with the Hessian against differences of the gradient, as derived,
//! simplified, and scheduled.

#[path = "common/given.rs"]
mod given;
#[path = "common/twice.rs"]
mod hessian;

use hessian::{Twice, check};

/// Differentiates a network twice.
fn holds(text: &str) {
    check(&Twice::new(text));
}

#[test]
fn dense_layers() {
    holds(
        "pub struct Net { a: Linear(3 => 4), b: Linear(4 => 2) }
         fn forward(x: [3]) -> [2] { b(a(x).tanh()).sigmoid() } loss = mse;",
    );
}

#[test]
fn products() {
    holds(
        "pub struct Net { a: Linear(3 => 4) } fn forward(x: [3]) -> [1] { all(a(x).tanh()) }
         fn all(x: [N]) -> y: [1] { y[k] = prod[n](x[n] + 0.5) + 0 * k; } loss = mse;",
    );
}

#[test]
fn maxima() {
    holds(
        "pub struct Net { a: Linear(3 => 4) } fn forward(x: [3]) -> [2] { both(a(x).tanh()) }
         fn both(x: [N]) -> y: [2] { y[k] = max[n](x[n] * x[n] * (k + 1)) * min[n](x[n]); } loss = mse;",
    );
}

#[test]
fn softmax_and_classes() {
    holds("pub struct Net { a: Linear(3 => 4) } fn forward(x: [3]) -> [4] { a(x.sin()) } loss = cross_entropy;");
}

#[test]
fn convolutions_and_pooling() {
    holds(
        "pub struct Net { a: Conv1d(1 => 2, kernel = 3, padding = 1), b: Conv1d(2 => 1, kernel = 2, stride = 2) }
         fn forward(x: [1, 9]) -> [2] { b(a(x).tanh()).silu().max_pool1d(2).flatten() } loss = mse;",
    );
}

#[test]
fn gathers_and_tables() {
    holds(
        "layer Table<V => D>(i: index<V>[N]) -> y: [N, D] {
             param table: [V, D] = normal(0, 1);
             y[n, d] = table[i[n], d] * table[i[n], 0];
         }
         pub struct Net { a: Table(5 => 3), b: Linear(_ => 2) }
         fn forward(x: index<5>[2]) -> [2] { b(a(x).tanh().pad1d(1, 1, mode = reflect).flatten()) } loss = mse;",
    );
}

#[test]
fn statistics_of_the_batch() {
    holds(
        "pub struct Net { a: Linear(3 => 4), n: BatchNorm1d(4), b: Linear(4 => 2) }
         fn forward(x: [3]) -> [2] { b(n(a(x)).tanh()) } loss = mse;",
    );
}

#[test]
fn arrays_of_layers() {
    holds(
        "layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N), y = x + a(x).tanh(); }
         pub struct Net { stem: Linear(3 => 4), blocks: [Block(4); 3], head: Linear(4 => 2) }
         fn forward(x: [3]) -> [2] { head(blocks(stem(x))) } loss = mse;",
    );
}

#[test]
fn arrays_of_arrays() {
    holds(
        "layer Inner<N>(x: [N], c: [N]) -> y: [N] { a: Linear(N => N), y = (a(x) * c).tanh(); }
         layer Outer<N>(x: [N]) -> y: [N] { inner: [Inner(N); 2], b: Linear(N => N), y = inner(b(x), x).sin() + x; }
         pub struct Net { blocks: [Outer(2); 3] } fn forward(x: [2]) -> [2] { blocks(x) } loss = mse;",
    );
}

#[test]
fn recomputed_layers() {
    holds(
        "layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N), b: Linear(N => N), y = x + b(a(x).tanh()).sin(); }
         pub struct Net { #[checkpoint] one: Block(3), #[checkpoint] blocks: [Block(3); 2] }
         fn forward(x: [3]) -> [3] { blocks(one(x)) } loss = mse;",
    );
}

#[test]
fn scans_in_scans_and_backwards() {
    holds(
        "layer Grid<N>(x: [R, C, N]) -> (y: [R, C, N], down: [N]) {
             param u: [N, N] = uniform(1);
             scan r: R {
                 carry down: [N] = zeros;
                 scan c: C, reversed {
                     carry h: [N] = down;
                     new[j] = tanh(x[r, c, j] + sum[k](u[j, k] * h[k]));
                     row[c, j] = h[j] * new[j];
                     next h = new;
                 }
                 y[r, c, j] = row[c, j] * down[j];
                 next down[j] = h[j] + 0.5 * down[j];
             }
         }
         pub struct Net { a: Grid(2) }
         fn forward(x: [3, 2, 2]) -> [3, 2, 2] { let (y, down) = a(x); y + down.sum() } loss = mse;",
    );
}

#[test]
fn scans() {
    holds(
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
    );
}

#[test]
fn derivatives_of_values() {
    holds(
        "pub struct Net { a: Linear(2 => 4), b: Linear(4 => 1) }
         fn forward(x: [2]) -> [2] { derivative(b(a(x).tanh()), x) } loss = mse;",
    );
}

#[test]
fn derivatives_in_arrays() {
    holds(
        "layer Descent(x: [N]) -> y: [N] {
             param w: [N] = uniform(1);
             z = w * x;
             e = z.sin().sum();
             y = x - 0.3 * derivative(e, x);
         }
         pub struct Net { a: Linear(2 => 3), l: [Descent(); 2], b: Linear(3 => 1) }
         fn forward(x: [2]) -> [1] { b(l(a(x))) } loss = mse;",
    );
}

#[test]
fn derivatives_in_scans() {
    holds(
        "layer Slope(x: [T, N]) -> y: [T, N] {
             param w: [] = uniform(1);
             scan t: T {
                 carry h: [N] = zeros;
                 z[n] = h[n] * w + x[t, n];
                 g = derivative((z * z.tanh()).sum(), h);
                 y[t, n] = g[n] + z[n];
                 next h = 0.5 * h - 0.3 * g + z;
             }
         }
         pub struct Net { a: Linear(2 => 3), l: Slope(), b: Linear(3 => 1) }
         fn forward(x: [4, 2]) -> [4, 1] { b(l(a(x))) } loss = mse;",
    );
}

#[test]
fn derivatives_of_arrays() {
    holds(
        "layer Block(x: [N]) -> y: [N] { param w: [N] = uniform(1); y = x + (w * x).sin(); }
         pub struct Net { l: [Block(); 2] }
         fn forward(x: [2]) -> [2] { derivative(l(x).sum(), x) } loss = mse;",
    );
}
