use nn_core::prelude::*;

type Hidden = f32;

network! {
    struct Net { fc: Linear(4 => Hidden) }
    fn forward(x: [4]) -> [Hidden] {
        fc(x)
    }
}

fn main() {}
