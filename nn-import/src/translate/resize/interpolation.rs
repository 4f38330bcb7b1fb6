//! The formulas of resized images: nearest neighbours, linear and cubic interpolation.

use super::{Axis, whole};
use crate::translate::Reason;
use crate::translate::contraction::letters;
use crate::translate::elementwise::number;
use crate::translate::value::Computed;

/// Where an element of the result is read, and with which weights.
pub(super) struct Sampling {
    pub(super) mode: String,
    /// The coordinates in the operand.
    pub(super) place: String,
    /// How the nearest element is chosen.
    pub(super) rounding: String,
    /// The coefficient of cubic interpolation.
    pub(super) cubic: f64,
    /// Whether an image is smoothed before it is made smaller: the filter is as wide as the distance of the elements.
    pub(super) antialias: bool,
    /// Whether elements outside have no weight; otherwise those at the border are repeated.
    pub(super) exclude_outside: bool,
    /// What stands where the region lies outside.
    pub(super) extrapolated: f64,
}

impl Sampling {
    pub(super) fn formula(&self, x: &Computed, axes: &[Axis]) -> Result<String, Reason> {
        match self.mode.as_str() {
            "nearest" => self.nearest(x, axes),
            "linear" | "cubic" => self.interpolated(x, axes),
            other => Err(format!("its mode is `{other}`").into()),
        }
    }

    fn nearest(&self, x: &Computed, axes: &[Axis]) -> Result<String, Reason> {
        let names = letters(x.present().len());
        let mut places = names.clone();
        for axis in axes {
            let own = x.own_axis(axis.axis).unwrap_or(0);
            let source = self.source(axis, &names[own])?;
            let rounded = match self.rounding.as_str() {
                "round_prefer_floor" => format!("ceil({source} - 0.5)"),
                "round_prefer_ceil" => format!("floor({source} + 0.5)"),
                "ceil" => format!("ceil({source})"),
                _ => format!("floor({source})"),
            };
            places[own] = format!("min(max({rounded}, 0), {})", axis.size - 1);
        }
        let value = self.in_region(x, axes, &names, format!("x[{}]", places.join(", ")))?;
        Ok(format!("y[{}] = {value};", names.join(", ")))
    }

    fn interpolated(&self, x: &Computed, axes: &[Axis]) -> Result<String, Reason> {
        let names = letters(x.present().len());
        let (mut places, mut definitions) = (names.clone(), Vec::new());
        let (mut factors, mut ranges) = (Vec::new(), Vec::new());
        for (at, axis) in axes.iter().enumerate() {
            let own = x.own_axis(axis.axis).unwrap_or(0);
            let (letter, tap) = (&names[own], ["p", "q", "r", "s", "t"][at.min(4)]);
            let (first, taps) = self.taps(axis);
            let source = self.source(axis, letter)?;
            let first = if first == 0 { tap.to_string() } else { format!("{first} + {tap}") };
            places[own] = format!("min(max(floor({source}) + {first}, 0), {})", axis.size - 1);
            definitions.extend(self.weights(axis, at, letter, tap, &source, &first));
            ranges.push(format!("{tap}: {taps}"));
            factors.push(format!("w{at}[{letter}, {tap}]"));
        }
        let sum = format!("sum[{}]({} * x[{}])", ranges.join(", "), factors.join(" * "), places.join(", "));
        definitions.push(format!("y[{}] = {};", names.join(", "), self.in_region(x, axes, &names, sum)?));
        Ok(definitions.join("\n    "))
    }

    /// By how much the filter of an axis is compressed.
    fn compression(&self, axis: &Axis) -> f64 {
        if self.antialias { axis.scale.min(1.0) } else { 1.0 }
    }

    /// The first element that has a weight, counted from the one at the left, and the number of those.
    #[allow(clippy::cast_possible_truncation)] // an image is not as large
    fn taps(&self, axis: &Axis) -> (i64, i64) {
        let radius = if self.mode == "cubic" { 2.0 } else { 1.0 };
        let reach = (radius / self.compression(axis)).ceil() as i64;
        (1 - reach, 2 * reach)
    }

    /// The definitions of the weights of an axis, `w0[j, p]`.
    fn weights(&self, axis: &Axis, at: usize, letter: &str, tap: &str, source: &str, element: &str) -> Vec<String> {
        let ((_, taps), result) = (self.taps(axis), axis.result);
        let range = format!("{letter}: {result}, {tap}: {taps}");
        let compression = self.compression(axis);
        let distance = if compression < 1.0 {
            format!("abs({element} - t{at}[{letter}])*{}", number(compression))
        } else {
            format!("abs({element} - t{at}[{letter}])")
        };
        let mut definitions = vec![
            format!("t{at}[{letter}: {result}] = {source} - floor({source});"),
            format!("d{at}[{range}] = {distance};"),
        ];
        let filter = self.filter(&format!("d{at}[{letter}, {tap}]"));
        if !self.antialias && !self.exclude_outside {
            definitions.push(format!("w{at}[{range}] = {filter};"));
            return definitions;
        }
        let inside = format!("floor({source}) + {element}");
        let filter = if self.exclude_outside {
            format!("where({inside} < 0, 0, where({inside} > {}, 0, {filter}))", axis.size - 1)
        } else {
            filter
        };
        definitions.push(format!("f{at}[{range}] = {filter};"));
        definitions.push(format!("w{at}[{range}] = f{at}[{letter}, {tap}] / sum[m: {taps}](f{at}[{letter}, m]);"));
        definitions
    }

    /// The weight of an element at a distance.
    fn filter(&self, d: &str) -> String {
        if self.mode == "linear" {
            return format!("max(1 - {d}, 0)");
        }
        let a = self.cubic;
        let [near, next, a, five, eight, four] = [a + 2.0, a + 3.0, a, 5.0 * a, 8.0 * a, 4.0 * a].map(number);
        format!(
            "where({d} <= 1, ({near}*{d} - {next})*sq({d}) + 1, \
             where({d} < 2, (({a}*{d} - {five})*{d} + {eight})*{d} - {four}, 0))"
        )
    }

    /// Where an element of the result lies among those of the operand.
    fn source(&self, axis: &Axis, letter: &str) -> Result<String, Reason> {
        let scaled = |text: &str| {
            let is_ratio = (axis.scale - whole(axis.result) / whole(axis.size)).abs() < 1e-12;
            if is_ratio {
                format!("{text}*{}/{}", axis.size, axis.result)
            } else {
                format!("{text}/{}", number(axis.scale))
            }
        };
        Ok(match self.place.as_str() {
            "asymmetric" => scaled(letter),
            "pytorch_half_pixel" if axis.result == 1 => format!("0*{letter}"),
            "half_pixel" | "pytorch_half_pixel" => format!("{} - 0.5", scaled(&format!("({letter} + 0.5)"))),
            "half_pixel_symmetric" => {
                let moved = whole(axis.size) / 2.0 * (1.0 - whole(axis.result) / (axis.scale * whole(axis.size)));
                format!("{} + {}", scaled(&format!("({letter} + 0.5)")), number(moved - 0.5))
            }
            "align_corners" if axis.result == 1 => format!("0*{letter}"),
            "align_corners" => format!("{letter}*{}/{}", axis.size - 1, axis.result - 1),
            "tf_crop_and_resize" => {
                let (last, (begin, end)) = (whole(axis.size - 1), axis.region.unwrap_or((0.0, 1.0)));
                if axis.result == 1 {
                    format!("0*{letter} + {}", number((end - begin) * last / 2.0 + begin * last))
                } else {
                    let step = (end - begin) * last / whole(axis.result - 1);
                    format!("{letter}*{} + {}", number(step), number(begin * last))
                }
            }
            other => return Err(format!("its coordinates are `{other}`").into()),
        })
    }

    /// A value where the region lies inside of the operand, another one where it does not.
    fn in_region(&self, x: &Computed, axes: &[Axis], names: &[String], value: String) -> Result<String, Reason> {
        if self.place != "tf_crop_and_resize" {
            return Ok(value);
        }
        let other = number(self.extrapolated);
        axes.iter().try_fold(value, |value, axis| {
            let source = self.source(axis, &names[x.own_axis(axis.axis).unwrap_or(0)])?;
            let last = axis.size - 1;
            Ok(format!("where({source} < 0, {other}, where({source} > {last}, {other}, {value}))"))
        })
    }
}
