//! The networks that are measured.

use nn_core::prelude::*;

use crate::Report;

network! {
    /// 2-4-1
    pub struct Tiny {
        fc1: Linear(2 => 4),
        fc2: Linear(4 => 1),
    }
    fn forward(x: [2]) -> [1] {
        fc2(fc1(x).relu()).sigmoid()
    }
    loss = bce;
}

network! {
    /// 4-64-64-2
    pub struct Small {
        fc1: Linear(4 => 64),
        fc2: Linear(64 => 64),
        fc3: Linear(64 => 2),
    }
    fn forward(x: [4]) -> [2] {
        fc3(fc2(fc1(x).relu()).relu())
    }
    loss = mse;
}

network! {
    /// 784-128-10
    pub struct Mnist {
        fc1: Linear(784 => 128),
        fc2: Linear(128 => 10),
    }
    fn forward(x: [784]) -> [10] {
        fc2(fc1(x).relu())
    }
    loss = cross_entropy;
}

network! {
    /// LeNet-5
    pub struct LeNet5 {
        conv1: Conv2d(1 => 6, kernel = 5),
        conv2: Conv2d(6 => 16, kernel = 5),
        fc1: Linear(256 => 120),
        fc2: Linear(120 => 84),
        fc3: Linear(84 => 10),
    }
    fn forward(image: [1, 28, 28]) -> [10] {
        let x = conv1(image).relu().max_pool2d(2);
        let x = conv2(x).relu().max_pool2d(2);
        fc3(fc2(fc1(x.flatten()).relu()).relu())
    }
    loss = cross_entropy;
}

network! {
    /// One convolution, two dense layers.
    pub struct SimpleCnn {
        conv1: Conv2d(1 => 32, kernel = 3, padding = 1),
        fc1: Linear(6272 => 128),
        fc2: Linear(128 => 10),
    }
    fn forward(image: [1, 28, 28]) -> [10] {
        let x = conv1(image).relu().max_pool2d(2);
        fc2(fc1(x.flatten()).relu())
    }
    loss = cross_entropy;
}

/// A tensor of numbers between 0 and 1.
pub fn random<S: nn_core::Shape>(sample: usize) -> Tensor<S> {
    let draw = Draw::new(1, 0);
    let mut tensor = Tensor::zeros();
    for (at, element) in tensor.as_mut_slice().iter_mut().enumerate() {
        *element = draw.uniform(0, sample, at);
    }
    tensor
}

pub fn tiny(report: &Report) {
    let mut session = Tiny::session(1);
    let inputs: Vec<_> = (0..64).map(random).collect();
    let targets: Vec<_> = (64..128).map(random).collect();
    report.predict("2-4-1", &mut session, &inputs[0]);
    for batch in [4, 32, 64] {
        report.train("2-4-1", &mut session, &inputs[..batch], &targets[..batch]);
    }
}

pub fn small(report: &Report) {
    let mut session = Small::session(1);
    let inputs: Vec<_> = (0..64).map(random).collect();
    let targets: Vec<_> = (64..128).map(random).collect();
    report.predict("4-64-64-2", &mut session, &inputs[0]);
    for batch in [4, 32, 64] {
        report.train("4-64-64-2", &mut session, &inputs[..batch], &targets[..batch]);
    }
}

pub fn mnist(report: &Report) {
    let mut session = Mnist::session(1);
    let inputs: Vec<_> = (0..64).map(random).collect();
    let targets: Vec<usize> = (0..64).map(|at| at * 7 % 10).collect();
    report.predict("784-128-10", &mut session, &inputs[0]);
    for batch in [1, 4, 32, 64] {
        report.train("784-128-10", &mut session, &inputs[..batch], &targets[..batch]);
    }
}

pub fn lenet(report: &Report) {
    let mut session = LeNet5::session(1);
    let inputs: Vec<_> = (0..64).map(random).collect();
    let targets: Vec<usize> = (0..64).map(|at| at * 7 % 10).collect();
    report.predict("lenet5", &mut session, &inputs[0]);
    report.train("lenet5", &mut session, &inputs, &targets);
}

pub fn simple_cnn(report: &Report) {
    let mut session = SimpleCnn::session(1);
    let inputs: Vec<_> = (0..64).map(random).collect();
    let targets: Vec<usize> = (0..64).map(|at| at * 7 % 10).collect();
    report.predict("simplecnn", &mut session, &inputs[0]);
    report.train_with(Adam::new(1e-5), "simplecnn-b64-adam", &mut session, &inputs, &targets);
}
