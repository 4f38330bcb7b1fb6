//! RMSprop.

use super::rule::{Rule, Running, apply, decayed};
use super::settings::{answers, eps, momentum, not_negative, weight_decay};
use super::{Optimizer, Step};
use crate::error::Error;
use crate::tensors::Scalar;
use crate::tensors::loops::{Real, compile_here};

/// RMSprop (G. Hinton, lecture 6e of "Neural networks for machine learning", 2012; PyTorch's
/// `torch.optim.RMSprop`):
///
/// ```text
/// g = gradient + weight_decay * w
/// v = alpha * v + (1 - alpha) * g²
/// a = a + (1 - alpha) * (g - a)            centered
/// d = sqrt(v) + eps                        or sqrt(v - a²) + eps when centered
/// b = momentum * b + g / d                 with momentum
/// w = w - learning_rate * g / d            or learning_rate * b with momentum
/// ```
///
/// Slots: `v`, then `a` when centered, then `b` with momentum.
///
/// ```
/// use nn_core::optim::{Optimizer, RmsProp};
/// let rms_prop = RmsProp::new(0.01).alpha(0.9).momentum(0.9).centered(true);
/// let mut state = rms_prop.state();
/// let mut params = [1.0f32];
/// rms_prop.step(&mut params, &[2.0], &mut state, 1.0)?;
/// assert!(params[0] < 1.0);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RmsProp {
    learning_rate: f64,
    alpha: f64,
    eps: f64,
    momentum: f64,
    weight_decay: f64,
    centered: bool,
}

eps!(RmsProp, "1e-8");
momentum!(RmsProp, 2);
weight_decay!(RmsProp);

impl RmsProp {
    /// RMSprop with alpha 0.99 and eps 1e-8, not centered, without momentum and weight decay. PyTorch's default
    /// learning rate is 0.01.
    ///
    /// The learning rate is a finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::RmsProp::new(0.01).slots(), 1);
    /// ```
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        RmsProp { learning_rate, alpha: 0.99, eps: 1e-8, momentum: 0.0, weight_decay: 0.0, centered: false }
    }

    /// The decay rate of the mean square of the gradient; 0.99 by default.
    ///
    /// A finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// let rms_prop = nn_core::optim::RmsProp::new(0.01).alpha(0.9);
    /// assert_ne!(rms_prop, nn_core::optim::RmsProp::new(0.01));
    /// ```
    #[must_use]
    pub const fn alpha(mut self, alpha: f64) -> Self {
        self.alpha = alpha;
        self
    }

    /// Divides by an estimate of the gradient's standard deviation, not of its size (A. Graves,
    /// "Generating sequences with recurrent neural networks", 2013); false by default.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::RmsProp::new(0.01).centered(true).slots(), 2);
    /// ```
    #[must_use]
    pub const fn centered(mut self, centered: bool) -> Self {
        self.centered = centered;
        self
    }

    /// The number of slots: 1, and 1 more for each of centered and momentum.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::RmsProp::new(0.01).centered(true).momentum(0.9).slots(), 3);
    /// ```
    #[must_use]
    pub const fn slots(&self) -> usize {
        1 + self.centered as usize + (self.momentum != 0.0) as usize
    }
}

impl<T: Scalar> Optimizer<T> for RmsProp {
    answers!();

    fn check(&self) -> Result<(), Error> {
        not_negative!(self.[learning_rate, alpha, eps, momentum, weight_decay])
    }
    fn update(&self, step: Step<'_, T>) {
        let rate = self.learning_rate * step.factor;
        match (self.centered, self.momentum != 0.0) {
            (false, false) => apply(&Update::<false, false>(*self, rate), step),
            (false, true) => apply(&Update::<false, true>(*self, rate), step),
            (true, false) => apply(&Update::<true, false>(*self, rate), step),
            (true, true) => apply(&Update::<true, true>(*self, rate), step),
        }
    }
}

/// The rule for each combination of centered and momentum, with its learning rate.
struct Update<const CENTERED: bool, const MOMENTUM: bool>(RmsProp, f64);

/// The settings of a step.
#[derive(Clone, Copy)]
struct Factors<T> {
    alpha: Running<T>,
    eps: T,
    momentum: T,
    decay: T,
    rate: T,
}

impl<T: Real> Factors<T> {
    #[inline(always)]
    fn of<const CENTERED: bool, const MOMENTUM: bool>(update: &Update<CENTERED, MOMENTUM>) -> Self {
        let Update(RmsProp { alpha, eps, momentum, weight_decay, .. }, rate) = *update;
        let [eps, momentum, decay, rate] = [eps, momentum, weight_decay, rate].map(T::from_f64);
        Factors { alpha: Running::new(alpha), eps, momentum, decay, rate }
    }

    /// The gradient divided by its root mean square.
    #[inline(always)]
    fn plain(self, w: T, g: T, v: T) -> [T; 2] {
        let g = decayed(self.decay, w, g);
        let v = self.alpha.mean_square(v, g);
        [g / (v.root() + self.eps), v]
    }

    /// The gradient divided by its standard deviation.
    #[inline(always)]
    fn centered(self, w: T, g: T, v: T, a: T) -> [T; 3] {
        let g = decayed(self.decay, w, g);
        let (v, a) = (self.alpha.mean_square(v, g), self.alpha.mean(a, g));
        [g / ((v - a * a).root() + self.eps), v, a]
    }
}

impl Rule<2> for Update<false, false> {
    type Settings<T: Real> = Factors<T>;
    #[inline(always)]
    fn settings<T: Real>(&self) -> Factors<T> {
        Factors::of(self)
    }
    #[inline(always)]
    fn element<T: Real>(factors: Factors<T>, [w, v]: [T; 2], g: T) -> [T; 2] {
        let [quotient, v] = factors.plain(w, g, v);
        [w - factors.rate * quotient, v]
    }
}

impl Rule<3> for Update<false, true> {
    type Settings<T: Real> = Factors<T>;
    #[inline(always)]
    fn settings<T: Real>(&self) -> Factors<T> {
        Factors::of(self)
    }
    #[inline(always)]
    fn element<T: Real>(factors: Factors<T>, [w, v, b]: [T; 3], g: T) -> [T; 3] {
        let [quotient, v] = factors.plain(w, g, v);
        let b = factors.momentum * b + quotient;
        [w - factors.rate * b, v, b]
    }
}

impl Rule<3> for Update<true, false> {
    type Settings<T: Real> = Factors<T>;
    #[inline(always)]
    fn settings<T: Real>(&self) -> Factors<T> {
        Factors::of(self)
    }
    #[inline(always)]
    fn element<T: Real>(factors: Factors<T>, [w, v, a]: [T; 3], g: T) -> [T; 3] {
        let [quotient, v, a] = factors.centered(w, g, v, a);
        [w - factors.rate * quotient, v, a]
    }
}

impl Rule<4> for Update<true, true> {
    type Settings<T: Real> = Factors<T>;
    #[inline(always)]
    fn settings<T: Real>(&self) -> Factors<T> {
        Factors::of(self)
    }
    #[inline(always)]
    fn element<T: Real>(factors: Factors<T>, [w, v, a, b]: [T; 4], g: T) -> [T; 4] {
        let [quotient, v, a] = factors.centered(w, g, v, a);
        let b = factors.momentum * b + quotient;
        [w - factors.rate * b, v, a, b]
    }
}

compile_here!(Update<false, false>, 2, 1);
compile_here!(Update<false, true>, 3, 1);
compile_here!(Update<true, false>, 3, 1);
compile_here!(Update<true, true>, 4, 1);

#[cfg(test)]
mod tests {
    use super::RmsProp;
    use crate::training::optim::{Optimizer, State};

    #[test]
    fn an_infinite_weight_is_no_gradient_without_weight_decay() {
        for rms_prop in [RmsProp::new(0.1), RmsProp::new(0.1).centered(true).momentum(0.5)] {
            let (mut params, moments) = ([f32::INFINITY], std::vec![[0.0f32]; rms_prop.slots()]);
            let mut state = State::new(0, moments);
            rms_prop.step(&mut params, &[1.0], &mut state, 1.0).unwrap();
            assert_eq!(params, [f32::INFINITY]);
            assert!(state.moments().iter().all(|slot| slot[0].is_finite()));
        }
    }
}
