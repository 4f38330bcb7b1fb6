use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = cross_entropy;
}

fn main() {
    let mut session = Net::session(1);
    let image = Tensor::from([[0.0; 2]; 2]);
    let row: Tensor![2, 2] = image.view(4);
    session.forward(&Tensor::zeros());
    println!("{row}");
}
