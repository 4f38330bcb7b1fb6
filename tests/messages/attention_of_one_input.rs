use nn_core::prelude::*;

network! {
    struct Net { attention: MultiheadAttention(8, 2) }
    fn forward(x: [5, 8]) -> [5, 8] { attention(x) }
}

fn main() {}
