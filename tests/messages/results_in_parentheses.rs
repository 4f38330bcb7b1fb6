use nn_core::prelude::*;

network! {
    struct Net { lstm: LSTM(3 => 4) }
    fn forward(x: [5, 3]) -> [5, 4] {
        let (out, (h, c)) = lstm(x);
        out
    }
}

fn main() {}
