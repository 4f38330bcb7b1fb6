use nn_core::prelude::*;

network! {
    struct Net { positions: PositionalEmbedding(16, 4) }
    fn forward(x: [16, 4]) -> [16, 4] {
        positions(x)
    }
}

fn main() {}
