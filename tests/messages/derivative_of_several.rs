use nn_core::prelude::*;

network! {
    struct Net { a: Linear(2 => 3) }
    fn forward(x: [2]) -> [2] { derivative(a(x).tanh(), x) }
}

fn main() {}
