use nn_core::prelude::*;

network! {
    /// Imported from `model.tflite`.
    pub struct Listener {
        words: Embedding(30 => 8),
        conv: Conv1d(8 => 6, kernel = 3, padding = 1),
        lstm: LSTM(6 => 5),
        head: Linear(5 => 4),
    }

    fn forward(input: index<30>[9]) -> [9, 4] {
        let (x, _, _) = lstm(conv(words(input).transpose(0, 1)).relu().transpose(0, 1));
        head(x)
    }
}
