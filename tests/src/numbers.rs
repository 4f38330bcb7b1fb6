//! Random numbers for tests, and how far results are apart.

/// A small generator of random numbers (splitmix64), the same on every machine.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The numbers of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number below `count`.
    #[allow(clippy::cast_possible_truncation)] // it is below a usize
    pub fn below(&mut self, count: usize) -> usize {
        (self.bits() % count as u64) as usize
    }

    /// A number from `low` to `high`.
    #[allow(clippy::cast_precision_loss)] // 53 bits
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.bits() >> 11) as f64 / (1u64 << 53) as f64)
    }

    /// `count` numbers from `low` to `high`.
    pub fn many(&mut self, count: usize, low: f64, high: f64) -> Vec<f64> {
        (0..count).map(|_| self.uniform(low, high)).collect()
    }
}

/// The greatest magnitude; not a number if one of the values is none.
#[must_use]
pub fn largest(values: &[f64]) -> f64 {
    values
        .iter()
        .fold(0.0, |largest, value| if value.abs() > largest || value.is_nan() { value.abs() } else { largest })
}

/// Whether a gradient in f64 is zero but for rounding, as that of a bias before a normalisation is: its
/// values say nothing then, and are measured by the steepest gradient of the network.
#[must_use]
pub fn is_rounding(gradient: &[f64], steepest: f64) -> bool {
    largest(gradient) < 1e-12 * steepest
}

/// The greatest difference, relative to the greatest reference value; infinite if the lengths differ
/// or a value is not a number.
#[must_use]
pub fn difference(found: &[f64], reference: &[f64]) -> f64 {
    difference_by(found, reference, largest(reference))
}

/// The greatest difference relative to `scale`.
#[must_use]
pub fn difference_by(found: &[f64], reference: &[f64], scale: f64) -> f64 {
    if found.len() != reference.len() {
        return f64::INFINITY;
    }
    let differences: Vec<f64> = found.iter().zip(reference).map(|(a, b)| a - b).collect();
    match largest(&differences) {
        0.0 => 0.0,
        worst if worst.is_nan() => f64::INFINITY,
        worst => worst / scale,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_notice_what_is_not_a_number() {
        assert!(difference(&[f64::NAN, 1.0], &[1.0, 1.0]).is_infinite());
        assert!(difference(&[1.0], &[1.0, 1.0]).is_infinite());
        assert!(difference(&[1e-9], &[0.0]).is_infinite());
        assert!(difference(&[0.0], &[0.0]) == 0.0);
    }
}
