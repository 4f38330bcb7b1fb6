use nn_core::prelude::*;

network! {
    /// Imported from `model.tflite`. Images are `[channels, rows, columns]`, where the file has the channels last.
    pub struct Segmenter {
        down: Conv2d(3 => 6, kernel = 3, stride = 2, padding = ((0, 1), (0, 1))),
        slope: PReLU(6),
        middle: Conv2d(6 => 8, kernel = 3, stride = 2, padding = ((0, 1), (0, 1))),
        excite: Conv2d(8 => 8, kernel = 1),
        up: ConvTranspose2d(8 => 6, kernel = 3, stride = 2),
        head: Conv2d(12 => 2, kernel = 1),
    }

    fn forward(input: [3, 12, 16]) -> [2, 12, 16] {
        let x = slope(down(input));
        let h = middle(x).hardswish();
        let h = up(h * excite(h.global_avg_pool2d().reshape(8, 1, 1)).sigmoid())
            .narrow(1, 0, 6)
            .narrow(2, 0, 8);
        head(concat(h.relu(), x, axis = 0).upsample_bilinear2d(2))
    }
}
