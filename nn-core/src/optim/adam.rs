//! Adam, and Adam with decoupled weight decay.

use super::loops::{Loop, Real, compile_here, run};
use super::{Optimizer, Step};
use crate::scalar::Scalar;

/// Adam (D. Kingma, J. Ba, "Adam: a method for stochastic optimization", 2015; PyTorch's
/// `torch.optim.Adam`). With t the number of the step, from 1:
///
/// ```text
/// g = gradient + weight_decay * w
/// m = m + (1 - beta1) * (g - m)
/// v = beta2 * v + (1 - beta2) * g²
/// w = w - learning_rate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + eps)
/// ```
///
/// Slots: `m` and `v`.
///
/// ```
/// use nn_core::optim::{Adam, Optimizer};
/// let adam = Adam::new(1e-3).betas(0.9, 0.999).eps(1e-8).weight_decay(0.0);
/// let mut state = adam.state();
/// let mut params = [1.0f32, -1.0];
/// adam.step(&mut params, &[0.2, -5.0], &mut state, 1.0)?;
/// assert!((params[0] - 0.999).abs() < 1e-6 && (params[1] + 0.999).abs() < 1e-6);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adam {
    learning_rate: f64,
    betas: (f64, f64),
    eps: f64,
    weight_decay: f64,
}

impl Adam {
    /// Adam with betas 0.9 and 0.999, eps 1e-8 and no weight decay. PyTorch's default learning rate
    /// is 1e-3.
    ///
    /// # Panics
    /// If the learning rate is not a finite number of 0 or more.
    ///
    /// ```
    /// const ADAM: nn_core::optim::Adam = nn_core::optim::Adam::new(1e-3);
    /// assert_eq!(ADAM.slots(), 2);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(learning_rate: f64) -> Self {
        super::check_rate(learning_rate);
        Adam { learning_rate, betas: (0.9, 0.999), eps: 1e-8, weight_decay: 0.0 }
    }

    /// How much of the mean of the gradient and of its square is kept at each step; 0.9 and 0.999 by
    /// default.
    ///
    /// # Panics
    /// If one is not in 0 ≤ beta < 1.
    ///
    /// ```
    /// let adam = nn_core::optim::Adam::new(1e-3).betas(0.5, 0.99);
    /// assert_ne!(adam, nn_core::optim::Adam::new(1e-3));
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn betas(mut self, beta1: f64, beta2: f64) -> Self {
        assert!(beta1 >= 0.0 && beta1 < 1.0, "Adam: beta1 must be in 0 ≤ beta1 < 1");
        assert!(beta2 >= 0.0 && beta2 < 1.0, "Adam: beta2 must be in 0 ≤ beta2 < 1");
        self.betas = (beta1, beta2);
        self
    }

    /// What is added to the denominator; 1e-8 by default.
    ///
    /// # Panics
    /// If it is not a finite number of 0 or more.
    ///
    /// ```
    /// let adam = nn_core::optim::Adam::new(1e-3).eps(1e-4);
    /// assert_ne!(adam, nn_core::optim::Adam::new(1e-3));
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn eps(mut self, eps: f64) -> Self {
        super::check_eps(eps);
        self.eps = eps;
        self
    }

    /// Adds `weight_decay * w` to the gradient; 0 by default. See [`AdamW`] for decay that does not
    /// pass through the moments.
    ///
    /// # Panics
    /// If it is not a finite number of 0 or more.
    ///
    /// ```
    /// let adam = nn_core::optim::Adam::new(1e-3).weight_decay(1e-4);
    /// assert_ne!(adam, nn_core::optim::Adam::new(1e-3));
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn weight_decay(mut self, weight_decay: f64) -> Self {
        super::check_decay(weight_decay);
        self.weight_decay = weight_decay;
        self
    }

    /// How many copies of the parameters are remembered: 2.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::Adam::new(1e-3).slots(), 2);
    /// ```
    #[must_use]
    pub const fn slots(&self) -> usize {
        2
    }

    /// The two factors of step `number` that the loop over the parameters needs.
    #[allow(clippy::cast_precision_loss)] // steps are far fewer than 2^53
    fn update(&self, number: u64, factor: f64) -> Update {
        let correction = |beta: f64| 1.0 - libm::pow(beta, number as f64);
        let rate = self.learning_rate * factor;
        Update {
            settings: *self,
            keep: 1.0,
            size: rate / correction(self.betas.0),
            unbias: 1.0 / libm::sqrt(correction(self.betas.1)),
        }
    }
}

impl<T: Scalar> Optimizer<T> for Adam {
    fn slots(&self) -> usize {
        self.slots()
    }
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }
    fn update(&self, step: Step<'_, T>) {
        let [mean, square] = step.slots.split();
        run(&self.update(step.number, step.factor), [step.params, mean, square], [step.gradient]);
    }
}

/// Adam with decoupled weight decay (I. Loshchilov, F. Hutter, "Decoupled weight decay
/// regularization", 2019; PyTorch's `torch.optim.AdamW`): as [`Adam`] without weight decay, but each
/// step begins with
///
/// ```text
/// w = (1 - learning_rate * weight_decay) * w
/// ```
///
/// Slots: as [`Adam`].
///
/// ```
/// use nn_core::optim::{AdamW, Optimizer};
/// let adam = AdamW::new(0.1).weight_decay(0.5);
/// let mut state = adam.state();
/// let mut params = [1.0f32];
/// adam.step(&mut params, &[0.0], &mut state, 1.0)?;
/// assert_eq!(params, [0.95]);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdamW {
    adam: Adam,
    weight_decay: f64,
}

impl AdamW {
    /// Betas 0.9 and 0.999, eps 1e-8 and a weight decay of 0.01. PyTorch's default learning rate is
    /// 1e-3.
    ///
    /// # Panics
    /// If the learning rate is not a finite number of 0 or more.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::AdamW::new(1e-3).slots(), 2);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(learning_rate: f64) -> Self {
        AdamW { adam: Adam::new(learning_rate), weight_decay: 0.01 }
    }

    /// As [`Adam::betas`].
    ///
    /// # Panics
    /// If one is not in 0 ≤ beta < 1.
    ///
    /// ```
    /// let adam = nn_core::optim::AdamW::new(1e-3).betas(0.9, 0.95);
    /// assert_ne!(adam, nn_core::optim::AdamW::new(1e-3));
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn betas(mut self, beta1: f64, beta2: f64) -> Self {
        self.adam = self.adam.betas(beta1, beta2);
        self
    }

    /// As [`Adam::eps`].
    ///
    /// # Panics
    /// If it is not a finite number of 0 or more.
    ///
    /// ```
    /// let adam = nn_core::optim::AdamW::new(1e-3).eps(1e-6);
    /// assert_ne!(adam, nn_core::optim::AdamW::new(1e-3));
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn eps(mut self, eps: f64) -> Self {
        self.adam = self.adam.eps(eps);
        self
    }

    /// The part of each parameter that a step takes away, divided by the learning rate; 0.01 by
    /// default.
    ///
    /// # Panics
    /// If it is not a finite number of 0 or more.
    ///
    /// ```
    /// let adam = nn_core::optim::AdamW::new(1e-3).weight_decay(0.1);
    /// assert_ne!(adam, nn_core::optim::AdamW::new(1e-3));
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn weight_decay(mut self, weight_decay: f64) -> Self {
        super::check_decay(weight_decay);
        self.weight_decay = weight_decay;
        self
    }

    /// How many copies of the parameters are remembered: 2.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::AdamW::new(1e-3).slots(), 2);
    /// ```
    #[must_use]
    pub const fn slots(&self) -> usize {
        self.adam.slots()
    }
}

impl<T: Scalar> Optimizer<T> for AdamW {
    fn slots(&self) -> usize {
        self.slots()
    }
    fn learning_rate(&self) -> f64 {
        self.adam.learning_rate
    }
    fn update(&self, step: Step<'_, T>) {
        let keep = 1.0 - self.adam.learning_rate * step.factor * self.weight_decay;
        let update = Update { keep, ..self.adam.update(step.number, step.factor) };
        let [mean, square] = step.slots.split();
        run(&update, [step.params, mean, square], [step.gradient]);
    }
}

struct Update {
    settings: Adam,
    /// What decoupled weight decay leaves of a parameter.
    keep: f64,
    /// The learning rate, with the bias of `m` taken out.
    size: f64,
    /// What takes the bias out of the root of `v`.
    unbias: f64,
}

impl Loop<3, 1> for Update {
    type Output = ();
    #[inline(always)]
    fn run<T: Real>(&self, [params, mean, square]: [&mut [T]; 3], [gradient]: [&[T]; 1]) {
        let Adam { betas: (beta1, beta2), eps, weight_decay, .. } = self.settings;
        let [fresh1, keep2, fresh2] = [1.0 - beta1, beta2, 1.0 - beta2].map(T::from_f64);
        let [keep, size, unbias, eps] = [self.keep, self.size, self.unbias, eps].map(T::from_f64);
        let decay = T::from_f64(weight_decay);
        for (((w, m), v), g) in params.iter_mut().zip(mean).zip(square).zip(gradient) {
            let g = if weight_decay == 0.0 { *g } else { *g + decay * *w };
            *m += fresh1 * (g - *m);
            *v = keep2 * *v + fresh2 * g * g;
            *w = keep * *w - size * *m / (v.root() * unbias + eps);
        }
    }
}

compile_here!(Update, 3, 1);

#[cfg(test)]
mod tests {
    use super::Adam;
    use crate::kernels::instruction_set::{InstructionSet, dispatch};
    use crate::optim::loops::Work;

    #[test]
    fn the_bits_do_not_depend_on_the_instruction_set() {
        let gradient: [f32; 103] = core::array::from_fn(|at| (at as f32 * 0.37).sin());
        let update = Adam::new(0.1).weight_decay(0.01).update(3, 0.7);
        let run = |instructions| {
            let (mut params, mut mean, mut square) = (gradient.map(|g| g + 0.1), [0.3f32; 103], [0.2f32; 103]);
            dispatch(instructions, Work(&update, [&mut params[..], &mut mean, &mut square], [&gradient[..]]));
            [params, mean, square].map(|values| values.map(f32::to_bits))
        };
        assert_eq!(run(InstructionSet::baseline()), run(InstructionSet::detect()));
    }

    #[test]
    #[should_panic(expected = "0 ≤ beta2 < 1")]
    fn refuses_a_beta_of_one() {
        let _ = Adam::new(0.1).betas(0.9, 1.0);
    }

    #[test]
    #[should_panic(expected = "eps must be a finite number of 0 or more")]
    fn refuses_a_negative_eps() {
        let _ = Adam::new(0.1).eps(-1.0);
    }
}
