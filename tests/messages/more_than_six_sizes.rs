use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4], z: [1, 1, 1, 1, 1, 1, 2]) -> [2] {
        fc(x) + z.flatten()
    }
    loss = mse;
}

fn main() {
    let mut session = Net::session(1);
    let _ = session.forward(&NetInput { x: Tensor::zeros(), z: Tensor::zeros() });
}
