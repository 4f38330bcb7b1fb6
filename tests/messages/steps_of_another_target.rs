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
    let mut steps = session.steps(Sgd::new(0.1), 1);
    steps.step(&[Tensor::zeros()], &[0.5])?;
    Ok(())
}
