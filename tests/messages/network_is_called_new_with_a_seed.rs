use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = cross_entropy;
}

fn main() {
    let network = Net::new(42, 4);
    println!("{:?}", network.params);
}
