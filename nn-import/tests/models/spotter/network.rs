use nn_core::prelude::*;

network! {
    /// Imported from `model.tflite`. Images are `[channels, rows, columns]`, where the file has the channels last.
    pub struct Spotter {
        conv: Conv2d(1 => 8, kernel = (10, 4), stride = 2, padding = ((4, 5), (1, 1))),
        depthwise: Conv2d(8 => 8, kernel = 3, padding = 1, groups = 8),
        pointwise: Conv2d(8 => 12, kernel = 1),
        hidden: Linear(180 => 16),
        scores: Linear(16 => 4),
    }

    fn forward(input: [1, 49, 10]) -> [4] {
        let x = pointwise(depthwise(conv(input).relu())).relu6().avg_pool().flatten();
        scores(hidden(x).tanh()).softmax()
    }

    fn avg_pool(x: [12, 25, 5]) -> y: [12, 5, 3] {
        y[c, h, w] = sum[i: 5, j: 2](pad(x[c, h*5 + i, w*2 + j], 0))
            / sum[i: 5, j: 2](where(w*2 + j < 0, 0, where(w*2 + j < 5, where(h*5 + i < 0, 0, where(h*5 + i < 25, 1, 0)), 0)));
    }
}
