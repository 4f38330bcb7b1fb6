//! The loops of layers, as the compiler writes them.

use nn_core::private::{Contraction, Loop};

const N: usize = Loop::SAMPLES;

/// A loop with strides in the result, the left factor, the right factor and the initial values.
const fn steps(extent: usize, [out, left, right, start]: [usize; 4]) -> Loop {
    Loop { extent, out, left: left.cast_signed(), right: right.cast_signed(), start }
}

/// A dense layer.
#[derive(Clone, Copy)]
pub struct Dense {
    pub inputs: usize,
    pub outputs: usize,
}

impl Dense {
    pub fn forward(self) -> Contraction {
        let Dense { inputs: i, outputs: o } = self;
        Contraction::new(&[steps(N, [o, 0, i, 0]), steps(o, [1, i, 0, 1]), steps(i, [0, 1, 1, 0])])
    }

    pub fn by_input(self) -> Contraction {
        let Dense { inputs: i, outputs: o } = self;
        Contraction::new(&[steps(N, [i, o, 0, 0]), steps(i, [1, 0, 1, 0]), steps(o, [0, 1, i, 0])])
    }

    pub fn by_weight(self) -> Contraction {
        let Dense { inputs: i, outputs: o } = self;
        Contraction::new(&[steps(o, [i, 1, 0, 0]), steps(i, [1, 0, 1, 0]), steps(N, [0, o, i, 0])])
    }

    pub fn products(self, samples: usize) -> usize {
        samples * self.inputs * self.outputs
    }
}

/// A convolution on square images: maps in and out, the size of the image with its padding, the size of the kernel, the stride,
/// and the elements from one row of the result to the next, which may have a padding around it.
#[derive(Clone, Copy)]
pub struct Convolution {
    pub inputs: usize,
    pub outputs: usize,
    pub image: usize,
    pub kernel: usize,
    pub stride: usize,
    pub pitch: usize,
}

impl Convolution {
    /// The size of the result.
    pub fn size(self) -> usize {
        (self.image - self.kernel) / self.stride + 1
    }

    pub fn forward(self) -> Contraction {
        let Convolution { inputs: c, outputs: o, image: x, kernel: k, stride, pitch } = self;
        let y = self.size();
        Contraction::new(&[
            steps(N, [o * pitch * pitch, 0, c * x * x, 0]),
            steps(o, [pitch * pitch, c * k * k, 0, 1]),
            steps(y, [pitch, 0, stride * x, 0]),
            steps(y, [1, 0, stride, 0]),
            steps(c, [0, k * k, x * x, 0]),
            steps(k, [0, k, x, 0]),
            steps(k, [0, 1, 1, 0]),
        ])
    }

    pub fn by_weight(self) -> Contraction {
        let Convolution { inputs: c, outputs: o, image: x, kernel: k, stride, pitch } = self;
        let y = self.size();
        Contraction::new(&[
            steps(o, [c * k * k, pitch * pitch, 0, 0]),
            steps(c, [k * k, 0, x * x, 0]),
            steps(k, [k, 0, x, 0]),
            steps(k, [1, 0, 1, 0]),
            steps(N, [0, o * pitch * pitch, c * x * x, 0]),
            steps(y, [0, pitch, stride * x, 0]),
            steps(y, [0, 1, stride, 0]),
        ])
    }

    pub fn by_input(self) -> Contraction {
        let Convolution { inputs: c, outputs: o, image: x, kernel: k, stride, pitch } = self;
        let y = self.size();
        Contraction::new(&[
            steps(N, [c * x * x, 0, o * pitch * pitch, 0]),
            steps(c, [x * x, k * k, 0, 0]),
            steps(k, [x, k, 0, 0]),
            steps(k, [1, 1, 0, 0]),
            steps(y, [stride * x, 0, pitch, 0]),
            steps(y, [stride, 0, 1, 0]),
            steps(o, [0, c * k * k, pitch * pitch, 0]),
        ])
    }

    /// Forward with one map each: as many maps out as in.
    pub fn depthwise(self) -> Contraction {
        let Convolution { inputs: c, image: x, kernel: k, stride, pitch, .. } = self;
        let y = self.size();
        Contraction::new(&[
            steps(N, [c * pitch * pitch, 0, c * x * x, 0]),
            steps(c, [pitch * pitch, k * k, x * x, 1]),
            steps(y, [pitch, 0, stride * x, 0]),
            steps(y, [1, 0, stride, 0]),
            steps(k, [0, k, x, 0]),
            steps(k, [0, 1, 1, 0]),
        ])
    }

    /// The products of a sample in which each result sums over so many maps.
    pub fn products(self, maps: usize) -> usize {
        self.outputs * maps * (self.kernel * self.size()).pow(2)
    }
}
