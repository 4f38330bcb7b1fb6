//! RMSprop.

use super::loops::{Loop, Real, compile_here, run};
use super::{Optimizer, Step};
use crate::scalar::Scalar;

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

impl RmsProp {
    /// Alpha 0.99, eps 1e-8, no momentum, not centered, no weight decay. PyTorch's default learning
    /// rate is 0.01.
    ///
    /// # Panics
    /// If the learning rate is not a finite number of 0 or more.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::RmsProp::new(0.01).slots(), 1);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(learning_rate: f64) -> Self {
        super::check_rate(learning_rate);
        RmsProp { learning_rate, alpha: 0.99, eps: 1e-8, momentum: 0.0, weight_decay: 0.0, centered: false }
    }

    /// How much of the mean square of the gradient is kept at each step; 0.99 by default.
    ///
    /// # Panics
    /// If it is not a finite number of 0 or more.
    ///
    /// ```
    /// let rms_prop = nn_core::optim::RmsProp::new(0.01).alpha(0.9);
    /// assert_ne!(rms_prop, nn_core::optim::RmsProp::new(0.01));
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn alpha(mut self, alpha: f64) -> Self {
        super::check_not_negative(alpha, "RmsProp: alpha must be a finite number of 0 or more");
        self.alpha = alpha;
        self
    }

    /// What is added to the denominator; 1e-8 by default.
    ///
    /// # Panics
    /// If it is not a finite number of 0 or more.
    ///
    /// ```
    /// let rms_prop = nn_core::optim::RmsProp::new(0.01).eps(1e-5);
    /// assert_ne!(rms_prop, nn_core::optim::RmsProp::new(0.01));
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn eps(mut self, eps: f64) -> Self {
        super::check_eps(eps);
        self.eps = eps;
        self
    }

    /// How much of the last step goes on into the next; 0 by default.
    ///
    /// # Panics
    /// If it is not a finite number of 0 or more.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::RmsProp::new(0.01).momentum(0.9).slots(), 2);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn momentum(mut self, momentum: f64) -> Self {
        super::check_momentum(momentum);
        self.momentum = momentum;
        self
    }

    /// Adds `weight_decay * w` to the gradient; 0 by default.
    ///
    /// # Panics
    /// If it is not a finite number of 0 or more.
    ///
    /// ```
    /// let rms_prop = nn_core::optim::RmsProp::new(0.01).weight_decay(1e-4);
    /// assert_ne!(rms_prop, nn_core::optim::RmsProp::new(0.01));
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn weight_decay(mut self, weight_decay: f64) -> Self {
        super::check_decay(weight_decay);
        self.weight_decay = weight_decay;
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

    /// How many copies of the parameters are remembered: 1, and 1 more for each of centered and
    /// momentum.
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
    fn slots(&self) -> usize {
        self.slots()
    }
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }
    fn update(&self, step: Step<'_, T>) {
        let rate = self.learning_rate * step.factor;
        let update = Update { settings: *self, rate };
        let Step { params, gradient, slots, .. } = step;
        match (self.centered, self.momentum != 0.0) {
            (false, false) => {
                let [square] = slots.split();
                run(&update, [params, square], [gradient]);
            }
            (true, true) => {
                let [square, mean, buffer] = slots.split();
                run(&update, [params, square, mean, buffer], [gradient]);
            }
            _ => {
                let [square, other] = slots.split();
                run(&update, [params, square, other], [gradient]);
            }
        }
    }
}

struct Update {
    settings: RmsProp,
    rate: f64,
}

/// The settings as numbers of the loop's type.
struct Factors<T> {
    alpha: T,
    fresh: T,
    eps: T,
    momentum: T,
    decay: T,
    rate: T,
}

impl Update {
    #[inline(always)]
    fn factors<T: Real>(&self) -> Factors<T> {
        let RmsProp { alpha, eps, momentum, weight_decay, .. } = self.settings;
        let [alpha, fresh, eps] = [alpha, 1.0 - alpha, eps].map(T::from_f64);
        let [momentum, decay, rate] = [momentum, weight_decay, self.rate].map(T::from_f64);
        Factors { alpha, fresh, eps, momentum, decay, rate }
    }
}

impl<T: Real> Factors<T> {
    /// The gradient with weight decay. Without, it is left alone: 0 times an infinite weight is NaN.
    #[inline(always)]
    fn decayed(&self, w: T, g: T) -> T {
        if self.decay == T::ZERO { g } else { g + self.decay * w }
    }

    /// The gradient divided by its root mean square.
    #[inline(always)]
    fn plain(&self, w: T, g: T, square: &mut T) -> T {
        let g = self.decayed(w, g);
        *square = self.alpha * *square + self.fresh * g * g;
        g / (square.root() + self.eps)
    }

    /// The gradient divided by its standard deviation.
    #[inline(always)]
    fn centered(&self, w: T, g: T, square: &mut T, mean: &mut T) -> T {
        let g = self.decayed(w, g);
        *square = self.alpha * *square + self.fresh * g * g;
        *mean += self.fresh * (g - *mean);
        g / ((*square - *mean * *mean).root() + self.eps)
    }

    #[inline(always)]
    fn with_momentum(&self, buffer: &mut T, quotient: T) -> T {
        *buffer = self.momentum * *buffer + quotient;
        *buffer
    }
}

impl Loop<2, 1> for Update {
    type Output = ();
    #[inline(always)]
    fn run<T: Real>(&self, [params, square]: [&mut [T]; 2], [gradient]: [&[T]; 1]) {
        let factors = self.factors();
        for ((w, v), g) in params.iter_mut().zip(square).zip(gradient) {
            *w -= factors.rate * factors.plain(*w, *g, v);
        }
    }
}

/// Centered or with momentum.
impl Loop<3, 1> for Update {
    type Output = ();
    #[inline(always)]
    fn run<T: Real>(&self, [params, square, other]: [&mut [T]; 3], [gradient]: [&[T]; 1]) {
        let factors = self.factors();
        let elements = params.iter_mut().zip(square).zip(other).zip(gradient);
        if self.settings.centered {
            for (((w, v), a), g) in elements {
                *w -= factors.rate * factors.centered(*w, *g, v, a);
            }
        } else {
            for (((w, v), b), g) in elements {
                let quotient = factors.plain(*w, *g, v);
                *w -= factors.rate * factors.with_momentum(b, quotient);
            }
        }
    }
}

/// Centered and with momentum.
impl Loop<4, 1> for Update {
    type Output = ();
    #[inline(always)]
    fn run<T: Real>(&self, [params, square, mean, buffer]: [&mut [T]; 4], [gradient]: [&[T]; 1]) {
        let factors = self.factors();
        for ((((w, v), a), b), g) in params.iter_mut().zip(square).zip(mean).zip(buffer).zip(gradient) {
            let quotient = factors.centered(*w, *g, v, a);
            *w -= factors.rate * factors.with_momentum(b, quotient);
        }
    }
}

compile_here!(Update, 2, 1);
compile_here!(Update, 3, 1);
compile_here!(Update, 4, 1);

#[cfg(test)]
mod tests {
    use super::RmsProp;
    use crate::optim::{Optimizer, State};

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
