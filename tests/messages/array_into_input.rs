use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = cross_entropy;
}

fn main() {
    let mut session = Net::session(42);
    println!("{}", session.forward(&[1.0, 2.0, 3.0].into()));
}
