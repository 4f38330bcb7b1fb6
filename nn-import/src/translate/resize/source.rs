//! Where the elements of a result lie among those of the operand.

use super::{Axis, whole};
use crate::translate::Reason;
use crate::translate::elementwise::number;

/// By how much a coordinate may be wrong in `f32`.
const TOLERANCE: f64 = 1e-4;

/// The coordinate in the operand of an element `at` of the result, along one axis.
pub(super) enum Source {
    /// `(factor * at + offset) / divisor`. Of whole numbers the quotient is rounded once, so that `floor` is the same in `f32` as in
    /// the indices, which are computed in `f64`.
    Exact { factor: i64, offset: i64, divisor: i64 },
    /// `factor * at + offset`.
    Real { factor: f64, offset: f64 },
}

impl Source {
    pub(super) fn new(axis: &Axis, place: &str) -> Result<Self, Reason> {
        // a scale of 32 bits is meant to be the quotient of the sizes, if it can be
        let ratio = whole(axis.result) / whole(axis.size);
        let is_ratio = (axis.scale - ratio).abs() <= ratio * f64::from(f32::EPSILON);
        let [size, result] = [axis.size, axis.result].map(|size| i64::try_from(size).unwrap_or(i64::MAX));
        let step = 1.0 / axis.scale;
        Ok(match place {
            "pytorch_half_pixel" | "align_corners" if result == 1 => Source::exact(0, 0, 1),
            "align_corners" => Source::exact(size - 1, 0, result - 1),
            "tf_crop_and_resize" => Source::of_region(axis, size, result),
            "asymmetric" if is_ratio => Source::exact(size, 0, result),
            "asymmetric" => Source::Real { factor: step, offset: 0.0 },
            "half_pixel" | "pytorch_half_pixel" | "half_pixel_symmetric" if is_ratio => {
                Source::exact(2 * size, size - result, 2 * result)
            }
            "half_pixel" | "pytorch_half_pixel" => Source::Real { factor: step, offset: step / 2.0 - 0.5 },
            "half_pixel_symmetric" => {
                let moved = whole(axis.size) / 2.0 * (1.0 - ratio / axis.scale);
                Source::Real { factor: step, offset: moved + step / 2.0 - 0.5 }
            }
            other => return Err(format!("its coordinates are `{other}`").into()),
        })
    }

    fn of_region(axis: &Axis, size: i64, result: i64) -> Self {
        let last = whole(axis.size - 1);
        match axis.region {
            None if result == 1 => Source::exact(0, size - 1, 2),
            None => Source::exact(size - 1, 0, result - 1),
            Some((begin, end)) if result == 1 => {
                Source::Real { factor: 0.0, offset: (end - begin) * last / 2.0 + begin * last }
            }
            Some((begin, end)) => {
                Source::Real { factor: (end - begin) * last / whole(axis.result - 1), offset: begin * last }
            }
        }
    }

    fn exact(factor: i64, offset: i64, divisor: i64) -> Self {
        let common = divisor_of(divisor_of(factor, offset), divisor).max(1);
        Source::Exact { factor: factor / common, offset: offset / common, divisor: divisor / common }
    }

    pub(super) fn is_exact(&self) -> bool {
        matches!(self, Source::Exact { .. })
    }

    /// The coordinate of an element.
    pub(super) fn text(&self, letter: &str) -> String {
        match *self {
            Source::Exact { factor, offset, divisor } => {
                let product = if factor == 1 { letter.to_string() } else { format!("{letter}*{factor}") };
                match (offset, divisor) {
                    (0, 1) => product,
                    (0, _) => format!("{product}/{divisor}"),
                    (_, 1) => format!("{product}{}", signed(offset)),
                    _ => format!("({product}{})/{divisor}", signed(offset)),
                }
            }
            Source::Real { factor, offset: 0.0 } => format!("{letter}*{}", number(factor)),
            Source::Real { factor, offset } if offset < 0.0 => {
                format!("{letter}*{} - {}", number(factor), number(-offset))
            }
            Source::Real { factor, offset } => format!("{letter}*{} + {}", number(factor), number(offset)),
        }
    }

    /// The element in front of the coordinate, moved by a number; the coordinate of an element if it nearly is one.
    pub(super) fn floor(&self, letter: &str, moved: f64) -> String {
        self.rounded("floor", letter, if self.is_exact() { moved } else { moved + TOLERANCE })
    }

    /// The element behind the coordinate, in the same way.
    pub(super) fn ceil(&self, letter: &str, moved: f64) -> String {
        self.rounded("ceil", letter, if self.is_exact() { moved } else { moved - TOLERANCE })
    }

    fn rounded(&self, function: &str, letter: &str, moved: f64) -> String {
        let sign = if moved < 0.0 { '-' } else { '+' };
        match moved {
            0.0 => format!("{function}({})", self.text(letter)),
            _ => format!("{function}({} {sign} {})", self.text(letter), number(moved.abs())),
        }
    }

    /// A value where the coordinate lies on the axis, another one where it does not.
    pub(super) fn inside(&self, letter: &str, size: usize, value: &str, other: &str) -> String {
        if self.is_exact() {
            return value.into();
        }
        let (text, last) = (self.text(letter), number(whole(size - 1) + TOLERANCE));
        format!("where({text} < -{}, {other}, where({text} > {last}, {other}, {value}))", number(TOLERANCE))
    }
}

fn signed(offset: i64) -> String {
    if offset < 0 { format!(" - {}", -offset) } else { format!(" + {offset}") }
}

/// The greatest common divisor.
fn divisor_of(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { divisor_of(b, a % b) }
}
