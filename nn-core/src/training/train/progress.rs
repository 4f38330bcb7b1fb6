//! The progress of a training, on standard error.

use super::Epoch;

#[cfg(feature = "progress")]
use std::io::IsTerminal;

/// About this many epochs of a long training are shown as lines.
const LINES: usize = 100;

pub(super) enum Reporter {
    Quiet,
    /// A line for each epoch, or for every so many of a long training.
    Lines {
        epochs: usize,
        every: usize,
    },
    #[cfg(feature = "progress")]
    Bar(Bar),
}

impl Reporter {
    /// A reporter for `epochs` of `batches` each.
    #[cfg_attr(not(feature = "progress"), allow(unused_variables))]
    pub(super) fn new(quiet: bool, epochs: usize, batches: usize) -> Self {
        hint_at_profile();
        if quiet {
            return Reporter::Quiet;
        }
        #[cfg(feature = "progress")]
        if std::io::stderr().is_terminal() {
            return Reporter::Bar(Bar::new(epochs, batches));
        }
        Reporter::Lines { epochs, every: epochs.div_ceil(LINES) }
    }

    pub(super) fn batch(&mut self, epoch: usize, loss: f64) {
        match self {
            #[cfg(feature = "progress")]
            Reporter::Bar(bar) => bar.batch(epoch, loss),
            _ => {
                let _ = (epoch, loss);
            }
        }
    }

    /// Counts batches as done that a training before has done.
    #[cfg(feature = "safetensors")]
    pub(super) fn skip(&mut self, batches: usize) {
        match self {
            #[cfg(feature = "progress")]
            Reporter::Bar(bar) => bar.done += batches as u64,
            _ => {
                let _ = batches;
            }
        }
    }

    pub(super) fn epoch(&mut self, epoch: &Epoch, metric: Option<&str>) {
        match self {
            Reporter::Quiet => {}
            Reporter::Lines { epochs, every } => {
                if epoch.number.is_multiple_of(*every) || epoch.number == *epochs {
                    eprintln!("{}, {:.2} s", line(epoch, *epochs, metric), epoch.seconds);
                }
            }
            #[cfg(feature = "progress")]
            Reporter::Bar(bar) => bar.epoch(epoch, metric),
        }
    }
}

/// Says once in a program what to add to an unoptimised build, even to a quiet one: nobody waits an hour for a profile.
fn hint_at_profile() {
    static SAID: std::sync::Once = std::sync::Once::new();
    if cfg!(unoptimised) {
        SAID.call_once(|| {
            eprintln!(
                "this build is not optimised, and trains hundreds of times slower: build with `--release`, or add \
                 `[profile.dev] opt-level = 1` and `package.nn-core = {{ opt-level = 3, debug-assertions = false, \
                 overflow-checks = false }}` to Cargo.toml"
            );
        });
    }
}

fn line(epoch: &Epoch, epochs: usize, metric: Option<&str>) -> String {
    let loss = short(epoch.training_loss);
    format!("epoch {}/{epochs}: loss {loss}{}", epoch.number, validation(epoch, metric))
}

/// The measurements of the validation set, each after a comma.
fn validation(epoch: &Epoch, metric: Option<&str>) -> String {
    let mut text = String::new();
    if let Some(loss) = epoch.validation_loss {
        text += &format!(", validation {}", short(loss));
    }
    if let (Some(name), Some(value)) = (metric, epoch.metric) {
        text += &format!(", {name} {value:.4}");
    }
    text
}

/// A loss with four decimal places, or the first three digits of a small one.
fn short(loss: f64) -> String {
    if loss.abs() < 0.01 { format!("{loss:.2e}") } else { format!("{loss:.4}") }
}

/// A bar over all batches of all epochs. Its text is updated at most ten times a second.
#[cfg(feature = "progress")]
pub(super) struct Bar {
    bar: indicatif::ProgressBar,
    epochs: usize,
    done: u64,
    /// The last complete epoch: its line, and its measurements.
    last: String,
    measured: String,
    drawn: std::time::Instant,
}

#[cfg(feature = "progress")]
impl Bar {
    fn new(epochs: usize, batches: usize) -> Self {
        let bar = indicatif::ProgressBar::new((epochs as u64).saturating_mul(batches as u64));
        if let Ok(style) = indicatif::ProgressStyle::with_template("{prefix} {wide_bar} {msg}, {eta} left") {
            bar.set_style(style);
        }
        let (last, measured) = (String::new(), String::new());
        Bar { bar, epochs, done: 0, last, measured, drawn: std::time::Instant::now() }
    }

    fn batch(&mut self, epoch: usize, loss: f64) {
        self.done += 1;
        if self.drawn.elapsed() < std::time::Duration::from_millis(100) {
            return;
        }
        self.bar.set_prefix(format!("epoch {epoch}/{}", self.epochs));
        self.bar.set_message(format!("loss {}{}", short(loss), self.measured));
        self.bar.set_position(self.done);
        self.drawn = std::time::Instant::now();
    }

    fn epoch(&mut self, epoch: &Epoch, metric: Option<&str>) {
        self.last = line(epoch, self.epochs, metric);
        self.measured = validation(epoch, metric);
    }
}

#[cfg(feature = "progress")]
impl Drop for Bar {
    /// Leaves the last line on the terminal, also after an error.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
        if !self.last.is_empty() {
            eprintln!("{}, {:.1} s in all", self.last, self.bar.elapsed().as_secs_f64());
        }
    }
}
