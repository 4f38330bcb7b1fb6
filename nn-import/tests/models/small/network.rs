use nn_core::prelude::*;

network! {
    /// Imported from `model.onnx`.
    pub struct Small {
        conv1: Conv2d(1 => 4, kernel = 3, padding = 1),
        norm: BatchNorm2d(4),
        conv2: Conv2d(4 => 8, kernel = 3, stride = 2, padding = 1, groups = 2),
        fc: Linear(8 => 5),
    }

    fn forward(input: [1, 8, 8]) -> [5] {
        let x = conv2(norm(conv1(input).relu().max_pool2d(2)).gelu()).silu().mean(axis = (1, 2));
        fc(x).log_softmax()
    }
}
