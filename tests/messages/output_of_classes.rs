use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> (logits: [3], class: index<3>) {
        (fc(x), fc(x))
    }
    loss(t: [3]) = mse(logits, t);
}

fn main() {
    let mut session = Net::session(1);
    let _ = session.forward(&Tensor::zeros()).logits[[0]];
}
