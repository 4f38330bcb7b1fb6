//! The signal processing around the network of RNNoise: J.-M. Valin, "A Hybrid DSP/Deep Learning Approach to Real-Time
//! Full-Band Speech Enhancement" (2018). The sections here are those of the paper, and the constants are those that the
//! published weights were trained with.

mod pitch;

use std::f32::consts::PI;
use std::sync::Arc;

use nn_core::prelude::*;
use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

use pitch::{HISTORY, Pitch};

/// Samples of a frame: 10 ms at 48 kHz.
pub const FRAME: usize = 480;
/// The bands of the spectrum that have a gain.
pub const BANDS: usize = 22;
/// What the network is told about a frame.
pub const FEATURES: usize = 42;

/// Frames overlap by half.
const WINDOW: usize = 2 * FRAME;
/// Frequencies of a window, 50 Hz apart.
const BINS: usize = FRAME + 1;
/// The bins in the middle of each band; as wide as what an ear tells apart (Bark scale), up to 20 kHz.
const MIDDLES: [usize; BANDS] =
    [0, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 136, 160, 192, 240, 312, 400];
/// Coefficients of which the network gets derivatives, and those of the pitch.
const CHANGES: usize = 6;
/// Frames whose cepstra are compared.
const COMPARED: usize = 8;
/// Frames with less energy are silent.
const SILENT: f32 = 0.04;
/// Samples are numbers of 16 bits.
const SCALE: f32 = 32768.0;

type Bands = [f32; BANDS];
type Spectrum = Vec<Complex<f32>>;

/// What is known about a sound up to its last frame.
pub struct Enhancer {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    window: Vec<f32>,
    high_pass: [f32; 2],
    pitch: Pitch,
    history: Box<[f32; HISTORY]>,
    cepstra: [Bands; COMPARED],
    frames: usize,
    gains: Bands,
    overlap: [f32; FRAME],
}

/// The spectrum of a frame, and that of the sound a pitch period before.
pub struct Frame {
    sound: Spectrum,
    earlier: Spectrum,
    /// The energy of both, and how coherent they are, in each band.
    energy: Bands,
    earlier_energy: Bands,
    coherence: Bands,
    period: usize,
}

impl Default for Enhancer {
    fn default() -> Self {
        let mut planner = RealFftPlanner::new();
        // the squares of two windows that overlap add up to 1 (Vorbis)
        let window = |at: usize| (0.5 * PI * (PI * (at as f32 + 0.5) / WINDOW as f32).sin().powi(2)).sin();
        Enhancer {
            forward: planner.plan_fft_forward(WINDOW),
            inverse: planner.plan_fft_inverse(WINDOW),
            window: (0..WINDOW).map(window).collect(),
            high_pass: [0.0; 2],
            pitch: Pitch::default(),
            history: Box::new([0.0; HISTORY]),
            cepstra: [[0.0; BANDS]; COMPARED],
            frames: 0,
            gains: [0.0; BANDS],
            overlap: [0.0; FRAME],
        }
    }
}

impl Enhancer {
    /// The next frame of a sound from -1 to 1, and its features, which a silent frame has none of.
    pub fn analyse(&mut self, samples: &[f32; FRAME]) -> (Frame, Option<Tensor![FEATURES]>) {
        self.history.copy_within(FRAME.., 0);
        for (at, sample) in samples.iter().enumerate() {
            self.history[HISTORY - FRAME + at] = self.without_hum(sample * SCALE);
        }
        let period = self.pitch.follow(&self.history);
        let (sound, earlier) = (self.spectrum(0), self.spectrum(period));
        let energy = bands(|bin| sound[bin].norm_sqr());
        let earlier_energy = bands(|bin| earlier[bin].norm_sqr());
        let product = bands(|bin| (sound[bin] * earlier[bin].conj()).re);
        let coherence =
            std::array::from_fn(|band| product[band] / (0.001 + energy[band] * earlier_energy[band]).sqrt());
        let frame = Frame { sound, earlier, energy, earlier_energy, coherence, period };
        let silent = energy.iter().sum::<f32>() < SILENT;
        let features = (!silent).then(|| self.features(&frame));
        (frame, features)
    }

    /// A high-pass filter: what is below a voice is left out.
    fn without_hum(&mut self, sample: f32) -> f32 {
        let [first, second] = self.high_pass;
        let filtered = sample + first;
        self.high_pass = [second - 2.0 * sample + 1.99599 * filtered, sample - 0.996 * filtered];
        filtered
    }

    /// The spectrum of the last window, or of that `before`.
    fn spectrum(&self, before: usize) -> Spectrum {
        let samples = &self.history[HISTORY - WINDOW - before..][..WINDOW];
        let mut windowed: Vec<f32> = samples.iter().zip(&self.window).map(|(a, b)| a * b / WINDOW as f32).collect();
        let mut spectrum = self.forward.make_output_vec();
        self.forward.process(&mut windowed, &mut spectrum).expect("both lengths are the plan's");
        spectrum
    }

    /// The features of a frame (III.C): a cepstrum, changes of its first coefficients, the coherence with what was a
    /// period before, the period, and how much the spectrum varies.
    fn features(&mut self, frame: &Frame) -> Tensor![FEATURES] {
        let (now, at) = (cepstrum(&frame.energy), self.frames);
        self.cepstra[at % COMPARED] = now;
        let [last, before] = [1, 2].map(|ago| self.cepstra[(at + COMPARED - ago) % COMPARED]);
        self.frames += 1;

        let mut features = Tensor::zeros();
        features.as_mut_slice()[..BANDS].copy_from_slice(&now);
        let coherence = cosines(&frame.coherence);
        for at in 0..CHANGES {
            features[at] = now[at] + last[at] + before[at];
            features[BANDS + at] = now[at] - before[at];
            features[BANDS + CHANGES + at] = now[at] - 2.0 * last[at] + before[at];
            features[BANDS + 2 * CHANGES + at] = coherence[at] - [1.3, 0.9, 0.0, 0.0, 0.0, 0.0][at];
        }
        features[FEATURES - 2] = 0.01 * (frame.period as f32 - 300.0);
        features[FEATURES - 1] = self.variability() - 2.1;
        features
    }

    /// The mean distance of each of the last cepstra from that which it is nearest to.
    fn variability(&self) -> f32 {
        let distance = |a: &Bands, b: &Bands| a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f32>();
        let nearest = |one: usize| {
            let others = (0..COMPARED).filter(|other| *other != one);
            others.map(|other| distance(&self.cepstra[one], &self.cepstra[other])).fold(f32::INFINITY, f32::min)
        };
        (0..COMPARED).map(nearest).sum::<f32>() / COMPARED as f32
    }

    /// The frame with the gains of the network. A frame without gains stays as it is.
    ///
    /// The sound is that of the frame before, since the frames overlap.
    pub fn synthesise(&mut self, mut frame: Frame, gains: Option<&Bands>) -> [f32; FRAME] {
        if let Some(gains) = gains {
            frame.comb(gains);
            // no echo is cut off: a gain falls by no more than 4.4 dB in a frame
            for (last, gain) in self.gains.iter_mut().zip(gains) {
                *last = gain.max(0.6 * *last);
            }
            frame.sound.iter_mut().enumerate().for_each(|(bin, value)| *value *= between(&self.gains, bin));
        }
        let mut sound = self.inverse.make_output_vec();
        // the first and the last frequency of a real sound are real, and their products with gains too
        self.inverse.process(&mut frame.sound, &mut sound).expect("both lengths are the plan's");
        sound.iter_mut().zip(&self.window).for_each(|(sample, window)| *sample *= window / SCALE);
        let (begin, end) = sound.split_at(FRAME);
        let whole = std::array::from_fn(|at| self.overlap[at] + begin[at]);
        self.overlap.copy_from_slice(end);
        whole
    }
}

impl Frame {
    /// Fills up what is noise between the harmonics of a voice by the sound a period before (III.D), and more so where
    /// the gains are less than the coherence.
    fn comb(&mut self, gains: &Bands) {
        let strength: Bands = std::array::from_fn(|band| {
            let (gain, coherence) = (gains[band].powi(2), self.coherence[band].powi(2));
            let part = coherence * (1.0 - gain) / (0.001 + gain * (1.0 - coherence));
            let part = if self.coherence[band] > gains[band] { 1.0 } else { part.clamp(0.0, 1.0) };
            (part * self.energy[band] / (1e-8 + self.earlier_energy[band])).sqrt()
        });
        for (bin, value) in self.sound.iter_mut().enumerate() {
            *value += self.earlier[bin] * between(&strength, bin);
        }
        let filtered = bands(|bin| self.sound[bin].norm_sqr());
        let norm: Bands = std::array::from_fn(|band| (self.energy[band] / (1e-8 + filtered[band])).sqrt());
        self.sound.iter_mut().enumerate().for_each(|(bin, value)| *value *= between(&norm, bin));
    }
}

/// The band below a bin, and the part of the way to the next one.
fn place(bin: usize) -> Option<(usize, f32)> {
    let band = MIDDLES.partition_point(|middle| *middle <= bin) - 1;
    let next = MIDDLES.get(band + 1)?;
    Some((band, (bin - MIDDLES[band]) as f32 / (next - MIDDLES[band]) as f32))
}

/// The sums over triangular bands (III.A), whose first and last are half as wide.
fn bands(value: impl Fn(usize) -> f32) -> Bands {
    let mut sums = [0.0; BANDS];
    for bin in 0..BINS {
        let Some((band, part)) = place(bin) else { break };
        sums[band] += (1.0 - part) * value(bin);
        sums[band + 1] += part * value(bin);
    }
    sums[0] *= 2.0;
    sums[BANDS - 1] *= 2.0;
    sums
}

/// The value for a bin, between those of its bands; above all of them it is 0.
fn between(values: &Bands, bin: usize) -> f32 {
    place(bin).map_or(0.0, |(band, part)| (1.0 - part) * values[band] + part * values[band + 1])
}

/// The cosine transform of the logarithm of the energies, none of which is taken to be far below the others.
fn cepstrum(energy: &Bands) -> Bands {
    let (mut greatest, mut follow) = (-2.0f32, -2.0f32);
    let logarithms = energy.map(|energy| {
        let value = (0.01 + energy).log10().max(follow - 1.5).max(greatest - 7.0);
        greatest = greatest.max(value);
        follow = value.max(follow - 1.5);
        value
    });
    let mut cepstrum = cosines(&logarithms);
    cepstrum[0] -= 12.0;
    cepstrum[1] -= 4.0;
    cepstrum
}

/// The orthonormal cosine transform (DCT-II).
fn cosines(values: &Bands) -> Bands {
    std::array::from_fn(|order| {
        let cosine = |at: usize| ((at as f32 + 0.5) * order as f32 * PI / BANDS as f32).cos();
        let sum: f32 = values.iter().enumerate().map(|(at, value)| value * cosine(at)).sum();
        sum * (2.0 / BANDS as f32).sqrt() * if order == 0 { 0.5f32.sqrt() } else { 1.0 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_share_out_the_whole_spectrum_and_gains_of_one_change_nothing() {
        let ones = bands(|_| 1.0);
        assert!((ones.iter().sum::<f32>() - ones[0] / 2.0 - ones[BANDS - 1] / 2.0 - 400.0).abs() < 1e-3, "{ones:?}");
        let flat = cosines(&[2.0; BANDS]);
        assert!((flat[0] - 2.0 * (BANDS as f32).sqrt()).abs() < 1e-4 && flat[1..].iter().all(|x| x.abs() < 1e-5));

        let mut enhancer = Enhancer::default();
        let tone = |at: usize| 0.5 * (at as f32 * 0.5).sin();
        for number in 0..20 {
            let (frame, features) = enhancer.analyse(&std::array::from_fn(|at| tone(number * FRAME + at)));
            assert!(features.unwrap().as_slice().iter().all(|feature| feature.is_finite()));
            let sound = enhancer.synthesise(frame, None);
            // a frame late, and behind the high-pass filter
            let late = |at: usize| tone((number * FRAME + at).saturating_sub(FRAME));
            assert!(number < 4 || sound.iter().enumerate().all(|(at, sample)| (sample - late(at)).abs() < 0.02));
        }
    }

    #[test]
    fn silence_has_no_features() {
        assert!(Enhancer::default().analyse(&[0.0; FRAME]).1.is_none());
    }
}
