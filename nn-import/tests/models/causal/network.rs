use nn_core::prelude::*;

network! {
    /// Imported from `model.onnx`.
    pub struct Causal {
        encoder: TransformerEncoderLayer(12, 3, dim_feedforward = 48, activation = gelu, norm_first = true, causal = true),
    }

    fn forward(input: [7, 12]) -> [7, 12] {
        encoder(input)
    }
}
