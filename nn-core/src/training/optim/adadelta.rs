//! Adadelta.

use super::rule::{Rule, Running, apply, decayed};
use super::settings::{answers, eps, not_negative, weight_decay};
use super::{Optimizer, Step, checks};
use crate::error::Error;
use crate::tensors::Scalar;
use crate::tensors::loops::{Real, compile_here};

/// Adadelta (M. Zeiler, "ADADELTA: an adaptive learning rate method", 2012; PyTorch's
/// `torch.optim.Adadelta`):
///
/// ```text
/// g = gradient + weight_decay * w
/// v = rho * v + (1 - rho) * g²
/// d = sqrt(u + eps) / sqrt(v + eps) * g
/// u = rho * u + (1 - rho) * d²
/// w = w - learning_rate * d
/// ```
///
/// Slots: `v` and `u`.
///
/// ```
/// use nn_core::optim::{Adadelta, Optimizer};
/// let adadelta = Adadelta::new(1.0).rho(0.95);
/// let (mut params, mut state) = ([1.0f32], adadelta.state());
/// adadelta.step(&mut params, &[2.0], &mut state, 1.0)?;
/// assert!(params[0] < 1.0);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adadelta {
    learning_rate: f64,
    rho: f64,
    eps: f64,
    weight_decay: f64,
}

eps!(Adadelta, "1e-6");
weight_decay!(Adadelta);

impl Adadelta {
    /// Adadelta with rho 0.9, eps 1e-6 and no weight decay. PyTorch's default learning rate is 1.
    ///
    /// The learning rate is a finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::Adadelta::new(1.0).slots(), 2);
    /// ```
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Adadelta { learning_rate, rho: 0.9, eps: 1e-6, weight_decay: 0.0 }
    }

    /// The decay rate of the mean squares; 0.9 by default.
    ///
    /// It is in 0 ≤ rho ≤ 1; the first step refuses any other.
    ///
    /// ```
    /// let adadelta = nn_core::optim::Adadelta::new(1.0).rho(0.95);
    /// assert_ne!(adadelta, nn_core::optim::Adadelta::new(1.0));
    /// ```
    #[must_use]
    pub const fn rho(mut self, rho: f64) -> Self {
        self.rho = rho;
        self
    }

    /// The number of slots: 2.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::Adadelta::new(1.0).slots(), 2);
    /// ```
    #[must_use]
    pub const fn slots(&self) -> usize {
        2
    }
}

impl<T: Scalar> Optimizer<T> for Adadelta {
    answers!();

    fn check(&self) -> Result<(), Error> {
        not_negative!(self.[learning_rate, eps, weight_decay])?;
        checks::require((0.0..=1.0).contains(&self.rho), "rho", "be in 0 ≤ rho ≤ 1")
    }
    fn update(&self, step: Step<'_, T>) {
        apply(&Update { settings: *self, rate: self.learning_rate * step.factor }, step);
    }
}

struct Update {
    settings: Adadelta,
    rate: f64,
}

impl Rule<3> for Update {
    type Settings<T: Real> = (Running<T>, [T; 3]);
    #[inline(always)]
    fn settings<T: Real>(&self) -> Self::Settings<T> {
        let Adadelta { rho, eps, weight_decay, .. } = self.settings;
        (Running::new(rho), [self.rate, weight_decay, eps].map(T::from_f64))
    }
    #[inline(always)]
    fn element<T: Real>((rho, [rate, decay, eps]): Self::Settings<T>, [w, v, u]: [T; 3], g: T) -> [T; 3] {
        let g = decayed(decay, w, g);
        let v = rho.mean_square(v, g);
        let d = (u + eps).root() / (v + eps).root() * g;
        [w - rate * d, v, rho.mean_square(u, d)]
    }
}

compile_here!(Update, 3, 1);
