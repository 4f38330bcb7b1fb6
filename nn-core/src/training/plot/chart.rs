//! Curves with axes.

use plotters::coord::ranged1d::ValueFormatter;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use super::{Drawing, Drawn};

/// A name, a colour, and points.
pub(super) type Curve<'a> = (&'a str, RGBColor, Vec<(f64, f64)>);

/// Curves over numbers from 1 on. The scale is logarithmic if all values are above 0.
///
/// A curve without a name is not in the legend.
pub(super) fn chart(area: &Drawing<'_>, axes: (&str, &str), curves: &[Curve<'_>]) -> Drawn {
    let points = || curves.iter().flat_map(|(_, _, points)| points);
    let last = points().map(|point| point.0).fold(2.0, f64::max);
    let (low, high) =
        points().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), point| (low.min(point.1), high.max(point.1)));
    let mut builder = ChartBuilder::on(area);
    builder.margin(12).x_label_area_size(36).y_label_area_size(64);
    if low > 0.0 && high / low > 10.0 {
        let chart = builder.build_cartesian_2d(1.0..last, (low * 0.9..high * 1.1).log_scale())?;
        lines(chart, axes, curves)
    } else if low <= high {
        let margin = if low < high { 0.05 * (high - low) } else { 0.5 };
        lines(builder.build_cartesian_2d(1.0..last, low - margin..high + margin)?, axes, curves)
    } else {
        lines(builder.build_cartesian_2d(1.0..last, 0.0..1.0)?, axes, curves)
    }
}

type Chart<'a, 'b, Y> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, Y>>;

fn lines<'b: 'a, 'a, Y>(mut chart: Chart<'a, 'b, Y>, axes: (&str, &str), curves: &[Curve<'_>]) -> Drawn
where
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    let number = |value: &f64| if value.abs() < 1e-3 && *value != 0.0 { format!("{value:.0e}") } else { short(*value) };
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .x_desc(axes.0)
        .y_desc(axes.1)
        .x_label_formatter(&|x| short(*x))
        .y_label_formatter(&number)
        .draw()?;
    for (name, colour, points) in curves.iter().filter(|(_, _, points)| !points.is_empty()) {
        let style = colour.stroke_width(2);
        let series = chart.draw_series(LineSeries::new(points.iter().copied(), style))?;
        if !name.is_empty() {
            series.label(*name).legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], style));
        }
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
