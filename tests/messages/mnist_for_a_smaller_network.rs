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
    let (data, _) = data::mnist::<_, f32>("data")?;
    let data: Dataset<Tensor![784], usize> = data;
    Trainer::new(Adam::new(0.1)).fit(&mut session, &data, None)?;
    Ok(())
}
