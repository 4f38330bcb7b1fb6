use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        fc(x)
    }
    loss(t: index<3>) = cross_entropy(output, t);
}

fn main() {
    let mut session = Net::session(1);
    let y = session.forward(&Tensor::from([0.0; 4]));
    println!("{}", y[[0]]);
}
