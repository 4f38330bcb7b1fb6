use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = cross_entropy;
}

fn main() -> Result<(), Error> {
    let network = Net::init(1);
    let mut workspace = nn_core::train_workspace::<Net>();
    network.loss(&[0.0, 1.0, 2.0, 3.0], &[1], &mut workspace)?;
    Ok(())
}
