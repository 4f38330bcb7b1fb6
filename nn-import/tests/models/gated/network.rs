use nn_core::prelude::*;

network! {
    /// Imported from `model.onnx`.
    pub struct Gated {
        gru: GRU(6 => 8),
        head: Linear(8 => 3),
    }

    fn forward(input: [5, 6]) -> (linear: [3], getitem: [5, 8]) {
        let (x, h) = gru(input);
        (head(h), x)
    }
}
