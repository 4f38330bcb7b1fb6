//! 2-8-1, the network that learns XOR.

use nn_core::prelude::*;

network! {
    /// 2-8-1
    struct Xor {
        hidden: Linear(2 => 8),
        output: Linear(8 => 1),
    }
    fn forward(x: [2]) -> [1] {
        output(hidden(x).tanh()).sigmoid()
    }
    loss = bce;
}

fn main() -> Result<(), nn_core::Error> {
    work::once::<Xor>([Tensor::filled(0.5), Tensor::filled(0.25)], [Tensor::filled(0.0), Tensor::filled(1.0)])
}

mod work;
