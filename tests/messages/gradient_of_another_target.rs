use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = cross_entropy;
}

fn main() -> Result<(), Error> {
    let mut network = Net::init(1);
    let mut workspace = nn_core::train_workspace::<Net>();
    let mut gradient = nn_core::zero_gradient::<Net>();
    network.gradient(&[Tensor::zeros()], &[Tensor::from([0.0; 3])], Draw::new(0, 0), &mut workspace, &mut gradient)?;
    Ok(())
}
