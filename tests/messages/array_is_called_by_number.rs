use nn_core::prelude::*;

network! {
    struct Net { blocks: [Linear(4 => 4); 2] }
    fn forward(x: [4]) -> [4] {
        blocks[1](blocks[0](x))
    }
    loss = mse;
}

fn main() {}
