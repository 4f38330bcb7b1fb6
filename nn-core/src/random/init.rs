//! Initial values of parameters.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use crate::tensors::Scalar;

/// How the initial elements of a parameter are drawn.
///
/// In the language it has a name, as in `Linear(4 => 3, weight = xavier_uniform)`. `Init` does the same for tensors of
/// your own.
///
/// ```
/// use nn_core::{Init, Tensor, typenum::{U3, U4}};
/// let mut weight = Tensor::<(U3, U4)>::zeros();
/// Init::kaiming_uniform(4.0, 2f64.sqrt()).fill(weight.as_mut_slice(), 42, 0);
/// assert!(weight.as_slice().iter().all(|w| w.abs() < 6f32.sqrt() / 2.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Init {
    /// All elements have this value.
    Constant(f64),
    /// Uniform in low ≤ value < high.
    Uniform(f64, f64),
    /// Normal, with a mean and a standard deviation.
    Normal(f64, f64),
}

impl Init {
    /// Uniform within `gain * sqrt(3 / fan_in)` of zero (K. He et al., "Delving deep into rectifiers", 2015).
    ///
    /// `fan_in`, above 0, is the number of inputs of each output. The gain for ReLU is `sqrt(2)`.
    ///
    /// ```
    /// use nn_core::Init;
    /// assert_eq!(Init::kaiming_uniform(3.0, 1.0), Init::Uniform(-1.0, 1.0));
    /// ```
    #[must_use]
    pub fn kaiming_uniform(fan_in: f64, gain: f64) -> Self {
        let bound = gain * libm::sqrt(3.0 / fan_in);
        Init::Uniform(-bound, bound)
    }

    /// Normal with mean 0 and standard deviation `gain / sqrt(fan_in)` (K. He et al., 2015).
    ///
    /// ```
    /// use nn_core::Init;
    /// assert_eq!(Init::kaiming_normal(16.0, 2.0), Init::Normal(0.0, 0.5));
    /// ```
    #[must_use]
    pub fn kaiming_normal(fan_in: f64, gain: f64) -> Self {
        Init::Normal(0.0, gain / libm::sqrt(fan_in))
    }

    /// Uniform within `gain * sqrt(6 / (fan_in + fan_out))` of zero (X. Glorot, Y. Bengio,
    /// "Understanding the difficulty of training deep feedforward neural networks", 2010).
    ///
    /// `fan_in` is the number of inputs of each output, `fan_out` the number of outputs of each input; their sum is
    /// above 0.
    ///
    /// ```
    /// use nn_core::Init;
    /// assert_eq!(Init::xavier_uniform(2.0, 4.0, 1.0), Init::Uniform(-1.0, 1.0));
    /// ```
    #[must_use]
    pub fn xavier_uniform(fan_in: f64, fan_out: f64, gain: f64) -> Self {
        let bound = gain * libm::sqrt(6.0 / (fan_in + fan_out));
        Init::Uniform(-bound, bound)
    }

    /// Normal with mean 0 and standard deviation `gain * sqrt(2 / (fan_in + fan_out))` (Glorot and Bengio, 2010).
    ///
    /// ```
    /// use nn_core::Init;
    /// assert_eq!(Init::xavier_normal(4.0, 4.0, 1.0), Init::Normal(0.0, 0.5));
    /// ```
    #[must_use]
    pub fn xavier_normal(fan_in: f64, fan_out: f64, gain: f64) -> Self {
        Init::Normal(0.0, gain * libm::sqrt(2.0 / (fan_in + fan_out)))
    }

    /// Fills `elements`.
    ///
    /// The bits depend on the seed and the number `tensor` alone, not on the platform. Give each tensor of a network a
    /// number of its own.
    ///
    /// ```
    /// use nn_core::Init;
    /// let (mut a, mut b) = ([0.0f32; 4], [0.0f32; 4]);
    /// Init::Uniform(-1.0, 1.0).fill(&mut a, 42, 0);
    /// Init::Uniform(-1.0, 1.0).fill(&mut b, 42, 0);
    /// assert_eq!(a, b);
    /// Init::Uniform(-1.0, 1.0).fill(&mut b, 42, 1);
    /// assert_ne!(a, b);
    /// ```
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

/// A number, uniformly distributed in 0 ≤ u < 1, of 53 bits.
#[allow(clippy::cast_precision_loss)] // 53 bits are exact
fn unit(source: &mut ChaCha8Rng) -> f64 {
    (source.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
}

/// A number of the standard normal distribution, by the method of Box and Muller ("A note on the generation of random
/// normal deviates", 1958).
fn normal(source: &mut ChaCha8Rng) -> f64 {
    let radius = libm::sqrt(-2.0 * libm::log(1.0 - unit(source)));
    radius * libm::cos(core::f64::consts::TAU * unit(source))
}
