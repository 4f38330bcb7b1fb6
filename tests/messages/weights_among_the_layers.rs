use nn_core::prelude::*;

network! {
    struct Net {
        weights = "no_such_file.safetensors";
        fc: Linear(4 => 2),
    }
    fn forward(x: [4]) -> [2] { fc(x) }
}

fn main() {
    let _ = Net::trained();
}
