use nn_core::prelude::*;

network! {
    struct Net { sums: Sums(3) }
    fn forward(x: [5, 3]) -> [3] { sums(x) }
    layer Sums<N>(x: [T, N]) -> h: [N] {
        scan t: T {
            carry h: [N] = zeros;
            sum[n] = h[n] + x[t, n];
        }
    }
}

fn main() {}
