//! A network together with its workspace.

use alloc::boxed::Box;

use super::{Accepts, Compiled, Network, Takes, init, role};
use crate::error::Error;
use crate::tensors::plain;

/// A network, its workspace and its output, all on the heap: the easy way to predictions.
///
/// A session allocates when it is made, and never again. `Net::session(seed)` makes one of `f32`, and
/// [`Trainer::fit`](crate::train::Trainer::fit) trains it.
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net { fc: Linear(3 => 2) }
///     fn forward(x: [3]) -> [2] { fc(x).softmax() }
/// }
///
/// let mut session = Net::session(42);
/// let probabilities = session.forward(&Tensor::from([0.1, 0.2, 0.3]));
/// assert!((probabilities[[0]] + probabilities[[1]] - 1.0).abs() < 1e-6);
/// println!("{:?}", session.network.params.fc.weight);
/// ```
pub struct Session<N: Compiled> {
    /// The network.
    pub network: Box<N>,
    workspace: Box<[N::Scratch]>,
    output: Box<N::Output>,
}

impl<N: Compiled> Session<N> {
    /// A session with a network that exists already, which may be of `f64`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let single = Session::new(Line::init(1));
    /// let double = Session::new(Line::<f64>::init_as(1));
    /// assert_eq!(single.network.flat_params()[0], double.network.flat_params()[0] as f32);
    /// # }
    /// ```
    #[must_use]
    pub fn new(network: Box<N>) -> Self {
        Session { network, workspace: plain::zeroed_slice(N::TILE), output: plain::zeroed_box() }
    }

    /// A session with a network whose parameters are drawn from a seed: `Net::session(seed)`, for any network.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let (a, b) = (Session::<Line>::from_seed(1), Line::session(1));
    /// assert_eq!(a.network.flat_params(), b.network.flat_params());
    /// # }
    /// ```
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        Self::new(init(seed))
    }

    /// Predicts one sample. The output belongs to the session, until the next prediction: `*` in front copies it.
    ///
    /// # Panics
    /// If an index in the input is out of range.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut session = Line::session(1);
    /// session.network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// assert_eq!(session.forward(&Tensor::from([1.0, 1.0]))[[0]], 1.5);
    /// # }
    /// ```
    pub fn forward<X>(&mut self, input: X) -> &N::Output
    where
        N: Accepts<X, Own = N::Input>,
    {
        self.network.forward(N::accept(&input), &mut self.workspace[..1], &mut *self.output);
        &self.output
    }

    /// Predicts a slice of samples of any length. It is faster than one sample after the other, and gives the same
    /// bits.
    ///
    /// # Errors
    /// [`Error::Length`] if there are not as many outputs as inputs, [`Error::Class`] if an index in an
    /// input is out of range.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut session = Line::session(1);
    /// let inputs = vec![Tensor::from([1.0, 1.0]); 1000];
    /// let mut outputs = vec![Tensor::zeros(); 1000];
    /// session.forward_batch(&inputs, &mut outputs)?;
    /// assert_eq!(&outputs[999], session.forward(&inputs[999]));
    /// # Ok(()) }
    /// ```
    pub fn forward_batch<X, O>(&mut self, inputs: &[X], outputs: &mut [O]) -> Result<(), Error>
    where
        N: Takes<role::Input, X, Own = N::Input> + Takes<role::Output, O, Own = N::Output>,
    {
        self.network.forward_batch(inputs, &mut self.workspace, outputs)
    }
}

/// A session with a copy of the network, made on the heap.
impl<N: Compiled> Clone for Session<N> {
    fn clone(&self) -> Self {
        Self::new(plain::boxed(&*self.network))
    }
}
