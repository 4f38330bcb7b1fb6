use nn_core::prelude::*;

network! {
    struct Net { block: BasicBlock(4 => 3) }
    fn forward(x: [4]) -> [3] { block(x) }
}

fn main() {}
