//! The loops of augmentation over the pixels of an image.

use crate::random::Draw;
use crate::tensors::loops::{Loop, Real, compile_here};

/// Makes an image from another by an affine map, with bilinear interpolation.
pub(super) struct Resample {
    /// Channels, height and width.
    pub(super) sizes: [usize; 3],
    /// The shift to the right and down, in pixels.
    pub(super) shift: [f64; 2],
    /// The matrix from positions in the unshifted result to positions in the source, both relative to the centre.
    pub(super) matrix: [[f64; 2]; 2],
    /// The value of pixels outside of the image; the nearest pixel inside, if there is none.
    pub(super) fill: Option<f64>,
}

impl Resample {
    /// The pixel of a channel at a position that may lie outside.
    #[inline(always)]
    fn pixel<T: Real>(&self, channel: &[T], x: i64, y: i64) -> T {
        let [_, height, width] = self.sizes.map(|size| size as i64);
        match self.fill {
            Some(fill) if x < 0 || y < 0 || x >= width || y >= height => T::from_f64(fill),
            _ => channel[(y.clamp(0, height - 1) * width + x.clamp(0, width - 1)) as usize],
        }
    }

    /// The value of a channel between its pixels.
    #[inline(always)]
    #[allow(clippy::cast_precision_loss)] // pixels are few
    fn between<T: Real>(&self, channel: &[T], x: f64, y: f64) -> T {
        let (left, top) = (libm::floor(x), libm::floor(y));
        let (dx, dy) = (x - left, y - top);
        let (left, top) = (left as i64, top as i64);
        if dx == 0.0 && dy == 0.0 {
            return self.pixel(channel, left, top);
        }
        let (dx, dy) = (T::from_f64(dx), T::from_f64(dy));
        let row = |y| (T::ONE - dx) * self.pixel(channel, left, y) + dx * self.pixel(channel, left + 1, y);
        (T::ONE - dy) * row(top) + dy * row(top + 1)
    }
}

impl Loop<1, 1> for Resample {
    type Output = ();
    #[inline(always)]
    #[allow(clippy::cast_precision_loss)] // pixels are few
    fn run<T: Real>(&self, [target]: [&mut [T]; 1], [source]: [&[T]; 1]) {
        let [_, height, width] = self.sizes;
        let ([[xx, xy], [yx, yy]], [right, down]) = (self.matrix, self.shift);
        let centre = [(width as f64 - 1.0) / 2.0, (height as f64 - 1.0) / 2.0];
        let area = (height * width).max(1);
        for (target, source) in target.chunks_exact_mut(area).zip(source.chunks_exact(area)) {
            for (y, row) in target.chunks_exact_mut(width).enumerate() {
                let v = y as f64 - centre[1] - down;
                for (x, pixel) in row.iter_mut().enumerate() {
                    let u = x as f64 - centre[0] - right;
                    *pixel = self.between(source, centre[0] + xx * u + xy * v, centre[1] + yx * u + yy * v);
                }
            }
        }
    }
}

/// Normally distributed noise (G. Box, M. Muller, 1958).
pub(super) struct Noise {
    pub(super) draw: Draw,
    pub(super) sample: usize,
    pub(super) deviation: f64,
}

impl Loop<1, 0> for Noise {
    type Output = ();
    #[inline(always)]
    fn run<T: Real>(&self, [target]: [&mut [T]; 1], []: [&[T]; 0]) {
        for (at, pixel) in target.iter_mut().enumerate() {
            let [radius, turn] = [1, 2].map(|layer| self.draw.uniform::<f64>(layer, self.sample, at));
            let radius = libm::sqrt(-2.0 * libm::log(1.0 - radius));
            *pixel += T::from_f64(self.deviation * radius * libm::cos(core::f64::consts::TAU * turn));
        }
    }
}

compile_here!(Resample, 1, 1);
compile_here!(Noise, 1, 0);
