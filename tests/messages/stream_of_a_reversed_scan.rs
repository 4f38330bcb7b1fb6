use nn_core::prelude::*;

network! {
    #[stream]
    struct Net { rnn: RNN(3 => 2, bidirectional = true), fc: Linear(4 => 1) }
    fn forward(x: [50, 3]) -> [50, 1] {
        let (y, _) = rnn(x);
        fc(y)
    }
}

fn main() {
    let network = Net::init(1);
    println!("{}", network.stream().step(&Tensor::from([1.0, 2.0, 3.0])));
}
