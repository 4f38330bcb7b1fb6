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
    let inputs = vec![Tensor::from([0.0; 5]); 3];
    let mut outputs = vec![Tensor::zeros(); 3];
    session.forward_batch(&inputs, &mut outputs)?;
    Ok(())
}
