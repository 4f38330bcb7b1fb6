//! The interface of optimisers.

use core::fmt;
use core::ops::Range;

use super::{State, checks};
use crate::error::Error;
use crate::tensors::{Plain, Scalar, plain};

/// A rule that improves parameters by their gradient.
///
/// Implement [`slots`](Optimizer::slots), [`learning_rate`](Optimizer::learning_rate) and
/// [`update`](Optimizer::update) for a rule of your own:
///
/// ```
/// use nn_core::Scalar;
/// use nn_core::optim::{Optimizer, Step};
///
/// /// Steps of one size by the sign of the gradient.
/// struct SignSgd(f64);
///
/// impl<T: Scalar> Optimizer<T> for SignSgd {
///     fn slots(&self) -> usize { 0 }
///     fn learning_rate(&self) -> f64 { self.0 }
///     fn update(&self, step: Step<'_, T>) {
///         let rate = T::from_f64(self.0 * step.factor);
///         for (w, g) in step.params.iter_mut().zip(step.gradient) {
///             *w -= rate * g.sign();
///         }
///     }
/// }
///
/// let mut params = [1.0f32, 2.0];
/// SignSgd(0.5).step(&mut params, &[-3.0, 0.1], &mut SignSgd(0.5).state(), 1.0)?;
/// assert_eq!(params, [1.5, 1.5]);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an optimiser",
    label = "expected an optimiser such as `Adam::new(1e-3)`"
)]
pub trait Optimizer<T: Scalar> {
    /// The number of slots: the copies of the parameters that the rule remembers.
    fn slots(&self) -> usize;

    /// The learning rate, before any schedule.
    fn learning_rate(&self) -> f64;

    /// Applies the rule once. [`step`](Optimizer::step) calls it after it has checked the settings and the lengths.
    fn update(&self, step: Step<'_, T>);

    /// Checks the settings. [`step`](Optimizer::step) and [`fit`](crate::train::Trainer::fit) call it first.
    ///
    /// # Errors
    /// [`Error::Setting`] if the learning rate is not a finite number of 0 or more, or another setting is not what
    /// the method that sets it asks for.
    ///
    /// ```
    /// use nn_core::optim::{Adam, Optimizer};
    /// let error = Optimizer::<f32>::check(&Adam::new(-0.1)).unwrap_err();
    /// assert_eq!(error.to_string(), "`learning_rate` must be a finite number of 0 or more");
    /// ```
    fn check(&self) -> Result<(), Error> {
        checks::not_negative([("learning_rate", self.learning_rate())])
    }

    /// Writes the name and all settings, as `{:?}` does: a checkpoint goes on with the optimiser that has the same. Without
    /// this method it is the name of the type.
    ///
    /// ```
    /// use nn_core::optim::{Optimizer, Sgd};
    /// struct Text(Sgd);
    /// impl std::fmt::Display for Text {
    ///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    ///         Optimizer::<f32>::describe(&self.0, f)
    ///     }
    /// }
    /// assert!(Text(Sgd::new(0.5)).to_string().starts_with("Sgd { learning_rate: 0.5, "));
    /// ```
    fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(core::any::type_name::<Self>())
    }

    /// Improves `params` by one step. It allocates nothing.
    ///
    /// `factor`, of 0 or more, multiplies the learning rate: 1, or the factor of a
    /// [`Schedule`](crate::schedule::Schedule).
    ///
    /// # Errors
    /// Those of [`check`](Optimizer::check); [`Error::Length`] if the state was made for an optimiser with another
    /// number of slots. Nothing has changed then.
    ///
    /// ```
    /// use nn_core::optim::{Optimizer, Sgd};
    /// let sgd = Sgd::new(0.1);
    /// let mut params = [1.0f32, 2.0];
    /// sgd.step(&mut params, &[1.0, -1.0], &mut sgd.state(), 1.0)?;
    /// assert_eq!(params, [0.9, 2.1]);
    /// assert!(sgd.momentum(0.9).step(&mut params, &[1.0, -1.0], &mut sgd.state(), 1.0).is_err());
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    fn step<P, M>(&self, params: &mut P, gradient: &P, state: &mut State<M>, factor: f64) -> Result<(), Error>
    where
        P: Plain<Element = T>,
        M: AsRef<[P]> + AsMut<[P]>,
        Self: Sized,
    {
        self.check()?;
        let (expected, found) = (self.slots(), state.moments().as_ref().len());
        if expected != found {
            return Err(Error::Length { what: "slots in the optimiser's state", expected, found });
        }
        let (number, moments) = state.begin();
        let slots = Slots { elements: plain::flatten_mut(moments.as_mut()), len: P::LEN, part: 0..P::LEN };
        self.update(Step { number, factor, params: params.flat_mut(), gradient: gradient.flat(), slots });
        Ok(())
    }

    /// A state on the heap for parameters of type `P`, before the first step.
    ///
    /// ```
    /// use nn_core::optim::{Adam, Optimizer};
    /// let state = Adam::new(1e-3).state::<[f32; 100]>();
    /// assert_eq!(state.moments().len(), 2);
    /// ```
    #[cfg(feature = "alloc")]
    fn state<P: Plain<Element = T>>(&self) -> State<alloc::boxed::Box<[P]>>
    where
        Self: Sized,
    {
        State::boxed(self.slots())
    }
}

/// One step of an optimiser: the argument of its [`update`](Optimizer::update). All slices have one length.
///
/// See [`Optimizer`] for an example.
#[derive(Debug)]
#[non_exhaustive]
pub struct Step<'a, T> {
    /// The number of this step, from 1.
    pub number: u64,
    /// The factor of the learning rate.
    pub factor: f64,
    /// The parameters.
    pub params: &'a mut [T],
    /// Their gradient.
    pub gradient: &'a [T],
    /// The memory for each parameter.
    pub slots: Slots<'a, T>,
}

impl<T> Step<'_, T> {
    /// The same step for some of the parameters.
    pub(super) fn part(&mut self, part: Range<usize>) -> Step<'_, T> {
        Step {
            number: self.number,
            factor: self.factor,
            params: &mut self.params[part.clone()],
            gradient: &self.gradient[part.clone()],
            slots: Slots { elements: &mut *self.slots.elements, len: self.slots.len, part },
        }
    }
}

/// The memory of an optimiser during a step: slices that are as long as the parameters.
#[derive(Debug)]
pub struct Slots<'a, T> {
    elements: &'a mut [T],
    /// The length of a slot, and the part of it that this step changes.
    len: usize,
    part: Range<usize>,
}

impl<'a, T> Slots<'a, T> {
    /// The first `N` slots. They are zero before the first step.
    ///
    /// # Panics
    /// If the optimiser has fewer [`slots`](Optimizer::slots) than `N`.
    ///
    /// ```
    /// use nn_core::Scalar;
    /// use nn_core::optim::{Optimizer, Step};
    ///
    /// /// Moves by the sum of all gradients so far.
    /// struct Integrate;
    ///
    /// impl<T: Scalar> Optimizer<T> for Integrate {
    ///     fn slots(&self) -> usize { 1 }
    ///     fn learning_rate(&self) -> f64 { 1.0 }
    ///     fn update(&self, step: Step<'_, T>) {
    ///         let [sum] = step.slots.split();
    ///         for ((w, g), s) in step.params.iter_mut().zip(step.gradient).zip(sum) {
    ///             *s += *g;
    ///             *w -= *s;
    ///         }
    ///     }
    /// }
    ///
    /// let (mut params, mut state) = ([10.0f32], Integrate.state());
    /// Integrate.step(&mut params, &[1.0], &mut state, 1.0)?;
    /// Integrate.step(&mut params, &[1.0], &mut state, 1.0)?;
    /// assert_eq!(params, [7.0]);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    #[must_use]
    pub fn split<const N: usize>(mut self) -> [&'a mut [T]; N] {
        core::array::from_fn(|_| self.next())
    }

    /// The next slot.
    pub(super) fn next(&mut self) -> &'a mut [T] {
        let (slot, after) = core::mem::take(&mut self.elements).split_at_mut(self.len);
        self.elements = after;
        &mut slot[self.part.clone()]
    }
}
