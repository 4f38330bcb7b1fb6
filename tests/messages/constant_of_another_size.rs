use nn_core::prelude::*;

const HIDDEN: usize = 8;
const CHANNELS: usize = 3;

network! {
    struct Net {
        fc1: Linear(4 => HIDDEN),
        fc2: Linear(2 * HIDDEN + CHANNELS => 3),
    }
    fn forward(x: [4]) -> [3] {
        fc2(fc1(x))
    }
    loss = mse;
}

fn main() {
    let mut session = Net::session(1);
    let y = session.forward(&Tensor::from([0.0; 4]));
    println!("{}", y[[0]]);
}
