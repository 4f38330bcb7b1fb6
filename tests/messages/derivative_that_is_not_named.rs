use nn_core::prelude::*;

network! {
    #[derivatives(jvp)]
    struct Net { a: Linear(2 => 1) }
    fn forward(x: [2]) -> [1] { a(x) }
}

fn main() {
    let network = Net::init(1);
    let (x, w, mut by_x) = ([Tensor::from([1.0, 2.0])], [Tensor::from([1.0])], [Tensor::zeros()]);
    network.vjp(&x, &w, &mut [nn_core::zeroed()], None, Some(&mut by_x)).unwrap();
}
