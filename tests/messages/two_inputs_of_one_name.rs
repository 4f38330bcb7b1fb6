use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4], x: [3]) -> [3] {
        fc(x)
    }
    loss = mse;
}

fn main() {
    let mut session = Net::session(1);
    let _ = session.forward(&NetInput { x: Tensor::zeros() });
}
