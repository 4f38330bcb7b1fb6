//! Checks of the settings of optimisers.

use crate::error::Error;

/// Refuses settings that are not finite numbers of 0 or more.
pub(super) fn not_negative<const N: usize>(settings: [(&'static str, f64); N]) -> Result<(), Error> {
    settings.into_iter().try_for_each(|(setting, value)| {
        require(value >= 0.0 && value.is_finite(), setting, "be a finite number of 0 or more")
    })
}

/// Refuses decay rates outside of 0 ≤ beta < 1.
pub(super) fn betas((beta1, beta2): (f64, f64)) -> Result<(), Error> {
    require((0.0..1.0).contains(&beta1), "beta1", "be in 0 ≤ beta1 < 1")?;
    require((0.0..1.0).contains(&beta2), "beta2", "be in 0 ≤ beta2 < 1")
}

/// Refuses a setting that is not what it must be.
pub(super) fn require(holds: bool, setting: &'static str, must: &'static str) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::Setting { setting, must }) }
}
