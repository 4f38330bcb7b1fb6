use nn_core::prelude::*;

network! {
    struct Net { fc1: Linear(5 => 8), fc2: Linear(8 => 3) }
    fn forward(x: [4]) -> [3] {
        fc2(fc1(x).relu())
    }
    loss = cross_entropy;
}

fn main() {
    let train = Dataset::new(vec![Tensor::from([0.0; 4])], vec![2]).unwrap();
    let mut session = Net::session(1);
    Trainer::new(Adam::new(1e-3)).fit(&mut session, &train, &train).unwrap();
    let _: &Tensor<_> = session.forward(&train.inputs()[0]);
    let _ = Net::PARAMS + Net::TRAIN_BYTES;
    println!("{:?} {}", session.network.params.fc1, Net::summary());
}
