//! ResNet-18 for images of 224 × 224 pixels.

use nn_core::prelude::*;

network! {
    layer ConvNorm<C => O, kernel: K, stride: S = 1, padding: P = 0>(x: [C, H, W])
        -> y: [O, (H + 2*P - K)/S + 1, (W + 2*P - K)/S + 1]
    {
        conv: Conv2d(C => O, kernel = K, stride = S, padding = P, bias = false),
        norm: BatchNorm2d(O),
        y = norm(conv(x));
    }

    layer Basic<C>(x: [C, H, W]) -> y: [C, H, W] {
        a: ConvNorm(C => C, kernel = 3, padding = 1),
        b: ConvNorm(C => C, kernel = 3, padding = 1),
        y = (x + b(a(x).relu())).relu();
    }

    layer Down<C => O>(x: [C, H, W]) -> y: [O, (H - 1)/2 + 1, (W - 1)/2 + 1] {
        a: ConvNorm(C => O, kernel = 3, stride = 2, padding = 1),
        b: ConvNorm(O => O, kernel = 3, padding = 1),
        shortcut: ConvNorm(C => O, kernel = 1, stride = 2),
        y = (shortcut(x) + b(a(x).relu())).relu();
    }

    /// Eight blocks of two convolutions.
    struct ResNet18 {
        stem: ConvNorm(3 => 64, kernel = 7, stride = 2, padding = 3),
        layer1_0: Basic(64),
        layer1_1: Basic(64),
        layer2_0: Down(64 => 128),
        layer2_1: Basic(128),
        layer3_0: Down(128 => 256),
        layer3_1: Basic(256),
        layer4_0: Down(256 => 512),
        layer4_1: Basic(512),
        fc: Linear(512 => 1000),
    }
    fn forward(image: [3, 224, 224]) -> [1000] {
        let x = stem(image).relu().max_pool2d(3, stride = 2, padding = 1);
        let x = layer1_1(layer1_0(x));
        let x = layer2_1(layer2_0(x));
        let x = layer3_1(layer3_0(x));
        let x = layer4_1(layer4_0(x));
        fc(x.global_avg_pool2d())
    }
    loss = cross_entropy;
}

fn main() -> Result<(), nn_core::Error> {
    work::once::<ResNet18>([Tensor::filled(0.5), Tensor::filled(0.25)], [0, 1])
}

mod work;
