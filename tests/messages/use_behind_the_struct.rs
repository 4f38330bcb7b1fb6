use nn_core::prelude::*;

formulas! {
    mod acts {
        fn twice(x) = 2 * x;
    }
}

network! {
    struct Net { fc: Linear(4 => 3) }
    use acts;
    fn forward(x: [4]) -> [3] {
        fc(x).twice()
    }
    loss = mse;
}

fn main() {
    let mut session = Net::session(1);
    let y = session.forward(&Tensor::from([0.0; 4]));
    println!("{}", y[[0]]);
}
