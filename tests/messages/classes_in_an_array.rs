use nn_core::prelude::*;

network! {
    struct Net { embedding: Embedding(30 => 4) }
    fn forward(x: [index<30>; 16]) -> [16, 4] {
        embedding(x)
    }
}

fn main() {}
