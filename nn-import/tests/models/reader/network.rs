use nn_core::prelude::*;

network! {
    /// Imported from `model.tflite`.
    pub struct Reader {
        norm1: LayerNorm(12, eps = 0.001),
        attention_key: Linear(12 => 12),
        attention_query: Linear(12 => 12),
        attention_value: Linear(12 => 12),
        attention_attention_output: Linear(12 => 12),
        norm2: LayerNorm(12, eps = 0.001),
        up: Linear(12 => 20),
        down: Linear(20 => 12),
        head: Linear(12 => 3),
    }

    fn forward(input: [6, 12]) -> [3] {
        let x = norm1(input);
        let x = scaled_dot_product_attention(
            attention_query(x).reshape(6, 3, 4).transpose(0, 1),
            attention_key(x).reshape(6, 3, 4).transpose(0, 1),
            attention_value(x).reshape(6, 3, 4).transpose(0, 1),
        );
        let x = input + attention_attention_output(x.transpose(0, 1).reshape(6, 12));
        head((x + down(up(norm2(x)).gelu())).mean(axis = 0))
    }
}
