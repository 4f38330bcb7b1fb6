use nn_core::prelude::*;

network! {
    struct Net { table: Table(3) }
    fn forward(k: index<12>) -> [3] { table(k) }
    layer Table<N>(k: index<12>) -> y: [N] {
        param rows: [10, N] = normal(0, 1);
        y[n] = rows[k, n];
    }
}

fn main() {}
