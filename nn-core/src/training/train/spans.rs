//! Training on long sequences in spans: what a span leaves is what the next one begins with.

use super::Steps;
use crate::error::{Error, same_length};
use crate::networks::{Session, Takes, Train, role};
use crate::tensors::plain;
use crate::tensors::sample;
use crate::training::optim::Optimizer;

/// Steps on the spans of long sequences, with the states of recurrent layers handed on from one span to the next and no
/// gradient between them: truncated backpropagation through time. [`Session::spans`] makes it.
///
/// The states are inputs and outputs of the network. A function says which output of a span is which input of the next; both
/// are those of the network, so that no state of another gets in. The states are those of a prediction with the parameters in
/// front of the step: the forward pass is taken once more for them, without dropout.
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net { gru: GRU(1 => 8), fc: Linear(8 => 1) }
///     fn forward(x: [10, 1], h0: [8]) -> (y: [10, 1], h: [8]) {
///         let (states, h) = gru(x, h0);
///         (fc(states), h)
///     }
///     loss(t: [10, 1]) = mse(y, t);
/// }
///
/// let wave = |t: usize| (t as f32 / 5.0).sin();
/// let span = |begin: usize| {
///     let rows = |from: usize| Tensor::from(core::array::from_fn::<_, 10, _>(|t| [wave(from + t)]));
///     (NetInput { x: rows(begin), h0: Tensor::zeros() }, rows(begin + 1))
/// };
///
/// let mut session = Net::session(1);
/// let mut spans = session.spans(Adam::new(0.01), 1, |next, last| next.h0 = last.h);
/// for pass in 0..20 {
///     spans.reset(); // a sequence begins
///     for begin in (0..100).step_by(10) {
///         let (input, target) = span(begin);
///         let loss = spans.step(&[input], &[target])?;
///         assert!(loss.is_finite());
///     }
/// }
/// # Ok::<(), nn_core::Error>(())
/// ```
pub struct Spans<'s, N: Train, O, F> {
    /// The steps, with the gradient, the factor of the learning rate and the session.
    pub steps: Steps<'s, N, O>,
    hand_on: F,
    /// The inputs with the states that they begin with.
    inputs: Box<[N::Input]>,
    /// What the last spans have left.
    last: Box<[N::Output]>,
    /// The number of sequences whose first span has been.
    begun: usize,
}

impl<N: Train> Session<N> {
    /// Begins a training on spans of at most `batch` sequences at a time. `hand_on` sets the states of the next span's input to
    /// those that the last one has left. It allocates all memory; the steps allocate nothing.
    ///
    /// ```
    /// use nn_core::prelude::*;
    ///
    /// network! {
    ///     struct Net { rnn: RNN(2 => 4) }
    ///     fn forward(x: [3, 2], h0: [4]) -> (y: [3, 4], h: [4]) { rnn(x, h0) }
    ///     loss(t: [3, 4]) = mse(y, t);
    /// }
    ///
    /// let mut session = Net::session(1);
    /// let mut spans = session.spans(Sgd::new(0.1), 1, |next, last| next.h0 = last.h);
    /// let input = NetInput { x: Tensor::filled(0.5), h0: Tensor::zeros() };
    /// spans.step(&[input.clone()], &[Tensor::zeros()])?;
    /// spans.step(&[input], &[Tensor::zeros()])?; // it begins with the state behind the first span
    /// assert_eq!(spans.steps.taken(), 2);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    ///
    /// A state of another shape, or of another network, is refused by the compiler:
    ///
    /// ```compile_fail
    /// use nn_core::prelude::*;
    ///
    /// network! {
    ///     struct Net { rnn: RNN(2 => 4) }
    ///     fn forward(x: [3, 2], h0: [4]) -> (y: [3, 4], h: [4]) { rnn(x, h0) }
    ///     loss(t: [3, 4]) = mse(y, t);
    /// }
    ///
    /// let mut session = Net::session(1);
    /// session.spans(Sgd::new(0.1), 1, |next, last| next.h0 = last.y);
    /// ```
    pub fn spans<O: Optimizer<N::Scalar>, F: FnMut(&mut N::Input, &N::Output)>(
        &mut self,
        optimizer: O,
        batch: usize,
        hand_on: F,
    ) -> Spans<'_, N, O, F> {
        Spans {
            steps: self.steps(optimizer, batch),
            hand_on,
            inputs: sample::zeroed(batch.max(1)).into_boxed_slice(),
            last: plain::zeroed_slice(batch.max(1)),
            begun: 0,
        }
    }
}

impl<N: Train, O: Optimizer<N::Scalar>, F: FnMut(&mut N::Input, &N::Output)> Spans<'_, N, O, F> {
    /// A step on the next span of each sequence. The states in `inputs` count where sequences begin, and otherwise those that
    /// the spans before have left do. Returns the loss before the step.
    ///
    /// # Errors
    /// [`Error::Length`] if there are more sequences than in a batch, or another number than in the step before without a
    /// [`reset`](Spans::reset) between them; otherwise as those of [`Steps::step`].
    pub fn step<X, Y>(&mut self, inputs: &[X], targets: &[Y]) -> Result<N::Scalar, Error>
    where
        N: Takes<role::Input, X, Own = N::Input> + Takes<role::Target, Y, Own = N::Target>,
        N: Takes<role::Input, N::Input, Own = N::Input> + Takes<role::Output, N::Output, Own = N::Output>,
    {
        let given = <N as Takes<role::Input, X>>::own(inputs);
        let count = given.len();
        if self.begun > 0 {
            same_length("sequences in each step, up to a `reset`", self.begun, count)?;
        }
        same_length("sequences in a batch at most", count.min(self.inputs.len()), count)?;
        let (own, last) = (&mut self.inputs[..count], &mut self.last[..count]);
        for ((own, given), last) in own.iter_mut().zip(given).zip(&*last) {
            sample::copy(own, given);
            if self.begun > 0 {
                (self.hand_on)(own, last);
            }
        }
        self.steps.session.forward_batch(own, last)?;
        let loss = self.steps.step(own, targets)?;
        self.begun = count;
        Ok(loss)
    }

    /// The next spans are the first of their sequences: they begin with the states that they are given.
    ///
    /// ```
    /// use nn_core::prelude::*;
    ///
    /// network! {
    ///     struct Net { rnn: RNN(2 => 4) }
    ///     fn forward(x: [3, 2], h0: [4]) -> (y: [3, 4], h: [4]) { rnn(x, h0) }
    ///     loss(t: [3, 4]) = mse(y, t);
    /// }
    ///
    /// let mut session = Net::session(1);
    /// let mut spans = session.spans(Sgd::new(0.0), 1, |next, last| next.h0 = last.h);
    /// let input = NetInput { x: Tensor::filled(0.5), h0: Tensor::zeros() };
    /// let first = spans.step(&[input.clone()], &[Tensor::zeros()])?;
    /// assert_ne!(spans.step(&[input.clone()], &[Tensor::zeros()])?, first);
    /// spans.reset();
    /// assert_eq!(spans.step(&[input], &[Tensor::zeros()])?, first);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn reset(&mut self) {
        self.begun = 0;
    }
}
