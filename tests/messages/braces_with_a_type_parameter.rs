use nn_core::prelude::*;

const fn wider(size: usize) -> usize {
    2 * size
}

network! {
    struct Net<Hidden> { fc: Linear(4 => { wider(Hidden) }) }
    fn forward(x: [4]) -> [{ wider(Hidden) }] {
        fc(x)
    }
}

fn main() {}
