use nn_core::prelude::*;

network! {
    struct Net<const H: usize> { fc: Linear(4 => H) }
    fn forward(x: [4]) -> [H] { fc(x) }
}

fn main() {}
