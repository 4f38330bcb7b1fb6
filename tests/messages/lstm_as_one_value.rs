use nn_core::prelude::*;

network! {
    struct Net { lstm: LSTM(3 => 8), fc: Linear(8 => 2) }
    fn forward(x: [5, 3]) -> [5, 2] { fc(lstm(x)) }
}

fn main() {}
