//! Arrays of layers, and batch norms in them.

use super::Network;

pub(super) const NETWORKS: &[Network] = &[
    (
        "an_array_that_the_loss_does_not_depend_on",
        "layer Block(x: [A, B]) -> y: [A, B] { l: Linear(4 => 4); y = l(x) + x; }
         pub struct Net { blocks: [Block; 3], fc: Linear(12 => 2) }
         fn forward(x: [3, 4]) -> (a: [3, 4], b: [2]) { (blocks(x), fc(x.flatten())) }
         loss(t: [2]) = mse(b, t);",
        &["x: [3, 4]"],
        &["t: [2]"],
    ),
    (
        "arrays_of_norms_of_groups",
        "layer Block(x: [A, B]) -> y: [A, B] { y = x.group_norm(3, eps = 0.1).tanh(); }
         pub struct Net { blocks: [Block; 3] } fn forward(x: [3, 4]) -> [3, 4] { blocks(x) } loss = mse;",
        &["x: [3, 4]"],
        &["t: [3, 4]"],
    ),
    (
        "arrays_that_read_every_second_place",
        "layer Sparse<C>(x: [C, N]) -> y: [C, N] {
             conv: Conv1d(C => 1, kernel = 2, stride = 3, bias = false);
             up: Linear(2 => C*N);
             y = up(conv(x).flatten()).reshape(C, N).tanh();
         }
         pub struct Net { blocks: [Sparse(2); 3] } fn forward(x: [2, 6]) -> [2, 6] { blocks(x.sin()) } loss = mse;",
        &["x: [2, 6]"],
        &["t: [2, 6]"],
    ),
    (
        "array_of_residual_layers",
        "layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N), y = x + a(x).tanh(); }
         pub struct Net { stem: Linear(3 => 4), blocks: [Block(4); 3], head: Linear(4 => 2) }
         fn forward(x: [3]) -> [2] { head(blocks(stem(x))) } loss = mse;",
        &["x: [3]"],
        &["t: [2]"],
    ),
    (
        "array_that_reduces_rows_of_its_carry",
        "layer Most(x: [A, B]) -> y: [A, B] { param w: [3] = uniform(0.5, 1); y[i, j] = max[k](x[i, j] * w[k]); }
         pub struct Net { blocks: [Most; 3] } fn forward(x: [2, 8]) -> [2, 8] { blocks(x) } loss = mse;",
        &["x: [2, 8]"],
        &["t: [2, 8]"],
    ),
    (
        "array_of_one",
        "pub struct Net { blocks: [Linear(3 => 3); 1] } fn forward(x: [3]) -> [3] { blocks(x).tanh() } loss = mse;",
        &["x: [3]"],
        &["t: [3]"],
    ),
    (
        "array_without_what_is_kept",
        "pub struct Net { blocks: [Linear(3 => 3); 4] } fn forward(x: [3]) -> [3] { blocks(x) } loss = mse;",
        &["x: [3]"],
        &["t: [3]"],
    ),
    (
        "array_of_convolutions",
        "layer Block<C>(x: [C, H, W]) -> y: [C, H, W] {
             a: Conv2d(C => C, kernel = 3, padding = 1),
             b: Conv2d(C => C, kernel = 3, padding = 1, bias = false),
             y = (x + b(a(x).tanh())).silu();
         }
         pub struct Net { stem: Conv2d(1 => 2, kernel = 3, padding = 1), blocks: [Block(2); 3], head: Linear(_ => 2) }
         fn forward(x: [1, 4, 5]) -> [2] { head(blocks(stem(x)).flatten()) } loss = mse;",
        &["x: [1, 4, 5]"],
        &["t: [2]"],
    ),
    (
        "array_of_small_convolutions",
        "pub struct Net { blocks: [Conv2d(2 => 2, kernel = 3, padding = 1); 3] }
         fn forward(x: [2, 2, 3]) -> [2, 2, 3] { blocks(x) } loss = mse;",
        &["x: [2, 2, 3]"],
        &["t: [2, 2, 3]"],
    ),
    (
        "array_with_batch_norms",
        "layer Block<C>(x: [C, H, W]) -> y: [C, H, W] {
             a: Conv2d(C => C, kernel = 3, padding = 1),
             an: BatchNorm2d(C),
             y = an(a(x)).tanh() + x;
         }
         pub struct Net { blocks: [Block(2); 2], norm: BatchNorm1d(24), head: Linear(_ => 2) }
         fn forward(x: [2, 3, 4]) -> [2] { head(norm(blocks(x).flatten())) } loss = mse;",
        &["x: [2, 3, 4]"],
        &["t: [2]"],
    ),
    (
        "array_used_twice",
        "layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N), y = a(x.tanh()).sin() - x; }
         pub struct Net { blocks: [Block(3); 2] } fn forward(x: [3]) -> [3] { blocks(blocks(x).tanh()) } loss = mse;",
        &["x: [3]"],
        &["t: [3]"],
    ),
    (
        "array_in_an_array",
        "layer Inner<N>(x: [N]) -> y: [N] { a: Linear(N => N), y = x + a(x).tanh(); }
         layer Outer<N>(x: [N]) -> y: [N] { inner: [Inner(N); 2], b: Linear(N => N), y = x * inner(b(x)).sigmoid(); }
         pub struct Net { blocks: [Outer(3); 3] } fn forward(x: [3]) -> [3] { blocks(x) } loss = mse;",
        &["x: [3]"],
        &["t: [3]"],
    ),
    (
        "array_in_a_layer_that_is_shared",
        "layer Inner<N>(x: [N]) -> y: [N] { a: Linear(N => N), y = x + a(x).tanh(); }
         layer Outer<N>(x: [N]) -> y: [N] { inner: [Inner(N); 2], y = inner(x); }
         pub struct Net { o: Outer(3) } fn forward(x: [3], z: [3]) -> [3] { o(x) * o(z) } loss = mse;",
        &["x: [3]", "z: [3]"],
        &["t: [3]"],
    ),
    (
        "array_with_a_second_input",
        "layer Block<N>(x: [N], c: [N]) -> y: [N] { a: Linear(N => N), y = a(x.tanh()) * c + x; }
         pub struct Net { blocks: [Block(3); 4] }
         fn forward(x: [3], c: [3]) -> [3] { let c = c.sin(); blocks(x, c) + c } loss = mse;",
        &["x: [3]", "c: [3]"],
        &["t: [3]"],
    ),
    (
        "array_with_maxima_and_products",
        "layer Block(x: [N, M]) -> y: [N, M] {
             param weight: [M] = normal(0, 1);
             m[i] = max[j](x[i, j] * weight[j]);
             p[j] = prod[i](x[i, j]);
             y[i, j] = tanh(x[i, j] + m[i] - p[j]);
         }
         pub struct Net { blocks: [Block(); 3] } fn forward(x: [3, 2]) -> [3, 2] { blocks(x) } loss = mse;",
        &["x: [3, 2]"],
        &["t: [3, 2]"],
    ),
    (
        "array_that_drops",
        "layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N), y = a(x).dropout(0.3) + x; }
         pub struct Net { blocks: [Block(6); 3] } fn forward(x: [6]) -> [6] { blocks(x) } loss = mse;",
        &["x: [6]"],
        &["t: [6]"],
    ),
    (
        "array_of_reshapes",
        "layer Block<N>(x: [2, N]) -> y: [2, N] {
             a: Linear(2*N => 2*N),
             y = a(x.flatten()).tanh().reshape(2, N) + concat(x, x, axis = 0).reshape(2, 2, N).flatten().reshape(4, N).tanh().flatten().reshape(2, 2*N).half();
         }
         fn half(x: [A, B]) -> y: [A, B/2] { y[a, b] = x[a, b] * x[a, b + B/2]; }
         pub struct Net { blocks: [Block(3); 2] } fn forward(x: [2, 3]) -> [2, 3] { blocks(x) } loss = mse;",
        &["x: [2, 3]"],
        &["t: [2, 3]"],
    ),
    (
        "batch_named_in_a_layer",
        "layer Centre(x: [N]) -> y: [N] {
             state mean_of: [N] = zeros;
             train { m[n] = mean[batch](x[n]); next mean_of = m; y[n] = x[n] - m[n]; }
             infer { y[n] = x[n] - mean_of[n]; }
         }
         pub struct Net { a: Linear(3 => 3), c: Centre(), d: Centre() }
         fn forward(x: [3]) -> [3] { d(c(a(x)).tanh() * x) } loss = mse;",
        &["x: [3]"],
        &["t: [3]"],
    ),
    (
        "array_of_transposed_and_flattened",
        "layer Block<N>(x: [1, N]) -> y: [1, N] {
             a: ConvTranspose1d(1 => 1, kernel = 3, padding = 1),
             b: Linear(N => N),
             y = b(a(x).flatten()).reshape(1, N);
         }
         pub struct Net { blocks: [Block(3); 2] } fn forward(x: [1, 3]) -> [1, 3] { blocks(x) } loss = mse;",
        &["x: [1, 3]"],
        &["t: [1, 3]"],
    ),
    (
        "array_in_an_array_of_reshapes",
        "layer Inner<N>(x: [N]) -> y: [N] { y = x.tanh() + 0.3 * x; }
         layer Outer<N, M>(x: [N, M]) -> y: [N, M] { inner: [Inner(N*M); 3], y = inner(x.flatten()).reshape(N, M); }
         pub struct Net { blocks: [Outer(2, 3); 2] } fn forward(x: [2, 3]) -> [2, 3] { blocks(x) } loss = mse;",
        &["x: [2, 3]"],
        &["t: [2, 3]"],
    ),
    (
        "array_behind_what_is_flat",
        "fn stop(x) = sign(x);
         layer Inner<N>(x: [N]) -> y: [N] { a: Linear(N => N), y = x + a(x).tanh(); }
         layer Outer<N>(x: [N]) -> y: [N] { inner: [Inner(N); 2], b: Linear(N => N), y = b(inner(x)).sin(); }
         pub struct Net { blocks: [Inner(3); 2], outer: [Outer(3); 2] }
         fn forward(x: [3]) -> [3] { outer(stop(x)) + blocks(stop(x)) } loss = mse;",
        &["x: [3]"],
        &["t: [3]"],
    ),
    (
        "array_in_an_array_with_a_second_input",
        "layer Inner<N>(x: [N], c: [N]) -> y: [N] { y = x.tanh() + 0.5 * c; }
         layer Outer<N>(x: [N], c: [N]) -> y: [N] { inner: [Inner(N); 2], a: Linear(N => N), y = a(inner(x, c)).sin(); }
         pub struct Net { a: Linear(3 => 3), b: Linear(3 => 3), blocks: [Outer(3); 3] }
         fn forward(x: [3]) -> [3] { blocks(a(x), b(x)) } loss = mse;",
        &["x: [3]"],
        &["t: [3]"],
    ),
    (
        "array_in_an_array_whose_input_is_a_second_input",
        "layer Inner<N>(x: [N], c: [N]) -> y: [N] { y = x.tanh() + 0.5 * c; }
         layer Outer<N>(x: [N]) -> y: [N] { inner: [Inner(N); 2], a: Linear(N => N), y = a(inner(x, x)).sin() + x; }
         pub struct Net { a: Linear(3 => 3), blocks: [Outer(3); 3] }
         fn forward(x: [3]) -> [3] { blocks(a(x)) } loss = mse;",
        &["x: [3]"],
        &["t: [3]"],
    ),
    (
        "array_that_forgets_what_it_is_given",
        "layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N), y = a(sign(x)); }
         layer Outer<N>(x: [N]) -> y: [N] { inner: [Block(N); 2], a: Linear(N => N), y = inner(a(x)).sin(); }
         pub struct Net { a: Linear(3 => 3), blocks: [Block(3); 3], outer: [Outer(3); 2] }
         fn forward(x: [3]) -> [3] { let h = a(x); blocks(h) + outer(h) + h } loss = mse;",
        &["x: [3]"],
        &["t: [3]"],
    ),
];
