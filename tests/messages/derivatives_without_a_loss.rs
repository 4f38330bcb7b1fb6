use nn_core::prelude::*;

network! {
    #[derivatives(hvp)]
    struct Net { a: Linear(2 => 1) }
    fn forward(x: [2]) -> [1] { a(x) }
}

fn main() {}
