use nn_core::prelude::*;

network! {
    struct Net { sums: Sums(3) }
    fn forward(x: [5, 3]) -> [5, 3] { sums(x) }
    layer Sums<N>(x: [T, N]) -> y: [T, N] {
        scan t: T - 1 {
            carry h: [N] = zeros;
            next h[n] = h[n] + x[t, n];
            y[t, n] = h[n];
        }
    }
}

fn main() {}
