//! Rectified Adam.

use super::rule::{Rule, Running, apply, bias_correction, decayed};
use super::settings::{answers, betas, decoupled_weight_decay, eps, not_negative, weight_decay};
use super::{Optimizer, Step, checks};
use crate::error::Error;
use crate::tensors::Scalar;
use crate::tensors::loops::{Real, compile_here};

/// Rectified Adam (L. Liu et al., "On the variance of the adaptive learning rate and beyond", 2020;
/// PyTorch's `torch.optim.RAdam`). With t the number of the step, from 1:
///
/// ```text
/// r(∞) = 2 / (1 - beta2) - 1,   r = r(∞) - 2 * t * beta2^t / (1 - beta2^t)
/// g = gradient + weight_decay * w
/// m = m + (1 - beta1) * (g - m)
/// v = beta2 * v + (1 - beta2) * g²
/// a = sqrt((r - 4) (r - 2) r(∞) / ((r(∞) - 4) (r(∞) - 2) r))
/// w = w - learning_rate / (1 - beta1^t) * m                                     while r ≤ 5
/// w = w - learning_rate / (1 - beta1^t) * m * a * sqrt(1 - beta2^t) / (sqrt(v) + eps)   afterwards
/// ```
///
/// It needs no warm-up: the first steps follow the mean gradient, without a division by its size.
///
/// Slots: `m` and `v`.
///
/// ```
/// use nn_core::optim::{Optimizer, RAdam};
/// let adam = RAdam::new(0.1);
/// let (mut params, mut state) = ([1.0f32], adam.state());
/// adam.step(&mut params, &[0.5], &mut state, 1.0)?;
/// assert!((params[0] - 0.95).abs() < 1e-6);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RAdam {
    learning_rate: f64,
    betas: (f64, f64),
    eps: f64,
    weight_decay: f64,
    decoupled_weight_decay: bool,
}

betas!(RAdam, "the mean of the gradient and of its square");
eps!(RAdam, "1e-8");
weight_decay!(RAdam);
decoupled_weight_decay!(RAdam);

impl RAdam {
    /// RAdam with betas 0.9 and 0.999, eps 1e-8 and no weight decay. PyTorch's default learning rate is 1e-3.
    ///
    /// The learning rate is a finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::RAdam::new(1e-3).slots(), 2);
    /// ```
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        RAdam { learning_rate, betas: (0.9, 0.999), eps: 1e-8, weight_decay: 0.0, decoupled_weight_decay: false }
    }

    /// The number of slots: 2.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::RAdam::new(1e-3).slots(), 2);
    /// ```
    #[must_use]
    pub const fn slots(&self) -> usize {
        2
    }

    /// The factor of a step that divides by the root of `v`. `None` while the variance of the root is too great.
    #[allow(clippy::cast_precision_loss)] // steps are far fewer than 2^53
    fn rectified(&self, number: u64) -> Option<f64> {
        let correction = bias_correction(self.betas.1, number);
        let last = 2.0 / (1.0 - self.betas.1) - 1.0;
        let length = last - 2.0 * number as f64 * (1.0 - correction) / correction;
        let variance = (length - 4.0) * (length - 2.0) * last / ((last - 4.0) * (last - 2.0) * length);
        (length > 5.0).then(|| libm::sqrt(variance) * libm::sqrt(correction))
    }
}

impl<T: Scalar> Optimizer<T> for RAdam {
    answers!();

    fn check(&self) -> Result<(), Error> {
        not_negative!(self.[learning_rate, eps, weight_decay])?;
        checks::betas(self.betas)
    }
    fn update(&self, step: Step<'_, T>) {
        let rate = self.learning_rate * step.factor;
        let size = rate / bias_correction(self.betas.0, step.number);
        let (decay, keep) = self.decay(rate);
        let rectified = self.rectified(step.number);
        let update = Update { betas: self.betas, rest: [decay, keep, size * rectified.unwrap_or(1.0), self.eps] };
        if rectified.is_some() { apply(&update, step) } else { apply(&Early(update), step) }
    }
}

struct Update {
    betas: (f64, f64),
    /// Both weight decays, the size of the step, and eps.
    rest: [f64; 4],
}

impl Rule<3> for Update {
    type Settings<T: Real> = ([Running<T>; 2], [T; 4]);
    #[inline(always)]
    fn settings<T: Real>(&self) -> Self::Settings<T> {
        ([Running::new(self.betas.0), Running::new(self.betas.1)], self.rest.map(T::from_f64))
    }
    #[inline(always)]
    fn element<T: Real>((means, [decay, keep, size, eps]): Self::Settings<T>, [w, m, v]: [T; 3], g: T) -> [T; 3] {
        let g = decayed(decay, w, g);
        let (m, v) = (means[0].mean(m, g), means[1].mean_square(v, g));
        [keep * w - size * m / (v.root() + eps), m, v]
    }
}

/// The first steps, which do not divide by the size of the gradient.
struct Early(Update);

impl Rule<3> for Early {
    type Settings<T: Real> = ([Running<T>; 2], [T; 4]);
    #[inline(always)]
    fn settings<T: Real>(&self) -> Self::Settings<T> {
        self.0.settings()
    }
    #[inline(always)]
    fn element<T: Real>((means, [decay, keep, size, _]): Self::Settings<T>, [w, m, v]: [T; 3], g: T) -> [T; 3] {
        let g = decayed(decay, w, g);
        let (m, v) = (means[0].mean(m, g), means[1].mean_square(v, g));
        [keep * w - size * m, m, v]
    }
}

compile_here!(Update, 3, 1);
compile_here!(Early, 3, 1);
