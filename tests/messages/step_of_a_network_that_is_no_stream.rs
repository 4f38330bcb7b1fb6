use nn_core::prelude::*;

network! {
    struct Net { rnn: RNN(3 => 2) }
    fn forward(x: [50, 3]) -> [50, 2] {
        let (y, _) = rnn(x);
        y
    }
}

fn main() {
    let network = Net::init(1);
    let mut stream = network.stream();
}
