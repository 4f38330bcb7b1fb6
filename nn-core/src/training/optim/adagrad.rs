//! Adagrad.

use super::rule::{Rule, apply, decayed};
use super::settings::{answers, eps, not_negative, weight_decay};
use super::{Optimizer, Step};
use crate::error::Error;
use crate::tensors::Scalar;
use crate::tensors::loops::{Real, compile_here};

/// Adagrad (J. Duchi, E. Hazan, Y. Singer, "Adaptive subgradient methods for online learning and
/// stochastic optimization", 2011; PyTorch's `torch.optim.Adagrad`). With t the number of the step,
/// from 1:
///
/// ```text
/// g = gradient + weight_decay * w
/// s = s + g²                               the first s is initial_accumulator_value
/// w = w - learning_rate / (1 + (t - 1) * lr_decay) * g / (sqrt(s) + eps)
/// ```
///
/// Slots: `s`.
///
/// ```
/// use nn_core::optim::{Adagrad, Optimizer};
/// let adagrad = Adagrad::new(0.1).lr_decay(0.01);
/// let (mut params, mut state) = ([1.0f32, -1.0], adagrad.state());
/// adagrad.step(&mut params, &[0.2, -5.0], &mut state, 1.0)?;
/// assert!((params[0] - 0.9).abs() < 1e-6 && (params[1] + 0.9).abs() < 1e-6);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adagrad {
    learning_rate: f64,
    lr_decay: f64,
    weight_decay: f64,
    initial_accumulator_value: f64,
    eps: f64,
}

eps!(Adagrad, "1e-10");
weight_decay!(Adagrad);

impl Adagrad {
    /// Adagrad without decay of the learning rate or the weights, with sums that begin with 0 and eps 1e-10. PyTorch's
    /// default learning rate is 0.01.
    ///
    /// The learning rate is a finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::Adagrad::new(0.01).slots(), 1);
    /// ```
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Adagrad { learning_rate, lr_decay: 0.0, weight_decay: 0.0, initial_accumulator_value: 0.0, eps: 1e-10 }
    }

    /// How fast the learning rate falls with the number of steps; 0 by default.
    ///
    /// A finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// let adagrad = nn_core::optim::Adagrad::new(0.01).lr_decay(1e-4);
    /// assert_ne!(adagrad, nn_core::optim::Adagrad::new(0.01));
    /// ```
    #[must_use]
    pub const fn lr_decay(mut self, lr_decay: f64) -> Self {
        self.lr_decay = lr_decay;
        self
    }

    /// The initial value of the sums of squares; 0 by default. A greater one makes the first steps smaller.
    ///
    /// A finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// let adagrad = nn_core::optim::Adagrad::new(0.01).initial_accumulator_value(0.1);
    /// assert_ne!(adagrad, nn_core::optim::Adagrad::new(0.01));
    /// ```
    #[must_use]
    pub const fn initial_accumulator_value(mut self, value: f64) -> Self {
        self.initial_accumulator_value = value;
        self
    }

    /// The number of slots: 1.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::Adagrad::new(0.01).slots(), 1);
    /// ```
    #[must_use]
    pub const fn slots(&self) -> usize {
        1
    }
}

impl<T: Scalar> Optimizer<T> for Adagrad {
    answers!();

    #[allow(clippy::cast_precision_loss)] // steps are far fewer than 2^53
    fn check(&self) -> Result<(), Error> {
        not_negative!(self.[learning_rate, lr_decay, weight_decay, initial_accumulator_value, eps])
    }
    fn update(&self, step: Step<'_, T>) {
        let rate = self.learning_rate * step.factor / (1.0 + (step.number - 1) as f64 * self.lr_decay);
        // The state itself begins with zeros.
        let start = if step.number == 1 { self.initial_accumulator_value } else { 0.0 };
        apply(&Update { settings: *self, rate, start }, step);
    }
}

struct Update {
    settings: Adagrad,
    rate: f64,
    start: f64,
}

impl Rule<2> for Update {
    type Settings<T: Real> = [T; 4];
    #[inline(always)]
    fn settings<T: Real>(&self) -> [T; 4] {
        [self.rate, self.settings.weight_decay, self.settings.eps, self.start].map(T::from_f64)
    }
    #[inline(always)]
    fn element<T: Real>([rate, decay, eps, start]: [T; 4], [w, s]: [T; 2], g: T) -> [T; 2] {
        let g = decayed(decay, w, g);
        let s = s + start + g * g;
        [w - rate * g / (s.root() + eps), s]
    }
}

compile_here!(Update, 2, 1);
