//! Formulas and checks that several schedules share.

/// Half a cosine from `start` to `stop`, at a part of the way in 0..1.
pub(super) fn cosine(start: f64, stop: f64, part: f64) -> f64 {
    stop + (start - stop) * 0.5 * (1.0 + libm::cos(core::f64::consts::PI * part))
}

/// The part of `total` that is done.
#[allow(clippy::cast_precision_loss)] // counts are far below 2^53
pub(super) fn part(done: u64, total: u64) -> f64 {
    done as f64 / total as f64
}

/// A number to the power of a count.
#[allow(clippy::cast_precision_loss)] // counts are far below 2^53
pub(super) fn power(base: f64, exponent: u64) -> f64 {
    libm::pow(base, exponent as f64)
}

#[track_caller]
pub(super) const fn check_gamma(gamma: f64) {
    assert!(gamma >= 0.0 && gamma.is_finite(), "gamma must be a finite number of 0 or more");
}

#[track_caller]
pub(super) const fn check_part(part: f64, refusal: &str) {
    assert!(part >= 0.0 && part <= 1.0, "{}", refusal);
}
