//! Initial values of parameters.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use crate::scalar::Scalar;

/// How the elements of a parameter are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Init {
    /// All the same.
    Constant(f64),
    /// Uniform between two bounds.
    Uniform(f64, f64),
    /// Normal with a mean and a standard deviation.
    Normal(f64, f64),
}

impl Init {
    /// Uniform within `gain * sqrt(3 / fan_in)` of zero (K. He et al., "Delving deep into
    /// rectifiers", 2015); the gain for ReLU is `sqrt(2)`.
    #[must_use]
    pub fn kaiming_uniform(fan_in: f64, gain: f64) -> Self {
        let bound = gain * libm::sqrt(3.0 / fan_in);
        Init::Uniform(-bound, bound)
    }

    /// Normal with standard deviation `gain / sqrt(fan_in)` (K. He et al., 2015).
    #[must_use]
    pub fn kaiming_normal(fan_in: f64, gain: f64) -> Self {
        Init::Normal(0.0, gain / libm::sqrt(fan_in))
    }

    /// Uniform within `gain * sqrt(6 / (fan_in + fan_out))` of zero (X. Glorot, Y. Bengio,
    /// "Understanding the difficulty of training deep feedforward neural networks", 2010).
    #[must_use]
    pub fn xavier_uniform(fan_in: f64, fan_out: f64, gain: f64) -> Self {
        let bound = gain * libm::sqrt(6.0 / (fan_in + fan_out));
        Init::Uniform(-bound, bound)
    }

    /// Normal with standard deviation `gain * sqrt(2 / (fan_in + fan_out))` (Glorot and Bengio, 2010).
    #[must_use]
    pub fn xavier_normal(fan_in: f64, fan_out: f64, gain: f64) -> Self {
        Init::Normal(0.0, gain * libm::sqrt(2.0 / (fan_in + fan_out)))
    }

    /// Fills `elements`. The bits depend on the seed and the tensor's number alone, not on the platform.
    pub fn fill<T: Scalar>(self, elements: &mut [T], seed: u64, tensor: u64) {
        let mut source = ChaCha8Rng::seed_from_u64(seed);
        source.set_stream(tensor);
        match self {
            Init::Constant(value) => elements.fill(T::from_f64(value)),
            Init::Uniform(low, high) => {
                for element in elements {
                    *element = T::from_f64(low + (high - low) * unit(&mut source));
                }
            }
            Init::Normal(mean, deviation) => {
                for element in elements {
                    *element = T::from_f64(mean + deviation * normal(&mut source));
                }
            }
        }
    }
}

/// Uniform in 0 ≤ u < 1, 53 bits.
#[allow(clippy::cast_precision_loss)] // 53 bits are exact
fn unit(source: &mut ChaCha8Rng) -> f64 {
    (source.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
}

/// Standard normal, by the method of Box and Muller ("A note on the generation of random normal
/// deviates", 1958).
fn normal(source: &mut ChaCha8Rng) -> f64 {
    let radius = libm::sqrt(-2.0 * libm::log(1.0 - unit(source)));
    radius * libm::cos(core::f64::consts::TAU * unit(source))
}
