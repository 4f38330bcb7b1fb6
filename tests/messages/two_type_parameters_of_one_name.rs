use nn_core::prelude::*;

network! {
    struct Net<N, N> { fc: Linear(N => N) }
    fn forward(x: [N]) -> [N] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
