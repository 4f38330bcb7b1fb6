use nn_core::prelude::*;

network! {
    struct f32 { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = mse;
}

fn main() {
    let _: f32 = 1.0;
}
