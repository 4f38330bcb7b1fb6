use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4], gate: [3], class: index<3>) -> [3] {
        fc(x) * gate * class_weights(class)
    }
    fn class_weights(class: index<N>) -> y: [N] { y[i] = where(i == class, 2, 1); }
}

fn main() {
    let mut session = Net::session(1);
    session.forward(&Tensor::from([0.0; 4]));
}
