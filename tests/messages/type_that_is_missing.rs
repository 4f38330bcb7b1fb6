use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => Hidden) }
    fn forward(x: [4]) -> [Hidden] {
        fc(x)
    }
}

fn main() {}
