use nn_core::prelude::*;

network! {
    #[derivatives(jvp, hessian)]
    struct Net { a: Linear(2 => 1) }
    fn forward(x: [2]) -> [1] { a(x) }
    loss = mse;
}

fn main() {}
