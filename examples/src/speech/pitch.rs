//! The pitch of a voice: the period after which a sound resembles itself most.
//!
//! It is searched as in J.-M. Valin, K. Vos, T. Terriberry, "Definition of the Opus Audio Codec" (RFC 6716), which
//! RNNoise takes it from: by the correlation of the sound at a fourth of the rate, then at half of it, and at last
//! between its samples. The period is then compared with its parts, since a multiple of a period is one as well.

use super::FRAME;

/// The longest period: 16 ms, or 62.5 Hz.
pub const LONGEST: usize = 768;
/// The shortest period: 1.25 ms, or 800 Hz.
const SHORTEST: usize = 60;
/// The first search leaves out periods that are shorter, since these have multiples that are not.
const SHORTEST_SEARCHED: usize = 3 * SHORTEST;
/// Samples that are compared with those a period before.
const COMPARED: usize = 2 * FRAME;
/// Samples that the search reads.
pub const HISTORY: usize = LONGEST + COMPARED;

/// The multiple of a `1/k`th part of a period that is compared besides, by `k`: it is no multiple of shorter parts.
const BESIDES: [usize; 16] = [0, 0, 3, 2, 3, 2, 5, 2, 3, 2, 3, 2, 5, 2, 3, 2];

/// The pitch of the frame before, which this one's is likely to be near to.
#[derive(Default)]
pub struct Pitch {
    period: usize,
    gain: f32,
}

impl Pitch {
    /// The period of the last samples, in samples.
    pub fn follow(&mut self, history: &[f32; HISTORY]) -> usize {
        let half = Half(whitened(&halved(history)));
        let searched = half.search().min(LONGEST / 2 - 1);
        let (period, gain) = half.shortened(searched, self.period / 2, self.gain);
        (self.period, self.gain) = (period, gain);
        period
    }
}

/// Half as many samples, of which each is a mean of three.
fn halved(history: &[f32]) -> Vec<f32> {
    let at = |place: usize| 0.25 * (history[2 * place - 1] + history[2 * place + 1]) + 0.5 * history[2 * place];
    let first = 0.25 * history[1] + 0.5 * history[0];
    std::iter::once(first).chain((1..history.len() / 2).map(at)).collect()
}

/// The samples with a flatter spectrum, so that no formant is taken for a pitch: a linear prediction of order 4 is
/// subtracted in part.
fn whitened(samples: &[f32]) -> Vec<f32> {
    let correlation = |lag: usize| samples[lag..].iter().zip(samples).map(|(a, b)| a * b).sum::<f32>();
    let mut correlations: [f32; 5] = std::array::from_fn(correlation);
    correlations[0] *= 1.0001;
    for (lag, value) in correlations.iter_mut().enumerate() {
        *value -= *value * (0.008 * lag as f32).powi(2);
    }
    let mut prediction = levinson(&correlations);
    prediction.iter_mut().zip([0.9, 0.81, 0.729, 0.6561]).for_each(|(number, factor)| *number *= factor);
    let [a, b, c, d] = prediction;
    let filter = [a + 0.8, b + 0.8 * a, c + 0.8 * b, d + 0.8 * c, 0.8 * d];
    let filtered = |place: usize| {
        let past = samples[place.saturating_sub(filter.len())..place].iter().rev();
        samples[place] + filter.iter().zip(past).map(|(a, b)| a * b).sum::<f32>()
    };
    (0..samples.len()).map(filtered).collect()
}

/// The filter whose output for samples of these correlations has the least power (N. Levinson, J. Durbin).
fn levinson(correlations: &[f32; 5]) -> [f32; 4] {
    let (mut filter, mut error) = ([0.0; 4], correlations[0]);
    for order in 0..4 {
        if error <= 0.001 * correlations[0] {
            break;
        }
        let known: f32 = (0..order).map(|at| filter[at] * correlations[order - at]).sum();
        let reflection = -(known + correlations[order + 1]) / error;
        let before = filter;
        filter[order] = reflection;
        (0..order).for_each(|at| filter[at] += reflection * before[order - 1 - at]);
        error -= reflection * reflection * error;
    }
    filter
}

/// The samples at half of the rate. All periods here count these.
struct Half(Vec<f32>);

impl Half {
    /// The sum of products of the last samples with those `lag` and `other` before, each `step`th.
    fn product(&self, lag: usize, other: usize, step: usize) -> f32 {
        let from = |lag: usize| self.0[LONGEST / 2 - lag..][..COMPARED / 2].iter().step_by(step);
        from(lag).zip(from(other)).map(|(a, b)| a * b).sum()
    }

    fn correlation(&self, lag: usize) -> f32 {
        self.product(0, lag, 1)
    }

    fn energy(&self, lag: usize) -> f32 {
        self.product(lag, lag, 1)
    }

    /// The period of the greatest correlation.
    fn search(&self) -> usize {
        // the square of the correlation, as a part of the energy that it could have
        let score = |lag: usize, step: usize| match self.product(0, lag, step) {
            product if product > 0.0 => product * product / (1.0 + self.product(lag, lag, step)),
            _ => 0.0,
        };
        let coarse = (SHORTEST_SEARCHED / 2 + 2..=LONGEST / 2).rev().step_by(2);
        let [mut first, mut second] = [(0.0, LONGEST / 2), (0.0, LONGEST / 2 - 2)];
        for lag in coarse {
            let found = (score(lag, 2), lag);
            if found.0 > first.0 {
                (first, second) = (found, first);
            } else if found.0 > second.0 {
                second = found;
            }
        }
        let near = |lag: &usize| lag.abs_diff(first.1) <= 2 || lag.abs_diff(second.1) <= 2;
        let mut best = (0.0, first.1);
        for lag in (SHORTEST_SEARCHED / 2 + 1..=LONGEST / 2).rev().filter(near) {
            let found = (score(lag, 1), lag);
            if found.0 > best.0 {
                best = found;
            }
        }
        best.1
    }

    /// How well the samples fit to those a period before: 1 is best.
    fn gain(&self, product: f32, energy: f32) -> f32 {
        product / (1.0 + self.energy(0) * energy).sqrt()
    }

    /// The shortest part of a period that is one as well, at the full rate, and its gain.
    fn shortened(&self, period: usize, before: usize, gain_before: f32) -> (usize, f32) {
        let (product, energy) = (self.correlation(period), self.energy(period));
        let whole = self.gain(product, energy);
        let mut best = (period, product, energy, whole);
        for (k, besides) in BESIDES.into_iter().enumerate().skip(2) {
            let part = (2 * period + k) / (2 * k);
            if part < SHORTEST / 2 {
                break;
            }
            let other = match k {
                2 if part + period > LONGEST / 2 => period,
                2 => part + period,
                _ => (2 * besides * period + k) / (2 * k),
            };
            let product = (self.correlation(part) + self.correlation(other)) / 2.0;
            let energy = (self.energy(part) + self.energy(other)) / 2.0;
            let gain = self.gain(product, energy);
            // a voice goes on as before
            let bonus = match part.abs_diff(before) {
                0..=1 => gain_before,
                2 if 5 * k * k < period => 0.5 * gain_before,
                _ => 0.0,
            };
            let needed = if part < 3 * SHORTEST / 2 { (0.4, 0.85) } else { (0.3, 0.7) };
            if gain > f32::max(needed.0, needed.1 * whole - bonus) {
                best = (part, product, energy, gain);
            }
        }
        let (period, product, energy, gain) = best;
        let product = product.max(0.0);
        let part = if energy <= product { 1.0 } else { product / (energy + 1.0) };
        (self.between(period).max(SHORTEST), part.min(gain))
    }

    /// The period at the full rate: twice that at half of it, or one more or less.
    fn between(&self, period: usize) -> usize {
        let [less, at, more] = [period - 1, period, period + 1].map(|lag| self.correlation(lag));
        if more - less > 0.7 * (at - less) {
            2 * period + 1
        } else if less - more > 0.7 * (at - more) {
            2 * period - 1
        } else {
            2 * period
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_of_a_buzz_is_found_and_no_multiple_of_it() {
        for period in [90, 150, 301, 480, 700] {
            let mut history = [0.0; HISTORY];
            history.iter_mut().step_by(period).for_each(|sample| *sample = 10_000.0);
            let mut pitch = Pitch::default();
            let found = pitch.follow(&history);
            assert!(found.abs_diff(period) <= 1, "{found} for {period}");
            assert!(pitch.gain > 0.7, "{}", pitch.gain);
        }
        assert!((SHORTEST..=LONGEST).contains(&Pitch::default().follow(&[0.0; HISTORY])));
    }
}
