use nn_core::prelude::*;

network! {
    struct Net { sums: Sums(3) }
    fn forward(x: [5, 3], first: [4]) -> [3] { sums(x, first) }
    layer Sums<N>(x: [T, N], first: [M]) -> h: [N] {
        scan t: T {
            carry h: [N] = first;
            next h[n] = h[n] + x[t, n];
        }
    }
}

fn main() {}
