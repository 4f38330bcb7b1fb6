use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    weights = digits.safetensors;
}

fn main() {
    let _ = Net::trained();
}
