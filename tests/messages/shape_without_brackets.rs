use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: 4) -> (y: 2) {
        fc(x)
    }
    loss = mse;
}

fn main() {
    let mut session = Net::session(1);
    println!("{}", session.forward(&Tensor::from([0.0, 1.0, 2.0, 3.0]))[[1]]);
}
