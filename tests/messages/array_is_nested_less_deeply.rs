use nn_core::prelude::*;

network! {
    struct Image { fc: Linear(4 => 3) }
    fn forward(x: [1, 2, 2]) -> [3] {
        fc(x.flatten())
    }
    loss = mse;
}

fn main() {
    let mut session = Image::session(1);
    let x: &Tensor![1, 2, 2] = &Tensor::from([[[0.0; 2]; 3]; 1]);
    session.forward(x);
}
