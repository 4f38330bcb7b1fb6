//! 2-8-1, the network that learns XOR.

use nn_core::data::Dataset;
use nn_core::prelude::*;
use nn_core::train::Trainer;

network! {
    /// 2-8-1
    struct Xor {
        hidden: Linear(2 => 8),
        output: Linear(8 => 1),
    }
    fn forward(x: [2]) -> [1] {
        output(hidden(x).tanh()).sigmoid()
    }
    loss = bce;
}

/// Trains one step, measures the loss and predicts.
fn main() -> Result<(), nn_core::Error> {
    let data = Dataset::new(vec![Tensor::filled(0.5); 2], vec![Tensor::filled(0.0), Tensor::filled(1.0)])?;
    let mut session = Xor::session(1);
    let history = Trainer::new(Sgd::new(1e-3)).batch(2).epochs(1).quiet().fit(&mut session, &data, &data)?;
    println!("{history}\n{:?}", session.forward(&data.inputs()[0]));
    Ok(())
}
