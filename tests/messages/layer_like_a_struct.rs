use nn_core::prelude::*;

network! {
    struct Net { block: Residual(4) }
    fn forward(x: [4]) -> [4] {
        block(x)
    }
    layer Residual(C) {
        fc: Linear(C => C),
    }
}

fn main() {}
