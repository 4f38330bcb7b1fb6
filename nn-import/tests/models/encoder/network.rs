use nn_core::prelude::*;

network! {
    /// Imported from `model.onnx`.
    pub struct Encoder {
        tokens: Embedding(40 => 16),
        position: param [8, 16] = zeros,
        encoder_layers: [TransformerEncoderLayer(16, 4, dim_feedforward = 32, activation = gelu); 2],
        head: Linear(16 => 6),
    }

    fn forward(input: index<40>[8]) -> [8, 6] {
        head(encoder_layers(tokens(input) + position))
    }
}
