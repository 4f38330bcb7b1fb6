//! ResNet-50 for images of 224 × 224 pixels; blocks of one shape are arrays.

use nn_core::prelude::*;

network! {
    layer ConvNorm<C => O, kernel: K, stride: S = 1, padding: P = 0>(x: [C, H, W])
        -> y: [O, (H + 2*P - K)/S + 1, (W + 2*P - K)/S + 1]
    {
        conv: Conv2d(C => O, kernel = K, stride = S, padding = P, bias = false),
        norm: BatchNorm2d(O),
        y = norm(conv(x));
    }

    layer Bottleneck<C, middle: M>(x: [C, H, W]) -> y: [C, H, W] {
        a: ConvNorm(C => M, kernel = 1),
        b: ConvNorm(M => M, kernel = 3, padding = 1),
        c: ConvNorm(M => C, kernel = 1),
        y = (x + c(b(a(x).relu()).relu())).relu();
    }

    layer Down<C => O, middle: M, stride: S>(x: [C, H, W]) -> y: [O, (H - 1)/S + 1, (W - 1)/S + 1] {
        a: ConvNorm(C => M, kernel = 1),
        b: ConvNorm(M => M, kernel = 3, stride = S, padding = 1),
        c: ConvNorm(M => O, kernel = 1),
        shortcut: ConvNorm(C => O, kernel = 1, stride = S),
        y = (shortcut(x) + c(b(a(x).relu()).relu())).relu();
    }

    /// Sixteen blocks of three convolutions.
    struct ResNet50 {
        stem: ConvNorm(3 => 64, kernel = 7, stride = 2, padding = 3),
        down1: Down(64 => 256, middle = 64, stride = 1),
        layer1: [Bottleneck(256, middle = 64); 2],
        down2: Down(256 => 512, middle = 128, stride = 2),
        layer2: [Bottleneck(512, middle = 128); 3],
        down3: Down(512 => 1024, middle = 256, stride = 2),
        layer3: [Bottleneck(1024, middle = 256); 5],
        down4: Down(1024 => 2048, middle = 512, stride = 2),
        layer4: [Bottleneck(2048, middle = 512); 2],
        fc: Linear(2048 => 1000),
    }
    fn forward(image: [3, 224, 224]) -> [1000] {
        let x = stem(image).relu().max_pool2d(3, stride = 2, padding = 1);
        let x = layer1(down1(x));
        let x = layer2(down2(x));
        let x = layer3(down3(x));
        let x = layer4(down4(x));
        fc(x.global_avg_pool2d())
    }
    loss = cross_entropy;
}

fn main() -> Result<(), nn_core::Error> {
    work::once::<ResNet50>([Tensor::filled(0.5), Tensor::filled(0.25)], [0, 1])
}

mod work;
