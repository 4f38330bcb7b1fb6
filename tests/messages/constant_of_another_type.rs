use nn_core::prelude::*;

const HIDDEN: u32 = 8;

network! {
    struct Net { fc: Linear(4 => HIDDEN) }
    fn forward(x: [4]) -> [HIDDEN] {
        fc(x)
    }
}

fn main() {}
