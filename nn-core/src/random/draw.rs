//! Random numbers of a training step, which can be drawn in any order.

use crate::tensors::Scalar;

/// A hash of 32 bits: every bit of the result depends on every bit of the argument (the two-round xorshift-multiply of
/// C. Wellons, "Prospecting for hash functions", 2018).
#[inline(always)]
const fn mix(mut x: u32) -> u32 {
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

/// The source of the random numbers of one training step: a seed and the number of the step.
///
/// The number for an element depends on (seed, step, sample, layer, element) and on nothing else, so that tiles,
/// threads and a resumed run agree.
///
/// ```
/// use nn_core::Draw;
/// let draw = Draw::new(42, 7);
/// let a: f32 = draw.uniform(0, 3, 5);
/// assert_eq!(a, draw.uniform(0, 3, 5));
/// assert!((0.0..1.0).contains(&a));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    key: [u32; 2],
    first: u32,
}

impl Draw {
    /// The source for step number `step` of a run that is identified by `seed`.
    ///
    /// ```
    /// use nn_core::Draw;
    /// assert_ne!(Draw::new(42, 0), Draw::new(42, 1));
    /// ```
    #[must_use]
    #[allow(clippy::cast_possible_truncation)] // both halves are used
    pub const fn new(seed: u64, step: u64) -> Self {
        let low = mix(seed as u32 ^ mix(step as u32 ^ 0x9e37_79b9));
        let high = mix((seed >> 32) as u32 ^ mix((step >> 32) as u32 ^ low));
        Draw { key: [low, high], first: 0 }
    }

    /// The same source for a tile whose first sample has number `first` in the slice.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)] // samples are numbered modulo 2^32
    pub(crate) const fn starting_at(self, first: usize) -> Self {
        Draw { key: self.key, first: first as u32 }
    }

    /// A number, uniformly distributed in 0 ≤ u < 1, for one element that a layer draws.
    ///
    /// ```
    /// let draw = nn_core::Draw::new(1, 0);
    /// let mean = (0..1000).map(|at| draw.uniform::<f64>(0, 0, at)).sum::<f64>() / 1000.0;
    /// assert!((mean - 0.5).abs() < 0.05);
    /// ```
    #[inline(always)]
    #[must_use]
    #[allow(clippy::cast_possible_truncation)] // elements and samples are numbered modulo 2^32
    pub fn uniform<T: Scalar>(&self, layer: u32, sample: usize, element: usize) -> T {
        // the two sides may be made of the same half of the key, and would then cancel each other under an exclusive or
        let place = mix(self.first.wrapping_add(sample as u32) ^ mix(layer ^ self.key[0]));
        let row = mix(self.key[1].wrapping_add(place));
        T::unit(mix(row.wrapping_add((element as u32).wrapping_mul(0x9e37_79b9))) >> 8)
    }

    /// A number of the standard normal distribution, with mean 0 and standard deviation 1, for one element that a layer
    /// draws: by the method of Box and Muller ("A note on the generation of random normal deviates", 1958). It is at most
    /// 5.8 in absolute value, and independent of the uniform number of the same element.
    ///
    /// ```
    /// use nn_core::prelude::*;
    /// // noise for the generator of a pair of networks
    /// let draw = Draw::new(1, 0);
    /// let noise: Tensor![16] = Tensor::from_fn(|at| draw.normal(0, 0, at));
    /// assert!(noise.as_slice().iter().all(|number| number.abs() < 5.8));
    /// ```
    #[must_use]
    pub fn normal<T: Scalar>(&self, layer: u32, sample: usize, element: usize) -> T {
        // layers of a network are counted from 0: these two numbers are no layer's
        let [radius, angle] = [1u32 << 31, 3 << 30].map(|of| self.uniform::<f64>(layer ^ of, sample, element));
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - radius));
        T::from_f64(radius * libm::cos(core::f64::consts::TAU * angle))
    }
}

#[cfg(test)]
mod tests {
    use super::Draw;

    #[test]
    fn normal_numbers_have_their_moments() {
        let draw = Draw::new(3, 1);
        let numbers = (0..100u32).flat_map(|sample| (0..100).map(move |element| (sample, element)));
        let numbers: Vec<f64> = numbers.map(|(sample, element)| draw.normal(2, sample as usize, element)).collect();
        let moment = |power: i32| numbers.iter().map(|number| number.powi(power)).sum::<f64>() / 10_000.0;
        // 1, 2, 3 and 4: the expected values, and four standard deviations of each
        for (power, expected, off) in [(1, 0.0, 0.04), (2, 1.0, 0.057), (3, 0.0, 0.155), (4, 3.0, 0.39)] {
            assert!((moment(power) - expected).abs() < off, "{power}: {}", moment(power));
        }
    }
}
