use nn_core::prelude::*;

type Hidden = nn_core::typenum::U7;

network! {
    struct Net {
        a: Linear(4 => Hidden),
        b: Linear(8 => 2),
    }
    fn forward(x: [4]) -> [2] {
        b(a(x).relu())
    }
    loss = mse;
}

fn main() {}
