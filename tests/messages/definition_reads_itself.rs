use nn_core::prelude::*;

network! {
    struct Net { sums: Sums(3) }
    fn forward(x: [5, 3]) -> [5, 3] { sums(x) }
    layer Sums<N>(x: [T, N]) -> y: [T, N] {
        y[t, n] = x[t, n] + pad(y[t - 1, n], 0);
    }
}

fn main() {}
