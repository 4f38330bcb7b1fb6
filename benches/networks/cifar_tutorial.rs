//! The network of the CIFAR-10 tutorial of PyTorch.

use nn_core::data::Dataset;
use nn_core::prelude::*;
use nn_core::train::Trainer;

network! {
    /// Two convolutions and three dense layers.
    struct Tutorial {
        conv1: Conv2d(3 => 6, kernel = 5),
        conv2: Conv2d(6 => 16, kernel = 5),
        fc1: Linear(400 => 120),
        fc2: Linear(120 => 84),
        fc3: Linear(84 => 10),
    }
    fn forward(image: [3, 32, 32]) -> [10] {
        let x = conv1(image).relu().max_pool2d(2);
        let x = conv2(x).relu().max_pool2d(2);
        fc3(fc2(fc1(x.flatten()).relu()).relu())
    }
    loss = cross_entropy;
}

/// Trains one step, measures the loss and predicts.
fn main() -> Result<(), nn_core::Error> {
    let data = Dataset::new(vec![Tensor::filled(0.5); 2], vec![0, 1])?;
    let mut session = Tutorial::session(1);
    let history = Trainer::new(Sgd::new(1e-3)).batch(2).epochs(1).quiet().fit(&mut session, &data, &data)?;
    println!("{history}\n{:?}", session.forward(&data.inputs()[0]));
    Ok(())
}
