//! Settings that no optimiser can have.

/// Refuses a setting of an optimiser as PyTorch does, and what is not finite besides.
#[track_caller]
pub(super) const fn check_not_negative(setting: f64, refusal: &str) {
    assert!(setting >= 0.0 && setting.is_finite(), "{}", refusal);
}

#[track_caller]
pub(super) const fn check_momentum(momentum: f64) {
    check_not_negative(momentum, "the momentum must be a finite number of 0 or more");
}

#[track_caller]
pub(super) const fn check_decay(weight_decay: f64) {
    check_not_negative(weight_decay, "the weight decay must be a finite number of 0 or more");
}

#[track_caller]
pub(super) const fn check_eps(eps: f64) {
    check_not_negative(eps, "eps must be a finite number of 0 or more");
}
