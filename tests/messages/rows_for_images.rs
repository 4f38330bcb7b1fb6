use nn_core::prelude::*;

network! {
    struct Image { fc: Linear(4 => 3) }
    fn forward(x: [1, 2, 2]) -> [3] {
        fc(x.flatten())
    }
    loss = mse;
}

fn main() -> Result<(), Error> {
    let mut session = Image::session(1);
    let data = Dataset::from_iter([(Tensor::from([0.0; 4]), Tensor::from([0.0; 3]))]);
    Trainer::new(Adam::new(0.1)).fit(&mut session, &data, None)?;
    Ok(())
}
