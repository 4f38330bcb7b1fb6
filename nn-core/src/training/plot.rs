//! Pictures of trainings and confusion matrices, as the text of an SVG file. They need the feature `plot`.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use nn_core::{Session, optim::Sgd, train::Trainer};
//! // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
//! let (train, test) = points(64).split(0.8, 0)?;
//! let mut session = Session::<Line>::from_seed(0);
//! let history = Trainer::new(Sgd::new(0.1)).quiet().fit(&mut session, &train, &test)?;
//! std::fs::write(std::env::temp_dir().join("nn-core-losses.svg"), nn_core::plot::losses(&history))?;
//! # Ok(()) }
//! ```

use plotters::coord::Shift;
use plotters::coord::ranged1d::ValueFormatter;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::metrics::ConfusionMatrix;
use super::train::{Epoch, History};

/// Colours that can be told apart without red and green (M. Okabe, K. Ito, "Color universal design", 2008).
const TRAINING: RGBColor = RGBColor(0, 114, 178);
const VALIDATION: RGBColor = RGBColor(213, 94, 0);

type Drawing<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), Box<dyn std::error::Error>>;

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
    picture((640, 400), |area| chart(area, "loss", &curves))
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
    Some(picture((640, 400), |area| chart(area, name, &curves)))
}

/// A confusion matrix, as an SVG. Each cell is shaded by its part of the samples of its row.
///
/// ```
/// use nn_core::metrics::ConfusionMatrix;
/// let mut matrix = ConfusionMatrix::new(2).labels(["cat", "dog"]);
/// matrix.add(0, 1);
/// assert!(nn_core::plot::confusion(&matrix).contains("dog"));
/// ```
#[must_use]
pub fn confusion(matrix: &ConfusionMatrix) -> String {
    let side = 120 + 48 * u32::try_from(matrix.names().len()).unwrap_or(u32::MAX).min(200);
    picture((side, side), |area| cells(area, matrix))
}

/// The text of a picture that a function draws.
fn picture(size: (u32, u32), draw: impl Fn(&Drawing<'_>) -> Drawn) -> String {
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        // Writing to memory cannot fail.
        let drawn = area.fill(&WHITE).map_err(Into::into).and_then(|()| draw(&area));
        debug_assert!(drawn.is_ok(), "{drawn:?}");
        let _ = area.present();
    }
    text
}

/// The points of a curve that can be drawn.
#[allow(clippy::cast_precision_loss)] // epochs are few
fn curve(history: &History, value: impl Fn(&Epoch) -> Option<f64>) -> Vec<(f64, f64)> {
    let point = |epoch: &Epoch| Some((epoch.number as f64, value(epoch).filter(|value| value.is_finite())?));
    history.epochs.iter().filter_map(point).collect()
}

type Curve<'a> = (&'a str, RGBColor, Vec<(f64, f64)>);

fn chart(area: &Drawing<'_>, what: &str, curves: &[Curve<'_>]) -> Drawn {
    let points = || curves.iter().flat_map(|(_, _, points)| points);
    let last = points().map(|point| point.0).fold(2.0, f64::max);
    let (low, high) =
        points().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), point| (low.min(point.1), high.max(point.1)));
    let mut builder = ChartBuilder::on(area);
    builder.margin(12).x_label_area_size(36).y_label_area_size(64);
    if low > 0.0 && high / low > 10.0 {
        let chart = builder.build_cartesian_2d(1.0..last, (low * 0.9..high * 1.1).log_scale())?;
        lines(chart, what, curves)
    } else if low <= high {
        let margin = if low < high { 0.05 * (high - low) } else { 0.5 };
        lines(builder.build_cartesian_2d(1.0..last, low - margin..high + margin)?, what, curves)
    } else {
        lines(builder.build_cartesian_2d(1.0..last, 0.0..1.0)?, what, curves)
    }
}

type Chart<'a, 'b, Y> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, Y>>;

fn lines<'b: 'a, 'a, Y>(mut chart: Chart<'a, 'b, Y>, what: &str, curves: &[Curve<'_>]) -> Drawn
where
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    let number = |value: &f64| if value.abs() < 1e-3 && *value != 0.0 { format!("{value:.0e}") } else { short(*value) };
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .x_desc("epoch")
        .y_desc(what)
        .x_label_formatter(&|x| short(*x))
        .y_label_formatter(&number)
        .draw()?;
    for (name, colour, points) in curves.iter().filter(|(_, _, points)| !points.is_empty()) {
        let style = colour.stroke_width(2);
        chart
            .draw_series(LineSeries::new(points.iter().copied(), style))?
            .label(*name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], style));
        if let [point] = points[..] {
            chart.draw_series([Circle::new(point, 3, colour.filled())])?;
        }
    }
    chart.configure_series_labels().border_style(BLACK.mix(0.3)).background_style(WHITE.mix(0.8)).draw()?;
    Ok(())
}

/// A number without trailing zeros.
fn short(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').into()
}

fn cells(area: &Drawing<'_>, matrix: &ConfusionMatrix) -> Drawn {
    const LEFT: i32 = 84;
    const CELL: i32 = 48;
    let text = |size: i32, colour: RGBColor| {
        ("sans-serif", size).into_font().color(&colour).pos(Pos::new(HPos::Center, VPos::Center))
    };
    let middle = |at: usize| LEFT + CELL * i32::try_from(at).unwrap_or(0) + CELL / 2;
    let centre = LEFT + CELL * i32::try_from(matrix.names().len()).unwrap_or(0) / 2;
    area.draw(&Text::new("predicted", (centre, 20), text(15, BLACK)))?;
    area.draw(&Text::new("actual", (32, 20), text(15, BLACK)))?;
    for (class, label) in matrix.names().iter().enumerate() {
        area.draw(&Text::new(label.as_str(), (middle(class), LEFT - 20), text(13, BLACK)))?;
        area.draw(&Text::new(label.as_str(), (LEFT - 42, middle(class)), text(13, BLACK)))?;
        for predicted in 0..matrix.names().len() {
            let (x, y, count) = (middle(predicted), middle(class), matrix.count(class, predicted));
            #[allow(clippy::cast_precision_loss)] // counts are far below 2^53
            let part = count as f64 / matrix.support(class).max(1) as f64;
            let half = CELL / 2;
            let corners = [(x - half, y - half), (x + half, y + half)];
            area.draw(&Rectangle::new(corners, TRAINING.mix(part).filled()))?;
            area.draw(&Rectangle::new(corners, BLACK.mix(0.15)))?;
            let colour = if part > 0.5 { WHITE } else { BLACK };
            area.draw(&Text::new(count.to_string(), (x, y), text(13, colour)))?;
        }
    }
    Ok(())
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
    fn a_matrix_has_a_cell_for_each_pair() {
        let mut matrix = ConfusionMatrix::new(3).labels(["<a>", "b", "c"]);
        (0..41).for_each(|_| matrix.add(1, 2));
        let svg = confusion(&matrix);
        assert!(svg.contains("41") && svg.contains("&lt;a&gt;"), "{svg}");
        // the background, a border for each, and a shade where there are samples
        assert_eq!(svg.matches("<rect").count(), 1 + 9 + 1);
    }
}
