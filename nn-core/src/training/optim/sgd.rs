//! Stochastic gradient descent.

use super::rule::{Rule, apply, decayed};
use super::settings::{answers, momentum, not_negative, weight_decay};
use super::{Optimizer, Step, checks};
use crate::error::Error;
use crate::tensors::Scalar;
use crate::tensors::loops::{Real, compile_here};

/// Stochastic gradient descent, with or without momentum (PyTorch's `torch.optim.SGD`):
///
/// ```text
/// g = gradient + weight_decay * w
/// b = g                                    first step with momentum
/// b = momentum * b + (1 - dampening) * g   later steps
/// w = w - learning_rate * g                without momentum
/// w = w - learning_rate * b                with momentum
/// w = w - learning_rate * (g + momentum * b)   with Nesterov momentum
/// ```
///
/// Slots: none without momentum, else `b`.
///
/// ```
/// use nn_core::optim::{Optimizer, Sgd};
/// let sgd = Sgd::new(0.1).momentum(0.9).nesterov(true).weight_decay(1e-4);
/// let mut state = sgd.state();
/// let mut params = [1.0f32, -1.0];
/// sgd.step(&mut params, &[1.0, -1.0], &mut state, 1.0)?;
/// assert!((params[0] - 0.81).abs() < 1e-4);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sgd {
    learning_rate: f64,
    momentum: f64,
    dampening: f64,
    weight_decay: f64,
    nesterov: bool,
}

momentum!(Sgd, 1);
weight_decay!(Sgd);

impl Sgd {
    /// Gradient descent without momentum and weight decay. PyTorch's default learning rate is 1e-3.
    ///
    /// The learning rate is a finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// let sgd = nn_core::optim::Sgd::new(0.1);
    /// assert_eq!(sgd.slots(), 0);
    /// ```
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Sgd { learning_rate, momentum: 0.0, dampening: 0.0, weight_decay: 0.0, nesterov: false }
    }

    /// The part of the gradient that is not added to the momentum; 0 by default.
    ///
    /// A finite number, and 0 with Nesterov momentum; the first step refuses any other.
    ///
    /// ```
    /// let sgd = nn_core::optim::Sgd::new(0.1).momentum(0.9).dampening(0.5);
    /// assert_eq!(sgd.slots(), 1);
    /// ```
    #[must_use]
    pub const fn dampening(mut self, dampening: f64) -> Self {
        self.dampening = dampening;
        self
    }

    /// Nesterov momentum: the step looks ahead by the momentum (Y. Nesterov, 1983; as in I. Sutskever et al., "On the
    /// importance of initialization and momentum in deep learning", 2013); false by default.
    ///
    /// The first step refuses it without momentum or with dampening.
    ///
    /// ```
    /// let sgd = nn_core::optim::Sgd::new(0.1).momentum(0.9).nesterov(true);
    /// assert_eq!(sgd.slots(), 1);
    /// ```
    #[must_use]
    pub const fn nesterov(mut self, nesterov: bool) -> Self {
        self.nesterov = nesterov;
        self
    }

    /// The number of slots: 1 with momentum, else 0.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::Sgd::new(0.1).momentum(0.9).slots(), 1);
    /// ```
    #[must_use]
    pub const fn slots(&self) -> usize {
        (self.momentum != 0.0) as usize
    }
}

impl<T: Scalar> Optimizer<T> for Sgd {
    answers!();

    fn check(&self) -> Result<(), Error> {
        not_negative!(self.[learning_rate, momentum, weight_decay])?;
        checks::require(self.dampening.is_finite(), "dampening", "be a finite number")?;
        let possible = !self.nesterov || (self.momentum > 0.0 && self.dampening == 0.0);
        checks::require(possible, "nesterov", "have a momentum above 0 and no dampening")
    }
    fn update(&self, step: Step<'_, T>) {
        let rate = self.learning_rate * step.factor;
        if self.momentum == 0.0 {
            apply(&Plain { rate, weight_decay: self.weight_decay }, step);
        } else if self.nesterov {
            apply(&Nesterov(Momentum { settings: *self, rate, first: step.number == 1 }), step);
        } else {
            apply(&Momentum { settings: *self, rate, first: step.number == 1 }, step);
        }
    }
}

struct Plain {
    rate: f64,
    weight_decay: f64,
}

impl Rule<1> for Plain {
    type Settings<T: Real> = [T; 2];
    #[inline(always)]
    fn settings<T: Real>(&self) -> [T; 2] {
        [self.rate, self.weight_decay].map(T::from_f64)
    }
    #[inline(always)]
    fn element<T: Real>([rate, decay]: [T; 2], [w]: [T; 1], g: T) -> [T; 1] {
        [w - rate * decayed(decay, w, g)]
    }
}

struct Momentum {
    settings: Sgd,
    rate: f64,
    first: bool,
}

impl Rule<2> for Momentum {
    type Settings<T: Real> = [T; 4];
    #[inline(always)]
    fn settings<T: Real>(&self) -> [T; 4] {
        let Sgd { momentum, dampening, weight_decay, .. } = self.settings;
        // As in PyTorch, the first step has no dampening.
        let undampened = if self.first { 1.0 } else { 1.0 - dampening };
        [self.rate, weight_decay, momentum, undampened].map(T::from_f64)
    }
    #[inline(always)]
    fn element<T: Real>([rate, decay, momentum, undampened]: [T; 4], [w, b]: [T; 2], g: T) -> [T; 2] {
        let b = momentum * b + undampened * decayed(decay, w, g);
        [w - rate * b, b]
    }
}

struct Nesterov(Momentum);

impl Rule<2> for Nesterov {
    type Settings<T: Real> = [T; 4];
    #[inline(always)]
    fn settings<T: Real>(&self) -> [T; 4] {
        self.0.settings()
    }
    #[inline(always)]
    fn element<T: Real>([rate, decay, momentum, _]: [T; 4], [w, b]: [T; 2], g: T) -> [T; 2] {
        let g = decayed(decay, w, g);
        let b = momentum * b + g;
        [w - rate * (g + momentum * b), b]
    }
}

compile_here!(Nesterov, 2, 1);
compile_here!(Plain, 1, 1);
compile_here!(Momentum, 2, 1);
