//! Classes that are written as numbers.

/// The class that a number stands for, if it is a whole one below `classes`.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 ≤ class < classes
pub(super) fn class(value: f64, classes: usize) -> Option<usize> {
    (value >= 0.0 && value < classes as f64 && value.fract() == 0.0).then_some(value as usize)
}
