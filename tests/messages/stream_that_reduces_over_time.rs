use nn_core::prelude::*;

network! {
    #[stream]
    struct Net { rnn: RNN(3 => 2), fc: Linear(2 => 1) }
    fn forward(x: [50, 3]) -> [1] {
        let (y, _) = rnn(x);
        fc(y.mean(axis = 0))
    }
}

fn main() {
    let network = Net::init(1);
    println!("{}", network.stream().step(&Tensor::from([1.0, 2.0, 3.0])));
}
