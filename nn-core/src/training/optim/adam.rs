//! Adam, and Adam with decoupled weight decay.

use super::rule::{Rule, Running, apply, bias_correction, decayed};
use super::settings::{answers, betas, eps, not_negative, weight_decay};
use super::{Optimizer, Step, checks};
use crate::error::Error;
use crate::tensors::Scalar;
use crate::tensors::loops::{Real, compile_here};

/// The other methods that [`Adam`] and [`AdamW`] share.
macro_rules! amsgrad {
    ($optimizer:ident) => {
        impl $optimizer {
            /// Divides by the greatest mean square so far, not the current one (S. Reddi et al., "On the
            /// convergence of Adam and beyond", 2018); false by default.
            ///
            /// ```
            #[doc = concat!("let adam = nn_core::optim::", stringify!($optimizer), "::new(1e-3).amsgrad(true);")]
            /// assert_eq!(adam.slots(), 3);
            /// ```
            #[must_use]
            pub const fn amsgrad(mut self, amsgrad: bool) -> Self {
                self.amsgrad = amsgrad;
                self
            }

            /// The number of slots: 2, and 1 more with amsgrad.
            ///
            /// ```
            #[doc = concat!("assert_eq!(nn_core::optim::", stringify!($optimizer), "::new(1e-3).slots(), 2);")]
            /// ```
            #[must_use]
            pub const fn slots(&self) -> usize {
                2 + self.amsgrad as usize
            }
        }
    };
}

/// Adam (D. Kingma, J. Ba, "Adam: a method for stochastic optimization", 2015; PyTorch's
/// `torch.optim.Adam`). With t the number of the step, from 1:
///
/// ```text
/// g = gradient + weight_decay * w
/// m = m + (1 - beta1) * (g - m)
/// v = beta2 * v + (1 - beta2) * g²
/// u = v                                    or max(u, v) with amsgrad
/// w = w - learning_rate / (1 - beta1^t) * m / (sqrt(u) / sqrt(1 - beta2^t) + eps)
/// ```
///
/// Slots: `m` and `v`, then `u` with amsgrad.
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
    amsgrad: bool,
}

betas!(Adam, "the mean of the gradient and of its square");
eps!(Adam, "1e-8");
weight_decay!(Adam);
amsgrad!(Adam);

impl Adam {
    /// Adam with betas 0.9 and 0.999, eps 1e-8 and no weight decay. PyTorch's default learning rate
    /// is 1e-3. See [`AdamW`] for a weight decay that does not pass through the moments.
    ///
    /// The learning rate is a finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// const ADAM: nn_core::optim::Adam = nn_core::optim::Adam::new(1e-3);
    /// assert_eq!(ADAM.slots(), 2);
    /// ```
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        Adam { learning_rate, betas: (0.9, 0.999), eps: 1e-8, weight_decay: 0.0, amsgrad: false }
    }
}

impl<T: Scalar> Optimizer<T> for Adam {
    answers!();

    fn check(&self) -> Result<(), Error> {
        not_negative!(self.[learning_rate, eps, weight_decay])?;
        checks::betas(self.betas)
    }
    fn update(&self, step: Step<'_, T>) {
        let update = Update::new(self.learning_rate * step.factor, self.betas, self.eps, step.number);
        Update { weight_decay: self.weight_decay, ..update }.apply(self.amsgrad, step);
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
    learning_rate: f64,
    betas: (f64, f64),
    eps: f64,
    weight_decay: f64,
    amsgrad: bool,
}

betas!(AdamW, "the mean of the gradient and of its square");
eps!(AdamW, "1e-8");
amsgrad!(AdamW);

impl AdamW {
    /// AdamW with betas 0.9 and 0.999, eps 1e-8 and a weight decay of 0.01. PyTorch's default learning rate is 1e-3.
    ///
    /// The learning rate is a finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// assert_eq!(nn_core::optim::AdamW::new(1e-3).slots(), 2);
    /// ```
    #[must_use]
    pub const fn new(learning_rate: f64) -> Self {
        AdamW { learning_rate, betas: (0.9, 0.999), eps: 1e-8, weight_decay: 0.01, amsgrad: false }
    }

    /// The part of each parameter that a step subtracts, divided by the learning rate; 0.01 by default.
    ///
    /// A finite number of 0 or more; the first step refuses any other.
    ///
    /// ```
    /// let adam = nn_core::optim::AdamW::new(1e-3).weight_decay(0.1);
    /// assert_ne!(adam, nn_core::optim::AdamW::new(1e-3));
    /// ```
    #[must_use]
    pub const fn weight_decay(mut self, weight_decay: f64) -> Self {
        self.weight_decay = weight_decay;
        self
    }
}

impl<T: Scalar> Optimizer<T> for AdamW {
    answers!();

    fn check(&self) -> Result<(), Error> {
        not_negative!(self.[learning_rate, eps, weight_decay])?;
        checks::betas(self.betas)
    }
    fn update(&self, step: Step<'_, T>) {
        let rate = self.learning_rate * step.factor;
        let update = Update::new(rate, self.betas, self.eps, step.number);
        Update { keep: 1.0 - rate * self.weight_decay, ..update }.apply(self.amsgrad, step);
    }
}

struct Update {
    betas: (f64, f64),
    eps: f64,
    /// The weight decay that is added to the gradient.
    weight_decay: f64,
    /// The part of a parameter that decoupled weight decay keeps.
    keep: f64,
    /// The learning rate, with the bias correction of `m`.
    size: f64,
    /// The bias correction of the root of `v`.
    unbias: f64,
}

impl Update {
    /// A step without weight decay.
    fn new(rate: f64, betas: (f64, f64), eps: f64, number: u64) -> Self {
        let size = rate / bias_correction(betas.0, number);
        let unbias = 1.0 / libm::sqrt(bias_correction(betas.1, number));
        Update { betas, eps, weight_decay: 0.0, keep: 1.0, size, unbias }
    }

    fn apply<T: Scalar>(self, amsgrad: bool, step: Step<'_, T>) {
        if amsgrad { apply(&Amsgrad(self), step) } else { apply(&self, step) }
    }
}

/// The settings of a step: the running means, both weight decays, and the factors of the step.
#[derive(Clone, Copy)]
struct Factors<T> {
    means: [Running<T>; 2],
    decay: [T; 2],
    size: [T; 3],
}

impl<T: Real> Factors<T> {
    #[inline(always)]
    fn moments(self, [w, m, v]: [T; 3], g: T) -> [T; 2] {
        let g = decayed(self.decay[0], w, g);
        [self.means[0].mean(m, g), self.means[1].mean_square(v, g)]
    }

    #[inline(always)]
    fn moved(self, w: T, m: T, v: T) -> T {
        let [size, unbias, eps] = self.size;
        self.decay[1] * w - size * m / (v.root() * unbias + eps)
    }
}

impl Rule<3> for Update {
    type Settings<T: Real> = Factors<T>;
    #[inline(always)]
    fn settings<T: Real>(&self) -> Factors<T> {
        Factors {
            means: [Running::new(self.betas.0), Running::new(self.betas.1)],
            decay: [self.weight_decay, self.keep].map(T::from_f64),
            size: [self.size, self.unbias, self.eps].map(T::from_f64),
        }
    }
    #[inline(always)]
    fn element<T: Real>(factors: Factors<T>, [w, m, v]: [T; 3], g: T) -> [T; 3] {
        let [m, v] = factors.moments([w, m, v], g);
        [factors.moved(w, m, v), m, v]
    }
}

/// Divides by the greatest mean square so far.
struct Amsgrad(Update);

impl Rule<4> for Amsgrad {
    type Settings<T: Real> = Factors<T>;
    #[inline(always)]
    fn settings<T: Real>(&self) -> Factors<T> {
        self.0.settings()
    }
    #[inline(always)]
    fn element<T: Real>(factors: Factors<T>, [w, m, v, greatest]: [T; 4], g: T) -> [T; 4] {
        let [m, v] = factors.moments([w, m, v], g);
        let greatest = greatest.maximum(v);
        [factors.moved(w, m, greatest), m, v, greatest]
    }
}

compile_here!(Update, 3, 1);
compile_here!(Amsgrad, 4, 1);

#[cfg(test)]
mod tests {
    use super::Update;
    use crate::kernels::instruction_set::{InstructionSet, dispatch};
    use crate::tensors::loops::Work;

    #[test]
    fn the_bits_do_not_depend_on_the_instruction_set() {
        let gradient: [f32; 103] = core::array::from_fn(|at| (at as f32 * 0.37).sin());
        let update = Update { weight_decay: 0.01, ..Update::new(0.07, (0.9, 0.999), 1e-8, 3) };
        let run = |instructions| {
            let (mut params, mut mean, mut square) = (gradient.map(|g| g + 0.1), [0.3f32; 103], [0.2f32; 103]);
            dispatch(instructions, Work(&update, [&mut params[..], &mut mean, &mut square], [&gradient[..]]));
            [params, mean, square].map(|values| values.map(f32::to_bits))
        };
        for instructions in InstructionSet::available() {
            assert_eq!(run(InstructionSet::baseline()), run(instructions));
        }
    }
}
