//! The norms of each layer over a training.

use std::ops::Range;

use crate::description::Parameter;
use crate::error::Error;
use crate::networks::{Compiled, Network};
use crate::tensors::loops::{Loop, Real, compile_here, run};
use crate::tensors::{Plain, plain};
use crate::training::optim::norm;

use super::BatchEvent;
use super::curve::{Curve, Quantity};

/// The norms of the weights, the gradient and the updates of each layer, over the steps of a training, and those of
/// activations, if they are asked for.
///
/// They show whether a gradient vanishes or explodes on its way through the layers, and whether the learning rate fits: an
/// update is usually about a thousandth of the weights. A batch callback records them. All memory is allocated before the
/// first step: a curve has at most 512 points, and a longer training has points that are means over more steps.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() -> Result<(), nn_core::Error> {
/// # use nn_core::{Session, optim::Sgd, train::Trainer};
/// use nn_core::train::{Norms, Quantity};
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
/// let mut session = Session::<Line>::from_seed(0);
/// let mut norms = Norms::new(&*session.network);
/// let trainer = Trainer::new(Sgd::new(0.1)).batch(16).epochs(20).quiet();
/// trainer.batch_callback(|event| norms.record(event)).fit(&mut session, &points(64), None)?;
///
/// let (layer, gradient) = norms.curves(Quantity::Gradient).next().unwrap();
/// assert_eq!((layer, gradient.len()), ("fc", 80));
/// assert!(gradient[79] < gradient[0]);
/// println!("{norms}");
/// # Ok(()) }
/// ```
pub struct Norms<N: Compiled> {
    curves: Vec<Curve>,
    /// The places of each layer's parameters, of which each has three curves.
    layers: Vec<Vec<Range<usize>>>,
    probe: Option<Probe<N>>,
    /// The parameters before the next step.
    before: Box<N::Params>,
    update: Box<N::Params>,
    /// How many steps a point is the mean of, and how many there are for the next point.
    every: u64,
    waiting: u64,
}

/// The samples whose activations are measured.
struct Probe<N: Compiled> {
    inputs: Vec<N::Input>,
    outputs: Box<[N::Output]>,
    workspace: Box<[N::Scratch]>,
    values: Vec<Values<N>>,
}

/// Where the activations of a layer are in an output.
type Values<N> = for<'o> fn(&'o <N as Compiled>::Output) -> &'o [<N as Compiled>::Scalar];

impl<N: Compiled> Norms<N> {
    /// Norms of a network that is about to be trained. It allocates all memory, which is twice that of the parameters, and
    /// 12 KiB for each layer.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// use nn_core::{prelude::*, train::{Norms, Quantity}};
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let norms = Norms::new(&*Line::init(1));
    /// assert_eq!(norms.curves(Quantity::Weights).count(), 1);
    /// # }
    /// ```
    #[must_use]
    pub fn new(network: &N) -> Self {
        let (mut names, mut layers) = (Vec::new(), Vec::<Vec<_>>::new());
        for parameter in N::PARAMETERS {
            let name = layer_of(parameter);
            match names.iter().position(|known| *known == name) {
                Some(at) => layers[at].push(parameter.range()),
                None => {
                    names.push(name);
                    layers.push(Vec::from([parameter.range()]));
                }
            }
        }
        let of = |name| [Quantity::Weights, Quantity::Gradient, Quantity::Update].map(|what| Curve::new(name, what));
        let mut before = plain::zeroed_box();
        plain::copy(&mut *before, network.params());
        Norms {
            curves: names.into_iter().flat_map(of).collect(),
            layers,
            probe: None,
            before,
            update: plain::zeroed_box(),
            every: 1,
            waiting: 0,
        }
    }

    /// Measures activations too: some values of the output, by the name under which they are shown, for the same samples
    /// after each step, as in prediction. A network gives what is to be measured as an output.
    ///
    /// # Errors
    /// - [`Error::Empty`] if there are no samples;
    /// - [`Error::Class`] if an index in a sample is out of range.
    ///
    /// ```
    /// use nn_core::prelude::*;
    /// use nn_core::train::{Norms, Quantity};
    ///
    /// network! {
    ///     struct Net { hidden: Linear(2 => 8), out: Linear(8 => 1) }
    ///     fn forward(x: [2]) -> (y: [1], h: [8]) {
    ///         let h = hidden(x).tanh();
    ///         (out(h), h)
    ///     }
    ///     loss(t: [1]) = mse(y, t);
    /// }
    ///
    /// let data = Dataset::from_iter([(Tensor::from([1.0, 2.0]), Tensor::from([3.0]))]);
    /// let mut session = Net::session(1);
    /// let mut norms = Norms::new(&*session.network).activations(data.inputs(), [("hidden", |output| output.h.as_slice())])?;
    /// Trainer::new(Sgd::new(0.1)).epochs(3).quiet().batch_callback(|event| norms.record(event)).fit(&mut session, &data, None)?;
    /// assert_eq!(norms.curves(Quantity::Activations).next().unwrap().1.len(), 3);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn activations<const COUNT: usize>(
        mut self,
        inputs: &[N::Input],
        values: [(&'static str, Values<N>); COUNT],
    ) -> Result<Self, Error> {
        if inputs.is_empty() {
            return Err(Error::Empty { what: "activations" });
        }
        for (sample, input) in inputs.iter().enumerate() {
            N::check_input(input, sample)?;
        }
        self.curves.retain(|curve| curve.quantity != Quantity::Activations);
        self.curves.extend(values.iter().map(|(name, _)| Curve::new(name, Quantity::Activations)));
        self.probe = Some(Probe {
            inputs: inputs.to_vec(),
            outputs: plain::zeroed_slice(inputs.len()),
            workspace: plain::zeroed_slice(N::TILE.min(inputs.len())),
            values: values.map(|(_, values)| values).into(),
        });
        Ok(self)
    }

    /// Records the norms after a step of a [`Trainer`](super::Trainer), from its batch callback. It allocates nothing.
    pub fn record(&mut self, event: &BatchEvent<'_, N>) {
        self.add(event.network, event.gradient);
    }

    /// Records the norms after a step of a loop of one's own: those of the network as it is now, and of the gradient that the
    /// step has used.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// use nn_core::train::{Norms, Quantity};
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let (mut session, data) = (Line::session(1), points(20));
    /// let mut norms = Norms::new(&*session.network);
    /// let mut steps = session.steps(Sgd::new(0.1), 20);
    /// steps.step(data.inputs(), data.targets())?;
    /// norms.add(&steps.session.network, &steps.gradient);
    /// let last = |quantity| norms.last(quantity).next().unwrap().1;
    /// let update = last(Quantity::Update) * last(Quantity::Weights);
    /// assert!((update - 0.1 * last(Quantity::Gradient)).abs() < 1e-6);
    /// # Ok(()) }
    /// ```
    pub fn add(&mut self, network: &N, gradient: &N::Params) {
        plain::copy(&mut *self.update, network.params());
        run(&Subtract, [self.update.flat_mut()], [self.before.flat()]);
        plain::copy(&mut *self.before, network.params());
        let (weights, gradient, update) = (self.before.flat(), gradient.flat(), self.update.flat());
        let (layers, rest) = self.curves.split_at_mut(3 * self.layers.len());
        for (curves, places) in layers.as_chunks_mut().0.iter_mut().zip(&self.layers) {
            let [weights, gradient, update] = [weights, gradient, update].map(|all| norm_of(all, places));
            let part = if update == 0.0 { 0.0 } else { update / weights };
            let [curve, by_weights, updates]: &mut [Curve; 3] = curves;
            curve.add(weights);
            by_weights.add(gradient);
            updates.add(part);
        }
        if let Some(probe) = &mut self.probe {
            probe.measure(network, rest);
        }
        self.finish_step();
    }

    fn finish_step(&mut self) {
        self.waiting += 1;
        if self.waiting < self.every {
            return;
        }
        let steps = std::mem::take(&mut self.waiting);
        self.curves.iter_mut().for_each(|curve| curve.finish_point(steps));
        if self.curves.iter().any(Curve::is_full) {
            self.curves.iter_mut().for_each(Curve::halve);
            self.every *= 2;
        }
    }

    /// The points of each layer, in the order of the network. A point is the mean over [`every`](Norms::every) steps.
    pub fn curves(&self, quantity: Quantity) -> impl Iterator<Item = (&'static str, &[f64])> {
        self.of(quantity).map(|curve| (curve.name, curve.points()))
    }

    /// The values of the last step for each layer, in the order of the network; 0 before the first one.
    pub fn last(&self, quantity: Quantity) -> impl Iterator<Item = (&'static str, f64)> {
        self.of(quantity).map(|curve| (curve.name, curve.last()))
    }

    fn of(&self, quantity: Quantity) -> impl Iterator<Item = &Curve> {
        self.curves.iter().filter(move |curve| curve.quantity == quantity)
    }

    /// How many steps a point is the mean of: 1, and twice as many whenever 512 points are full.
    #[must_use]
    pub fn every(&self) -> u64 {
        self.every
    }
}

impl<N: Compiled> Probe<N> {
    /// The mean norm over the samples.
    fn measure(&mut self, network: &N, curves: &mut [Curve]) {
        let Probe { inputs, outputs, workspace, values } = self;
        // the samples are checked, and the lengths are equal
        let predicted = network.forward_batch(inputs, workspace, outputs);
        debug_assert!(predicted.is_ok(), "{predicted:?}");
        for (curve, values) in curves.iter_mut().zip(values) {
            let sum: f64 = outputs.iter().map(|output| norm(values(output))).sum();
            #[allow(clippy::cast_precision_loss)] // samples are few
            curve.add(sum / outputs.len() as f64);
        }
    }
}

/// As a table of the last step.
impl<N: Compiled> std::fmt::Display for Norms<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let width = self.curves.iter().map(|curve| curve.name.chars().count()).fold(14, usize::max);
        write!(f, "{:width$} {:>11} {:>11} {:>11}", "layer", "weights", "gradient", "update")?;
        let all = self.last(Quantity::Weights).zip(self.last(Quantity::Gradient)).zip(self.last(Quantity::Update));
        for (((name, weights), (_, gradient)), (_, update)) in all {
            write!(f, "\n{name:width$} {weights:>11.3e} {gradient:>11.3e} {update:>11.3e}")?;
        }
        for (at, (name, value)) in self.last(Quantity::Activations).enumerate() {
            let title = if at == 0 { "\nactivations" } else { "" };
            write!(f, "{title}\n{name:width$} {value:>11.3e}")?;
        }
        Ok(())
    }
}

/// The path of the layer that a parameter belongs to; one that belongs to none is by itself.
fn layer_of(parameter: &Parameter) -> &'static str {
    parameter.name.rsplit_once('.').map_or(parameter.name, |(layer, _)| layer)
}

/// The norm of several parts of a flat view.
fn norm_of<T: crate::Scalar>(all: &[T], places: &[Range<usize>]) -> f64 {
    let squares = places.iter().map(|place| norm(&all[place.clone()])).map(|norm| norm * norm);
    libm::sqrt(squares.sum())
}

struct Subtract;

impl Loop<1, 1> for Subtract {
    type Output = ();
    #[inline(always)]
    fn run<T: Real>(&self, [from]: [&mut [T]; 1], [what]: [&[T]; 1]) {
        for (from, what) in from.iter_mut().zip(what) {
            *from -= *what;
        }
    }
}

compile_here!(Subtract, 1, 1);
