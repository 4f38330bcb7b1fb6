use nn_core::prelude::*;

network! {
    /// Imported from `model.onnx`.
    pub struct Encoder {
        tokens: Embedding(40 => 16),
        position: param [8, 16] = zeros,
        encoder_layers_0: TransformerEncoderLayer(16, 4, dim_feedforward = 32, activation = gelu),
        encoder_layers_1: TransformerEncoderLayer(16, 4, dim_feedforward = 32, activation = gelu),
        head: Linear(16 => 6),
    }

    fn forward(input: index<40>[8]) -> [8, 6] {
        head(encoder_layers_1(encoder_layers_0(tokens(input) + position)))
    }
}
