use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = mse;
}

network! {
    #[layer]
    struct Net { fc: Linear(4 => 3), head: Linear(3 => 2) }
    fn forward(x: [4], y: [3]) -> [2] {
        head(fc(x) + y)
    }
    loss = mse;
}

fn main() {
    let _ = Net::init(0);
}
