use nn_core::prelude::*;

network! {
    #[allow(nn::batch_axis)]
    struct Net { fc: Linear(4 => 30) }
    fn forward(x: [16, 4]) -> [16, 30] {
        fc(x)
    }
    loss = cross_entropy;
}

fn main() {
    let x: Tensor![16, 4] = Tensor::zeros();
    let classes: Tensor![16; usize] = Tensor::from([0; 16]);
    let data = Dataset::from(vec![(x, classes)]);
    let mut session = Net::session(1);
    let history = Trainer::new(Adam::new(0.01)).fit(&mut session, &data, None);
    println!("{}", history.is_ok());
}
