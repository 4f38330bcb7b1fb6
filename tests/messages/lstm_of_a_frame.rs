use nn_core::prelude::*;

network! {
    struct Net { lstm: LSTM(3 => 8), fc: Linear(8 => 2) }
    fn forward(x: [3]) -> [2] {
        let (_, h, _) = lstm(x);
        fc(h)
    }
}

fn main() {}
