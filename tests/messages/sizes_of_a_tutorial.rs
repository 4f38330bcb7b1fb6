use nn_core::prelude::*;

network! {
    struct Net {
        conv1: Conv2d(1 => 32, kernel = 3, padding = 1),
        fc1: Linear(32 * 8 * 8 => 128),
        fc2: Linear(128 => 10),
    }
    fn forward(image: [1, 28, 28]) -> [10] {
        let x = conv1(image).relu().max_pool2d(2);
        let x = fc1(x.flatten()).relu();
        fc2(x)
    }
    loss = cross_entropy;
}

fn main() {
    let mut session = Net::session(1);
    let _ = session.forward(&Tensor::zeros()).argmax();
}
