use nn_core::prelude::*;

network! {
    struct Net { #[frozen] body: Linear(4 => 3), head: Linear(3 => 2) }
    fn forward(x: [4]) -> [2] { head(body(x).relu()) }
    loss = mse;
}

fn main() {
    let mut workspace = nn_core::train_workspace::<Net>();
    let mut gradients = [Tensor::zeros()];
    let (x, t) = ([Tensor::zeros()], [Tensor::zeros()]);
    Net::init(1).input_gradient(&x, &t, Draw::new(0, 0), &mut workspace, &mut gradients).unwrap();
}
