use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [f32; 4]) -> [f32; 2] {
        fc(x)
    }
    loss = mse;
}

fn main() -> Result<(), Error> {
    let data = Dataset::from_iter([(Tensor::from([0.0, 1.0, 2.0, 3.0]), Tensor::from([1.0, 2.0]))]);
    let mut session = Net::session(1);
    Trainer::new(Sgd::new(0.1)).fit(&mut session, &data, None)?;
    println!("{}", session.forward(&Tensor::from([0.0, 1.0, 2.0, 3.0]))[[1]]);
    Ok(())
}
