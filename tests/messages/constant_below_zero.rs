use nn_core::prelude::*;

const HIDDEN: usize = 8;

network! {
    struct Net { fc: Linear(4 => HIDDEN - 9) }
    fn forward(x: [4]) -> [HIDDEN - 9] {
        fc(x)
    }
}

fn main() {}
