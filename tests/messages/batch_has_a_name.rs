use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [batch, 4]) -> [batch, 3] { fc(x) }
    loss = mse;
}

fn main() {
    let mut session = Net::session(1);
    println!("{}", session.forward(&Tensor::from([0.0; 4])));
}
