use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
}

fn main() {
    let train = Dataset::new(vec![Tensor::from([0.0; 4])], vec![2]).unwrap();
    let mut session = Net::session(1);
    Trainer::new(Adam::new(1e-3)).fit(&mut session, &train, &train).unwrap();
}
