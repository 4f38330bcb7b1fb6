//! VGG-16 for images of 224 × 224 pixels.

use nn_core::prelude::*;

network! {
    /// Thirteen convolutions and three dense layers.
    struct Vgg16 {
        conv1_1: Conv2d(3 => 64, kernel = 3, padding = 1),
        conv1_2: Conv2d(64 => 64, kernel = 3, padding = 1),
        conv2_1: Conv2d(64 => 128, kernel = 3, padding = 1),
        conv2_2: Conv2d(128 => 128, kernel = 3, padding = 1),
        conv3_1: Conv2d(128 => 256, kernel = 3, padding = 1),
        conv3_2: Conv2d(256 => 256, kernel = 3, padding = 1),
        conv3_3: Conv2d(256 => 256, kernel = 3, padding = 1),
        conv4_1: Conv2d(256 => 512, kernel = 3, padding = 1),
        conv4_2: Conv2d(512 => 512, kernel = 3, padding = 1),
        conv4_3: Conv2d(512 => 512, kernel = 3, padding = 1),
        conv5_1: Conv2d(512 => 512, kernel = 3, padding = 1),
        conv5_2: Conv2d(512 => 512, kernel = 3, padding = 1),
        conv5_3: Conv2d(512 => 512, kernel = 3, padding = 1),
        fc1: Linear(25088 => 4096),
        fc2: Linear(4096 => 4096),
        fc3: Linear(4096 => 1000),
    }
    fn forward(image: [3, 224, 224]) -> [1000] {
        let x = conv1_1(image).relu();
        let x = conv1_2(x).relu().max_pool2d(2);
        let x = conv2_1(x).relu();
        let x = conv2_2(x).relu().max_pool2d(2);
        let x = conv3_1(x).relu();
        let x = conv3_2(x).relu();
        let x = conv3_3(x).relu().max_pool2d(2);
        let x = conv4_1(x).relu();
        let x = conv4_2(x).relu();
        let x = conv4_3(x).relu().max_pool2d(2);
        let x = conv5_1(x).relu();
        let x = conv5_2(x).relu();
        let x = conv5_3(x).relu().max_pool2d(2);
        let x = fc1(x.flatten()).relu().dropout(0.5);
        let x = fc2(x).relu().dropout(0.5);
        fc3(x)
    }
    loss = cross_entropy;
}

fn main() -> Result<(), nn_core::Error> {
    work::once::<Vgg16>([Tensor::filled(0.5), Tensor::filled(0.25)], [0, 1])
}

mod work;
