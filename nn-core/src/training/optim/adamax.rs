//! Adamax.

use super::rule::{Rule, Running, apply, bias_correction, decayed};
use super::settings::{answers, betas, eps, not_negative, weight_decay};
use super::{Optimizer, Step, checks};
use crate::error::Error;
use crate::tensors::Scalar;
use crate::tensors::loops::{Real, compile_here};

/// Adamax: Adam with the greatest gradient in place of the mean square (D. Kingma, J. Ba, "Adam: a method
/// for stochastic optimization", 2015, section 7; PyTorch's `torch.optim.Adamax`). With t the number of
/// the step, from 1:
///
/// ```text
/// g = gradient + weight_decay * w
/// m = m + (1 - beta1) * (g - m)
/// u = max(beta2 * u, |g| + eps)
/// w = w - learning_rate / (1 - beta1^t) * m / u
/// ```
///
/// Slots: `m` and `u`.
///
/// ```
/// use nn_core::optim::{Adamax, Optimizer};
/// let adamax = Adamax::new(0.1);
/// let (mut params, mut state) = ([1.0f32, -1.0], adamax.state());
/// adamax.step(&mut params, &[0.2, -5.0], &mut state, 1.0)?;
/// assert!((params[0] - 0.9).abs() < 1e-6 && (params[1] + 0.9).abs() < 1e-6);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adamax {
    learning_rate: f64,
    betas: (f64, f64),
    eps: f64,
    weight_decay: f64,
}

betas!(Adamax, "the mean of the gradient and of its greatest size");
eps!(Adamax, "1e-8");
weight_decay!(Adamax);

impl Adamax {
    /// Adamax with betas 0.9 and 0.999, eps 1e-8 and no weight decay. PyTorch's default learning rate is 2e-3.
    ///
    /// The learning rate is a finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::Adamax::new(2e-3).slots(), 2);
    /// ```
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Adamax { learning_rate, betas: (0.9, 0.999), eps: 1e-8, weight_decay: 0.0 }
    }

    /// The number of slots: 2.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::Adamax::new(2e-3).slots(), 2);
    /// ```
    #[must_use]
    pub const fn slots(&self) -> usize {
        2
    }
}

impl<T: Scalar> Optimizer<T> for Adamax {
    answers!();

    fn check(&self) -> Result<(), Error> {
        not_negative!(self.[learning_rate, eps, weight_decay])?;
        checks::betas(self.betas)
    }
    fn update(&self, step: Step<'_, T>) {
        let rate = self.learning_rate * step.factor / bias_correction(self.betas.0, step.number);
        apply(&Update { settings: *self, rate }, step);
    }
}

struct Update {
    settings: Adamax,
    /// The learning rate, with the bias correction of `m`.
    rate: f64,
}

impl Rule<3> for Update {
    type Settings<T: Real> = (Running<T>, [T; 4]);
    #[inline(always)]
    fn settings<T: Real>(&self) -> Self::Settings<T> {
        let Adamax { betas, eps, weight_decay, .. } = self.settings;
        (Running::new(betas.0), [self.rate, weight_decay, betas.1, eps].map(T::from_f64))
    }
    #[inline(always)]
    fn element<T: Real>((mean, [rate, decay, keep, eps]): Self::Settings<T>, [w, m, u]: [T; 3], g: T) -> [T; 3] {
        let g = decayed(decay, w, g);
        let m = mean.mean(m, g);
        let u = (keep * u).maximum(g.abs() + eps);
        [w - rate * m / u, m, u]
    }
}

compile_here!(Update, 3, 1);
