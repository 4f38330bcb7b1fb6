use nn_core::prelude::*;

network! {
    struct Net { lstm: LSTM(3 => 4), fc: Linear(4 => 1) }
    fn forward(x: [5, 3]) -> [1] {
        let (out, _, _) = lstm(x);
        fc(out[-1, :])
    }
}

fn main() {}
