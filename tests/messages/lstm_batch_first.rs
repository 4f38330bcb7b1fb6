use nn_core::prelude::*;

network! {
    struct Net { lstm: LSTM(3 => 8, batch_first = true), fc: Linear(8 => 2) }
    fn forward(x: [5, 3]) -> [2] {
        let (_, h, _) = lstm(x);
        fc(h)
    }
}

fn main() {}
