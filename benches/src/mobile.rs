//! Networks for small devices, as those that find faces and hands: convolutions of stride 2, of one map each, and of 1 × 1.

use nn_core::prelude::*;

use crate::Report;
use crate::networks::random;

network! {
    /// A convolution of one map each, on 24 maps of 128 × 128.
    pub struct Depthwise {
        depthwise: Conv2d(24 => 24, kernel = 3, padding = 1, groups = 24),
    }
    fn forward(x: [24, 128, 128]) -> [24, 128, 128] {
        depthwise(x)
    }
}

network! {
    /// A convolution of 1 × 1 on as many.
    pub struct Pointwise {
        pointwise: Conv2d(24 => 24, kernel = 1),
    }
    fn forward(x: [24, 128, 128]) -> [24, 128, 128] {
        pointwise(x)
    }
}

network! {
    /// Both, as a residual block.
    pub struct Block {
        depthwise: Conv2d(24 => 24, kernel = 3, padding = 1, groups = 24),
        pointwise: Conv2d(24 => 24, kernel = 1),
    }
    fn forward(x: [24, 128, 128]) -> [24, 128, 128] {
        (x + pointwise(depthwise(x))).relu()
    }
}

network! {
    /// A network of such blocks.
    pub struct Mobile {
        first: Conv2d(3 => 24, kernel = 5, stride = 2, padding = 2),
        depthwise1: Conv2d(24 => 24, kernel = 3, padding = 1, groups = 24),
        pointwise1: Conv2d(24 => 24, kernel = 1),
        depthwise2: Conv2d(24 => 24, kernel = 3, padding = 1, groups = 24),
        pointwise2: Conv2d(24 => 24, kernel = 1),
        depthwise3: Conv2d(24 => 24, kernel = 3, stride = 2, padding = 1, groups = 24),
        pointwise3: Conv2d(24 => 48, kernel = 1),
        depthwise4: Conv2d(48 => 48, kernel = 5, padding = 2, groups = 48),
        pointwise4: Conv2d(48 => 48, kernel = 1),
        depthwise5: Conv2d(48 => 48, kernel = 3, stride = 2, padding = 1, groups = 48),
        pointwise5: Conv2d(48 => 96, kernel = 1),
        depthwise6: Conv2d(96 => 96, kernel = 5, padding = 2, groups = 96),
        pointwise6: Conv2d(96 => 96, kernel = 1),
        out: Linear(96 => 10),
    }
    fn forward(image: [3, 128, 128]) -> [10] {
        let x = first(image).relu6();
        let x = (x + pointwise1(depthwise1(x).relu6())).relu();
        let x = (x + pointwise2(depthwise2(x).relu6())).relu();
        let x = pointwise3(depthwise3(x).relu6()).relu();
        let x = (x + pointwise4(depthwise4(x).relu6())).relu();
        let x = pointwise5(depthwise5(x).relu6()).relu();
        let x = (x + pointwise6(depthwise6(x).relu6())).relu();
        out(x.global_avg_pool2d().flatten())
    }
}

pub fn predictions(report: &Report) {
    let maps: Box<Tensor<_>> = boxed();
    report.predict("depthwise24-128", &mut Depthwise::session(1), &maps);
    report.predict("pointwise24-128", &mut Pointwise::session(1), &maps);
    report.predict("block24-128", &mut Block::session(1), &maps);
    report.predict("mobile", &mut Mobile::session(1), &random(0));
}

/// Many numbers, which the stack has no room for.
fn boxed<S: nn_core::Shape>() -> Box<Tensor<S>> {
    let mut tensor = Tensor::zeros_boxed();
    for (at, element) in tensor.as_mut_slice().iter_mut().enumerate() {
        *element = Draw::new(1, 0).uniform(0, 0, at);
    }
    tensor
}
