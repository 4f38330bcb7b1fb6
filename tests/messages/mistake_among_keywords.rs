use nn_core::prelude::*;

network! {
    struct Net { r#type: Linear(4 => 3), fn: Linear(5 => 3) }
    fn forward(r#match: [4], r#gen: [2]) -> (r#in: [3], r#loop: [2]) {
        (fn(type(match)), gen)
    }
    loss(r#mod: [3], r#use: [2]) = mse(in, mod) + mse(loop, use);
}

fn main() {
    let mut session = Net::session(1);
    let y = session.forward(&NetInput { r#match: Tensor::zeros(), r#gen: Tensor::zeros() });
    let _ = (y.r#in[[0]], y.r#loop[[0]], &session.network.params.r#type);
}
