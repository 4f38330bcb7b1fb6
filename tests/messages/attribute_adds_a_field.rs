use attributes::with_a_field;
use nn_core::prelude::*;

network! {
    #[with_a_field]
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
