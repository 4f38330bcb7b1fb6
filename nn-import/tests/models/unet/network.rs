use nn_core::prelude::*;

network! {
    /// Imported from `model.onnx`.
    pub struct Unet {
        down: Conv2d(2 => 6, kernel = 3, stride = 2, padding = 1),
        middle: Conv2d(6 => 6, kernel = 3, padding = 1),
        up: ConvTranspose2d(6 => 4, kernel = 2, stride = 2),
        head: Conv2d(6 => 3, kernel = 1),
    }

    fn forward(input: [2, 8, 8]) -> [3, 16, 16] {
        let x = concat(up(middle(down(input).leaky_relu(slope = 0.2)).elu()), input, axis = 0);
        head(x).upsample_bilinear2d(2).sigmoid()
    }
}
