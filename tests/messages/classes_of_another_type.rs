use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = cross_entropy;
}

fn main() -> Result<(), Error> {
    let mut session = Net::session(1);
    let data = Dataset::from_iter([(Tensor::from([0.0; 4]), 1_u8)]);
    Trainer::new(Adam::new(0.1)).fit(&mut session, &data, None)?;
    Ok(())
}
