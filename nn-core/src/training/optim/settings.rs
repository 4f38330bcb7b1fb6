//! Settings that several optimisers share, with their documentation.

/// `betas(beta1, beta2)` of an optimiser with two running means.
macro_rules! betas {
    ($optimizer:ident, $what:literal) => {
        impl $optimizer {
            #[doc = concat!("The decay rates of ", $what, "; 0.9 and 0.999 by default.")]
            ///
            /// Both are in 0 ≤ beta < 1; the first step refuses any other.
            ///
            /// ```
            #[doc = concat!("use nn_core::optim::", stringify!($optimizer), ";")]
            #[doc = concat!("let optimizer = ", stringify!($optimizer), "::new(1e-3).betas(0.5, 0.99);")]
            #[doc = concat!("assert_ne!(optimizer, ", stringify!($optimizer), "::new(1e-3));")]
            /// ```
            #[must_use]
            pub const fn betas(mut self, beta1: f64, beta2: f64) -> Self {
                self.betas = (beta1, beta2);
                self
            }
        }
    };
}

/// `eps(eps)`.
macro_rules! eps {
    ($optimizer:ident, $default:literal) => {
        impl $optimizer {
            #[doc = concat!("The number that keeps denominators away from 0; ", $default, " by default.")]
            ///
            /// A finite number of 0 or more; the first step refuses any other.
            ///
            /// ```
            #[doc = concat!("use nn_core::optim::", stringify!($optimizer), ";")]
            #[doc = concat!("let optimizer = ", stringify!($optimizer), "::new(1e-3).eps(1e-5);")]
            #[doc = concat!("assert_ne!(optimizer, ", stringify!($optimizer), "::new(1e-3));")]
            /// ```
            #[must_use]
            pub const fn eps(mut self, eps: f64) -> Self {
                self.eps = eps;
                self
            }
        }
    };
}

/// `momentum(momentum)`.
macro_rules! momentum {
    ($optimizer:ident, $slots:literal) => {
        impl $optimizer {
            /// The part of the last step that the next one repeats; 0 by default, usually 0.9.
            ///
            /// A finite number of 0 or more; the first step refuses any other.
            ///
            /// ```
            #[doc = concat!("let optimizer = nn_core::optim::", stringify!($optimizer), "::new(0.1).momentum(0.9);")]
            #[doc = concat!("assert_eq!(optimizer.slots(), ", $slots, ");")]
            /// ```
            #[must_use]
            pub const fn momentum(mut self, momentum: f64) -> Self {
                self.momentum = momentum;
                self
            }
        }
    };
}

/// `weight_decay(weight_decay)`, as a part of the gradient.
macro_rules! weight_decay {
    ($optimizer:ident) => {
        impl $optimizer {
            /// Adds `weight_decay * w` to the gradient; 0 by default.
            ///
            /// A finite number of 0 or more; the first step refuses any other.
            ///
            /// ```
            #[doc = concat!("use nn_core::optim::", stringify!($optimizer), ";")]
            #[doc = concat!("let optimizer = ", stringify!($optimizer), "::new(1e-3).weight_decay(1e-4);")]
            #[doc = concat!("assert_ne!(optimizer, ", stringify!($optimizer), "::new(1e-3));")]
            /// ```
            #[must_use]
            pub const fn weight_decay(mut self, weight_decay: f64) -> Self {
                self.weight_decay = weight_decay;
                self
            }
        }
    };
}

/// `decoupled_weight_decay(decoupled)`, of an optimiser that has both kinds of weight decay.
macro_rules! decoupled_weight_decay {
    ($optimizer:ident) => {
        impl $optimizer {
            /// Applies the weight decay to the parameters, as [`AdamW`](crate::optim::AdamW) does, not to the gradient;
            /// false by default.
            ///
            /// ```
            #[doc = concat!("use nn_core::optim::{Optimizer, ", stringify!($optimizer), "};")]
            #[doc = concat!("let optimizer = ", stringify!($optimizer), "::new(0.1);")]
            /// let optimizer = optimizer.weight_decay(0.5).decoupled_weight_decay(true);
            /// let mut params = [1.0f32];
            /// optimizer.step(&mut params, &[0.0], &mut optimizer.state(), 1.0)?;
            /// assert_eq!(params, [0.95]);
            /// # Ok::<(), nn_core::Error>(())
            /// ```
            #[must_use]
            pub const fn decoupled_weight_decay(mut self, decoupled: bool) -> Self {
                self.decoupled_weight_decay = decoupled;
                self
            }

            /// The weight decay that is added to the gradient, and the part of a parameter that is kept, at a rate.
            const fn decay(&self, rate: f64) -> (f64, f64) {
                if self.decoupled_weight_decay {
                    (0.0, 1.0 - rate * self.weight_decay)
                } else {
                    (self.weight_decay, 1.0)
                }
            }
        }
    };
}

/// The methods of [`Optimizer`](crate::optim::Optimizer) that are the same for all optimisers here.
macro_rules! answers {
    () => {
        fn slots(&self) -> usize {
            self.slots()
        }
        fn learning_rate(&self) -> f64 {
            self.learning_rate
        }
        fn describe(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            core::fmt::Debug::fmt(self, f)
        }
    };
}

/// Refuses settings that are not finite numbers of 0 or more: `not_negative!(self.[learning_rate, eps])?`.
macro_rules! not_negative {
    ($optimizer:ident.[$($setting:ident),+]) => {
        $crate::training::optim::checks::not_negative([$((stringify!($setting), $optimizer.$setting)),+])
    };
}

pub(crate) use {answers, betas, decoupled_weight_decay, eps, momentum, not_negative, weight_decay};
