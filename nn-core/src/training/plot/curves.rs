//! Pictures of what is measured over a training.

use plotters::prelude::*;

use super::chart::{Curve, chart};
use super::{TRAINING, VALIDATION, picture};
use crate::networks::Compiled;
use crate::training::train::{Epoch, History, Norms, Quantity};

/// The most layers that a picture names.
const NAMED: usize = 10;

/// The losses of the training set and the validation set over the epochs, as an SVG. The scale is logarithmic if all
/// losses are above 0.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() -> Result<(), nn_core::Error> {
/// # use nn_core::{Session, optim::Sgd, train::Trainer};
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
/// let mut session = Session::<Line>::from_seed(0);
/// let history = Trainer::new(Sgd::new(0.1)).quiet().fit(&mut session, &points(64), None)?;
/// assert!(nn_core::plot::losses(&history).starts_with("<svg"));
/// # Ok(()) }
/// ```
#[must_use]
pub fn losses(history: &History) -> String {
    let training = curve(history, |epoch| Some(epoch.training_loss));
    let validation = curve(history, |epoch| epoch.validation_loss);
    let curves = [("training", TRAINING, training), ("validation", VALIDATION, validation)];
    picture((640, 400), |area| chart(area, ("epoch", "loss"), &curves))
}

/// The metric of the validation set over the epochs, as an SVG. `None` if there was no metric.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() -> Result<(), nn_core::Error> {
/// # use nn_core::{Session, metrics::MeanAbsoluteError, optim::Sgd, train::Trainer};
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
/// let (data, mut session) = (points(64), Session::<Line>::from_seed(0));
/// let mut trainer = Trainer::new(Sgd::new(0.1)).metric(MeanAbsoluteError).quiet();
/// let history = trainer.fit(&mut session, &data, &data)?;
/// assert!(nn_core::plot::metric(&history).unwrap().contains("MAE"));
/// # Ok(()) }
/// ```
#[must_use]
pub fn metric(history: &History) -> Option<String> {
    let name = history.metric.as_deref()?;
    let curves = [(name, VALIDATION, curve(history, |epoch| epoch.metric))];
    Some(picture((640, 400), |area| chart(area, ("epoch", name), &curves)))
}

/// A quantity of all layers over the steps of a training, as an SVG: the first layer is dark and the last one bright. The
/// scale is logarithmic; values of 0 are left out. Of more than ten layers, ten at most are named.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() -> Result<(), nn_core::Error> {
/// # use nn_core::{Session, optim::Sgd, train::{Norms, Quantity, Trainer}};
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
/// let mut session = Session::<Line>::from_seed(0);
/// let mut norms = Norms::new(&*session.network);
/// Trainer::new(Sgd::new(0.1)).quiet().batch_callback(|event| norms.record(event)).fit(&mut session, &points(64), None)?;
/// assert!(nn_core::plot::norms(&norms, Quantity::Gradient).contains("fc"));
/// # Ok(()) }
/// ```
#[must_use]
pub fn norms<N: Compiled>(norms: &Norms<N>, quantity: Quantity) -> String {
    over_steps(norms.curves(quantity).collect(), norms.every(), &quantity.to_string())
}

/// Curves of layers, of which each point stands for `every` steps.
#[allow(clippy::cast_precision_loss)] // steps are far below 2^53
fn over_steps(layers: Vec<(&str, &[f64])>, every: u64, what: &str) -> String {
    let count = layers.len();
    let point = |(at, value): (usize, &f64)| ((at as u64 + 1) as f64 * every as f64, *value);
    let drawn = |value: &(f64, f64)| value.1 > 0.0 && value.1.is_finite();
    let apart = count.div_ceil(NAMED).max(1);
    let mut curves: Vec<Curve<'_>> = Vec::with_capacity(count);
    for (at, (name, points)) in layers.into_iter().enumerate() {
        let name = if at % apart == 0 { name } else { "" };
        curves.push((name, shade(at, count), points.iter().enumerate().map(point).filter(drawn).collect()));
    }
    picture((640, 400), |area| chart(area, ("step", what), &curves))
}

/// A colour from dark to bright (four colours of S. van der Walt, N. Smith, "viridis", 2015).
fn shade(at: usize, of: usize) -> RGBColor {
    const COLOURS: [[f64; 3]; 4] = [[68.0, 1.0, 84.0], [59.0, 82.0, 139.0], [33.0, 145.0, 140.0], [94.0, 201.0, 98.0]];
    #[allow(clippy::cast_precision_loss)] // layers are few
    let place = if of < 2 { 0.0 } else { 3.0 * at as f64 / (of - 1) as f64 };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 2
    let below = (place as usize).min(2);
    #[allow(clippy::cast_precision_loss)]
    let part = place - below as f64;
    let mix = |channel: usize| COLOURS[below][channel] * (1.0 - part) + COLOURS[below + 1][channel] * part;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 255
    let [red, green, blue] = [0, 1, 2].map(|channel| mix(channel).round() as u8);
    RGBColor(red, green, blue)
}

/// The points of a curve that can be drawn.
#[allow(clippy::cast_precision_loss)] // epochs are few
fn curve(history: &History, value: impl Fn(&Epoch) -> Option<f64>) -> Vec<(f64, f64)> {
    let point = |epoch: &Epoch| Some((epoch.number as f64, value(epoch).filter(|value| value.is_finite())?));
    history.epochs.iter().filter_map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(losses: &[(f64, Option<f64>)]) -> History {
        let epochs = losses.iter().enumerate().map(|(at, (training_loss, validation_loss))| Epoch {
            number: at + 1,
            training_loss: *training_loss,
            validation_loss: *validation_loss,
            metric: None,
            learning_rate: 0.1,
            seconds: 0.0,
        });
        History { epochs: epochs.collect(), metric: None, kept: losses.len() }
    }

    #[test]
    fn any_history_can_be_drawn() {
        let histories: [&[_]; 7] = [
            &[],
            &[(1.0, None)],
            &[(0.0, Some(0.0)), (0.0, Some(0.0))],
            &[(1.0, Some(2.0)), (0.5, Some(1.0)), (0.001, Some(0.9))],
            &[(-1.0, None), (-3.0, None)],
            &[(f64::NAN, Some(f64::INFINITY)), (1.0, None)],
            &[(1e-30, None), (1e30, None)],
        ];
        for losses in histories {
            let svg = super::losses(&history(losses));
            assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{svg}");
            assert_eq!(svg.contains("validation"), losses.iter().any(|loss| loss.1.is_some_and(f64::is_finite)));
        }
        assert_eq!(metric(&history(&[])), None);
    }

    #[test]
    fn of_many_layers_some_are_named_and_all_are_drawn() {
        for count in [0, 1, 2, 10, 11, 64] {
            let names: Vec<String> = (0..count).map(|at| format!("layer{at}.")).collect();
            let points = vec![[1.0, 0.0, f64::NAN, 1e-3]; count];
            let layers = names.iter().zip(&points).map(|(name, points)| (name.as_str(), &points[..]));
            let svg = over_steps(layers.collect(), 3, "gradient");
            assert!(svg.matches("<polyline").count() >= count, "{svg}");
            let named = names.iter().filter(|name| svg.contains(*name)).count();
            assert!(
                named <= NAMED && (count == 0 || named > 0) && (count > NAMED || named == count),
                "{named} of {count}"
            );
        }
    }
}
