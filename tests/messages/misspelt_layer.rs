use nn_core::prelude::*;

network! {
    struct Net { hidden: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        hiden(x)
    }
    loss = mse;
}

fn main() {
    let mut session = Net::session(1);
    let y = session.forward(&Tensor::from([0.0; 4]));
    println!("{}", y[[0]]);
}
