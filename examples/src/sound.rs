//! Sounds: WAV files, and other rates.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use realfft::RealFftPlanner;
use realfft::num_complex::Complex;

/// One channel of samples from -1 to 1.
pub struct Sound {
    /// The samples.
    pub samples: Vec<f32>,
    /// How many there are in a second.
    pub rate: u32,
}

impl Sound {
    /// The sound of a WAV file; several channels become their mean.
    ///
    /// # Errors
    /// If the file cannot be read or is no WAV file.
    pub fn read(path: &Path) -> Result<Sound> {
        let named = || format!("{} could not be read as a WAV file", path.display());
        let mut reader = WavReader::open(path).with_context(named)?;
        let WavSpec { channels, sample_rate: rate, bits_per_sample, sample_format } = reader.spec();
        let all: Vec<f32> = match sample_format {
            SampleFormat::Float => reader.samples().collect::<Result<_, _>>().with_context(named)?,
            SampleFormat::Int => {
                let scale = 0.5f32.powi(i32::from(bits_per_sample) - 1);
                let sample = |sample: Result<i32, _>| sample.map(|sample| sample as f32 * scale);
                reader.samples().map(sample).collect::<Result<_, _>>().with_context(named)?
            }
        };
        ensure!(all.iter().all(|sample| sample.is_finite()), "{}: a sample is not finite", path.display());
        let channels = usize::from(channels);
        let mean = |frame: &[f32]| frame.iter().sum::<f32>() / channels as f32;
        Ok(Sound { samples: all.chunks_exact(channels).map(mean).collect(), rate })
    }

    /// Writes a WAV file of 16 bits. Louder samples than 1 become 1.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let spec =
            WavSpec { channels: 1, sample_rate: self.rate, bits_per_sample: 16, sample_format: SampleFormat::Int };
        let mut writer =
            WavWriter::create(path, spec).with_context(|| format!("{} could not be written", path.display()))?;
        for sample in &self.samples {
            // `as` keeps what is too large in the range
            writer.write_sample((sample * 32768.0).round() as i16)?;
        }
        Ok(writer.finalize()?)
    }

    /// The same sound with another number of samples in a second: its spectrum is cut off, or continued by zeros. This
    /// takes the sound as one period of a periodic one, so that its first and last milliseconds mix.
    ///
    /// # Errors
    /// If there are no samples.
    pub fn resampled(&self, rate: u32) -> Result<Sound> {
        ensure!(!self.samples.is_empty(), "the sound has no samples");
        if rate == self.rate {
            return Ok(Sound { samples: self.samples.clone(), rate });
        }
        let length = self.samples.len();
        let new = (length as u64 * u64::from(rate)).div_ceil(u64::from(self.rate)) as usize;
        let mut planner = RealFftPlanner::<f32>::new();
        let (forward, inverse) = (planner.plan_fft_forward(length), planner.plan_fft_inverse(new));
        let (mut samples, mut spectrum) = (self.samples.clone(), forward.make_output_vec());
        forward.process(&mut samples, &mut spectrum)?;
        // frequencies up to half of the lower rate, which itself is ambiguous and left out
        spectrum.truncate(length.min(new).div_ceil(2));
        spectrum.resize(new / 2 + 1, Complex::ZERO);
        let mut resampled = inverse.make_output_vec();
        inverse.process(&mut spectrum, &mut resampled)?;
        resampled.iter_mut().for_each(|sample| *sample /= length as f32);
        Ok(Sound { samples: resampled, rate })
    }
}

/// The mean power of some samples in decibels, where 0 is that of samples of 1; silence is -200.
#[must_use]
pub fn decibels(samples: &[f32]) -> f32 {
    let power = samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32;
    10.0 * power.max(1e-20).log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(rate: u32, frequency: f64) -> Sound {
        let phase = |at: u32| std::f64::consts::TAU * frequency * f64::from(at) / f64::from(rate);
        let sample = |at: u32| 0.5 * phase(at).sin() as f32;
        Sound { samples: (0..rate).map(sample).collect(), rate }
    }

    #[test]
    fn a_tone_stays_a_tone_at_any_rate() {
        for (from, to) in [(16_000, 48_000), (48_000, 16_000), (44_100, 48_000), (8_000, 44_100)] {
            let (sound, expected) = (tone(from, 440.0).resampled(to).unwrap(), tone(to, 440.0));
            assert_eq!((sound.rate, sound.samples.len()), (to, to as usize));
            let error: Vec<f32> = sound.samples.iter().zip(&expected.samples).map(|(a, b)| a - b).collect();
            assert!(decibels(&error) < -90.0, "{from} to {to}: {}", decibels(&error));
        }
        // what the lower rate cannot have is gone
        assert!(decibels(&tone(48_000, 10_000.0).resampled(16_000).unwrap().samples) < -90.0);
        assert!(Sound { samples: Vec::new(), rate: 8000 }.resampled(16_000).is_err());
    }

    #[test]
    fn a_file_has_the_sound_that_was_written() {
        let path = std::env::temp_dir().join("nn-examples-tone.wav");
        let mut sound = tone(16_000, 440.0);
        sound.samples[7] = 3.0;
        sound.write(&path).unwrap();
        sound.samples[7] = 32767.0 / 32768.0;
        let read = Sound::read(&path).unwrap();
        assert_eq!(read.rate, 16_000);
        assert!(read.samples.iter().zip(&sound.samples).all(|(a, b)| (a - b).abs() <= 0.5 / 32768.0));
        std::fs::write(&path, "no sound").unwrap();
        assert!(Sound::read(&path).err().unwrap().to_string().contains("nn-examples-tone.wav"));
    }
}
