use nn_core::prelude::*;

network! {
    struct Net { a: Linear(2 => 1), scale: param [1] = ones }
    fn forward(x: [2]) -> [1] { derivative(a(x) * scale, scale) }
}

fn main() {}
