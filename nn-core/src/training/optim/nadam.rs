//! Adam with Nesterov momentum.

use super::rule::{Rule, Running, apply, bias_correction, decayed};
use super::settings::{answers, betas, decoupled_weight_decay, eps, not_negative, weight_decay};
use super::{Optimizer, Step, checks};
use crate::error::Error;
use crate::tensors::Scalar;
use crate::tensors::loops::{Real, compile_here};

/// Adam with Nesterov momentum (T. Dozat, "Incorporating Nesterov momentum into Adam", 2016; PyTorch's
/// `torch.optim.NAdam`). With t the number of the step, from 1:
///
/// ```text
/// mu(t) = beta1 * (1 - 0.96^(t * momentum_decay) / 2)
/// g = gradient + weight_decay * w
/// m = m + (1 - beta1) * (g - m)
/// v = beta2 * v + (1 - beta2) * g²
/// d = sqrt(v / (1 - beta2^t)) + eps
/// w = w - learning_rate * (1 - mu(t)) / (1 - mu(1) … mu(t)) * g / d
///       - learning_rate * mu(t + 1) / (1 - mu(1) … mu(t + 1)) * m / d
/// ```
///
/// Slots: `m` and `v`.
///
/// ```
/// use nn_core::optim::{NAdam, Optimizer};
/// let adam = NAdam::new(2e-3).momentum_decay(4e-3);
/// let (mut params, mut state) = ([1.0f32], adam.state());
/// adam.step(&mut params, &[2.0], &mut state, 1.0)?;
/// assert!(params[0] < 1.0);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NAdam {
    learning_rate: f64,
    betas: (f64, f64),
    eps: f64,
    weight_decay: f64,
    momentum_decay: f64,
    decoupled_weight_decay: bool,
}

betas!(NAdam, "the mean of the gradient and of its square");
eps!(NAdam, "1e-8");
weight_decay!(NAdam);
decoupled_weight_decay!(NAdam);

impl NAdam {
    /// NAdam with betas 0.9 and 0.999, eps 1e-8, a momentum decay of 4e-3 and no weight decay. PyTorch's default
    /// learning rate is 2e-3.
    ///
    /// The learning rate is a finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::NAdam::new(2e-3).slots(), 2);
    /// ```
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        NAdam {
            learning_rate,
            betas: (0.9, 0.999),
            eps: 1e-8,
            weight_decay: 0.0,
            momentum_decay: 4e-3,
            decoupled_weight_decay: false,
        }
    }

    /// The rate at which the momentum grows from half of beta1 to beta1; 4e-3 by default.
    ///
    /// A finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// let adam = nn_core::optim::NAdam::new(2e-3).momentum_decay(0.01);
    /// assert_ne!(adam, nn_core::optim::NAdam::new(2e-3));
    /// ```
    #[must_use]
    pub const fn momentum_decay(mut self, momentum_decay: f64) -> Self {
        self.momentum_decay = momentum_decay;
        self
    }

    /// The number of slots: 2.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::NAdam::new(2e-3).slots(), 2);
    /// ```
    #[must_use]
    pub const fn slots(&self) -> usize {
        2
    }

    /// The momentum of a step, that of the next step, and the product of the momenta up to the step.
    fn momentum(&self, number: u64) -> (f64, f64, f64) {
        let ratio = libm::pow(0.96, self.momentum_decay);
        let momentum = |power: f64| self.betas.0 * (1.0 - 0.5 * power);
        let (mut power, mut product) = (1.0, 1.0);
        for _ in 0..number {
            power *= ratio;
            product *= momentum(power);
            // It is subtracted from 1, where a smaller product makes no difference. So the loop stays short.
            if product < 1e-18 {
                break;
            }
        }
        #[allow(clippy::cast_precision_loss)] // steps are far fewer than 2^53
        let at = |number: u64| momentum(libm::pow(0.96, number as f64 * self.momentum_decay));
        (at(number), at(number + 1), product)
    }
}

impl<T: Scalar> Optimizer<T> for NAdam {
    answers!();

    fn check(&self) -> Result<(), Error> {
        not_negative!(self.[learning_rate, eps, weight_decay, momentum_decay])?;
        checks::betas(self.betas)
    }
    fn update(&self, step: Step<'_, T>) {
        let rate = self.learning_rate * step.factor;
        let (now, next, product) = self.momentum(step.number);
        let (decay, keep) = self.decay(rate);
        let update = Update {
            betas: self.betas,
            rates: [rate * (1.0 - now) / (1.0 - product), rate * next / (1.0 - product * next)],
            rest: [decay, keep, bias_correction(self.betas.1, step.number), self.eps],
        };
        apply(&update, step);
    }
}

struct Update {
    betas: (f64, f64),
    /// The factors of the gradient and of its mean.
    rates: [f64; 2],
    /// Both weight decays, the bias correction of `v`, and eps.
    rest: [f64; 4],
}

impl Rule<3> for Update {
    type Settings<T: Real> = ([Running<T>; 2], [T; 2], [T; 4]);
    #[inline(always)]
    fn settings<T: Real>(&self) -> Self::Settings<T> {
        let means = [Running::new(self.betas.0), Running::new(self.betas.1)];
        (means, self.rates.map(T::from_f64), self.rest.map(T::from_f64))
    }
    #[inline(always)]
    fn element<T: Real>((means, rates, rest): Self::Settings<T>, [w, m, v]: [T; 3], g: T) -> [T; 3] {
        let [decay, keep, correction, eps] = rest;
        let g = decayed(decay, w, g);
        let (m, v) = (means[0].mean(m, g), means[1].mean_square(v, g));
        let d = (v / correction).root() + eps;
        [keep * w - rates[0] * g / d - rates[1] * m / d, m, v]
    }
}

compile_here!(Update, 3, 1);

#[cfg(test)]
mod tests {
    use super::NAdam;

    #[test]
    fn a_late_step_costs_no_more_than_an_early_one() {
        let (now, next, product) = NAdam::new(0.1).momentum(u64::MAX / 2);
        assert!((now - 0.9).abs() < 1e-12 && (next - 0.9).abs() < 1e-12);
        assert_eq!(1.0 - product, 1.0);
    }
}
