//! The state of an optimiser.

use crate::tensors::{Plain, plain};

/// The memory of an optimiser from step to step: the number of steps, and as many copies of the parameters (its slots)
/// as its formula needs.
///
/// With an allocator [`Optimizer::state`](crate::optim::Optimizer::state) makes one on the heap. Without an allocator
/// it lives in a `static`:
///
/// ```
/// use nn_core::Tensor;
/// use nn_core::optim::{Adam, Optimizer, State};
/// use nn_core::typenum::U4;
/// use std::sync::Mutex;
///
/// const ADAM: Adam = Adam::new(0.1);
/// static STATE: Mutex<State<[Tensor<(U4,)>; ADAM.slots()]>> = Mutex::new(State::zeroed());
///
/// let mut params = Tensor::filled(1.0);
/// let mut state = STATE.lock().unwrap();
/// ADAM.step(&mut params, &Tensor::filled(0.5), &mut state, 1.0)?;
/// assert_eq!(state.steps(), 1);
/// assert!((params[[0]] - 0.9f32).abs() < 1e-6);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct State<M> {
    steps: u64,
    moments: M,
}

impl<P: Plain, const SLOTS: usize> State<[P; SLOTS]> {
    /// The state before the first step, usable in a `static`.
    ///
    /// ```
    /// use nn_core::optim::{Sgd, State};
    /// const SGD: Sgd = Sgd::new(0.1).momentum(0.9);
    /// let state: State<[[f32; 8]; SGD.slots()]> = State::zeroed();
    /// assert_eq!(state.steps(), 0);
    /// ```
    #[must_use]
    pub const fn zeroed() -> Self {
        State { steps: 0, moments: plain::zeroed() }
    }
}

#[cfg(feature = "alloc")]
impl<P: Plain> State<alloc::boxed::Box<[P]>> {
    /// The state before the first step, with `slots` copies of the parameters on the heap.
    pub(crate) fn boxed(slots: usize) -> Self {
        State { steps: 0, moments: plain::zeroed_slice(slots) }
    }
}

impl<M> State<M> {
    /// The state of a run after `steps` steps, with the moments that it had then, to resume the run.
    ///
    /// ```
    /// use nn_core::optim::State;
    /// let state = State::new(1000, [[0.25f32; 8]; 2]);
    /// assert_eq!(state.steps(), 1000);
    /// ```
    #[must_use]
    pub const fn new(steps: u64, moments: M) -> Self {
        State { steps, moments }
    }

    /// The number of steps taken.
    ///
    /// ```
    /// use nn_core::optim::State;
    /// assert_eq!(State::<[[f32; 8]; 2]>::zeroed().steps(), 0);
    /// ```
    #[must_use]
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// The copies of the parameters, in the order of the slots in the documentation of the optimiser.
    ///
    /// ```
    /// use nn_core::optim::{Adam, Optimizer};
    /// let adam = Adam::new(0.1);
    /// let mut state = adam.state::<[f32; 2]>();
    /// adam.step(&mut [1.0, 1.0], &[1.0, 2.0], &mut state, 1.0)?;
    /// assert!((state.moments()[0][1] - 0.2).abs() < 1e-6); // (1 - 0.9) * 2
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    #[must_use]
    pub const fn moments(&self) -> &M {
        &self.moments
    }

    /// Counts a step. Returns its number, and the moments.
    pub(crate) fn begin(&mut self) -> (u64, &mut M) {
        self.steps += 1;
        (self.steps, &mut self.moments)
    }
}
