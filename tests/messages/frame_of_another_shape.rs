use nn_core::prelude::*;

network! {
    #[stream]
    struct Net { rnn: RNN(3 => 2) }
    fn forward(x: [50, 3]) -> [50, 2] {
        let (y, _) = rnn(x);
        y
    }
}

fn main() {
    let network = Net::init(1);
    let x: Tensor![4] = Tensor::zeros();
    println!("{}", network.stream().step(&x));
}
