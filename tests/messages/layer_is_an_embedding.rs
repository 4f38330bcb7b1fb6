use nn_core::prelude::*;

network! {
    struct Net { table: Embedding(10 => 3) }
    fn forward(k: index<10>) -> [3] { table(k) }
}

fn main() {}
