use nn_core::prelude::*;

network! {
    #[stream(time = 0)]
    struct Net { rnn: RNN(3 => 2) }
    fn forward(x: [50, 3]) -> [50, 2] {
        let (y, _) = rnn(x);
        y
    }
}

fn main() {
    let network = Net::init(1);
    println!("{}", network.stream().step(&Tensor::from([1.0, 2.0, 3.0])));
}
