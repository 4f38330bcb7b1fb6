//! The formulas of resized images: nearest neighbours, linear and cubic interpolation.

use super::Axis;
use super::source::Source;
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
            let source = Source::new(axis, &self.place)?;
            let rounded = match self.rounding.as_str() {
                // what ONNX Runtime does before version 11
                "simple" if axis.scale < 1.0 => source.ceil(&names[own], 0.0),
                "round_prefer_floor" => source.ceil(&names[own], -0.5),
                "round_prefer_ceil" => source.floor(&names[own], 0.5),
                "ceil" => source.ceil(&names[own], 0.0),
                _ => source.floor(&names[own], 0.0),
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
            let (letter, tap) = (&names[own], ["p", "q", "r", "s", "t", "u"][at.min(5)]);
            let source = Source::new(axis, &self.place)?;
            let (first, taps) = self.taps(axis, &source);
            let element = if first == 0 { tap.to_string() } else { format!("{first} + {tap}") };
            places[own] = format!("min(max({} + {element}, 0), {})", source.floor(letter, 0.0), axis.size - 1);
            definitions.extend(self.weights(axis, at, &source, letter, (tap, taps), &element));
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
    fn taps(&self, axis: &Axis, source: &Source) -> (i64, i64) {
        let radius = if self.mode == "cubic" { 2.0 } else { 1.0 };
        let reach = (radius / self.compression(axis)).ceil() as i64;
        // a coordinate may lie a little in front of the element that is in front of it
        if source.is_exact() { (1 - reach, 2 * reach) } else { (-reach, 2 * reach + 1) }
    }

    /// The definitions of the weights of an axis, `w0[j, p]`.
    fn weights(
        &self,
        axis: &Axis,
        at: usize,
        source: &Source,
        letter: &str,
        (tap, taps): (&str, i64),
        element: &str,
    ) -> Vec<String> {
        let (result, front) = (axis.result, source.floor(letter, 0.0));
        let range = format!("{letter}: {result}, {tap}: {taps}");
        let compression = self.compression(axis);
        let distance = if compression < 1.0 {
            format!("abs({element} - t{at}[{letter}])*{}", number(compression))
        } else {
            format!("abs({element} - t{at}[{letter}])")
        };
        let mut definitions = vec![
            format!("t{at}[{letter}: {result}] = {} - {front};", source.text(letter)),
            format!("d{at}[{range}] = {distance};"),
        ];
        let filter = self.filter(&format!("d{at}[{letter}, {tap}]"));
        if !self.antialias && !self.exclude_outside {
            definitions.push(format!("w{at}[{range}] = {filter};"));
            return definitions;
        }
        let inside = format!("{front} + {element}");
        let filter = if self.exclude_outside {
            format!("where({inside} < 0, 0, where({inside} > {}, 0, {filter}))", axis.size - 1)
        } else {
            filter
        };
        definitions.push(format!("f{at}[{range}] = {filter};"));
        definitions.push(format!("w{at}[{range}] = f{at}[{letter}, {tap}] / sum[v: {taps}](f{at}[{letter}, v]);"));
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

    /// A value where the region lies inside of the operand, another one where it does not.
    fn in_region(&self, x: &Computed, axes: &[Axis], names: &[String], value: String) -> Result<String, Reason> {
        if self.place != "tf_crop_and_resize" {
            return Ok(value);
        }
        let other = number(self.extrapolated);
        axes.iter().try_fold(value, |value, axis| {
            let letter = &names[x.own_axis(axis.axis).unwrap_or(0)];
            Ok(Source::new(axis, &self.place)?.inside(letter, axis.size, &value, &other))
        })
    }
}
