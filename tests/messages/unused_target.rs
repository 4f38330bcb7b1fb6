use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss(t: [3], weights: [3]) = mse(output, t);
}

fn main() {
    let mut session = Net::session(1);
    let y = session.forward(&Tensor::from([0.0; 4]));
    println!("{}", y[[0]]);
}
