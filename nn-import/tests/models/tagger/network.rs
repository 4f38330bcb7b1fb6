use nn_core::prelude::*;

network! {
    /// Imported from `model.onnx`.
    pub struct Tagger {
        words: Embedding(50 => 12),
        lstm: LSTM(12 => 10, bidirectional = true),
        head: Linear(20 => 5),
    }

    fn forward(input: index<50>[7]) -> [7, 5] {
        let (x, _, _) = lstm(words(input));
        head(x)
    }
}
