use nn_core::prelude::*;

network! {
    struct Net { #[frozen(true)] body: Linear(4 => 3), head: Linear(3 => 2) }
    fn forward(x: [4]) -> [2] { head(body(x).relu()) }
    loss = mse;
}

fn main() {}
