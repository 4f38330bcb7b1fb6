//! Times of short pieces of work on a machine that others use too.

use std::time::{Duration, Instant};

/// Microseconds for one piece of work.
pub struct Times {
    /// The median over many measurements.
    pub median: f64,
    /// The least of them.
    pub least: f64,
}

/// Runs the work again and again for so many seconds, in rounds long enough to be timed.
pub fn measure(seconds: f64, work: impl FnMut()) -> Times {
    measure_in_turn(seconds, &[|| {}], work).remove(0)
}

/// The same for each of several settings in turn, for so many seconds each: a clock that changes meanwhile changes all.
pub fn measure_in_turn(seconds: f64, settings: &[impl Fn()], mut work: impl FnMut()) -> Vec<Times> {
    const ROUND: Duration = Duration::from_micros(200);
    let mut repeats = 1u32;
    loop {
        let start = Instant::now();
        (0..repeats).for_each(|_| work());
        if start.elapsed() >= ROUND {
            break;
        }
        repeats *= 2;
    }
    let mut rounds = vec![Vec::new(); settings.len()];
    let begin = Instant::now();
    #[allow(clippy::cast_precision_loss)] // few
    while begin.elapsed().as_secs_f64() < seconds * settings.len() as f64 {
        for (set, rounds) in settings.iter().zip(&mut rounds) {
            set();
            let start = Instant::now();
            (0..repeats).for_each(|_| work());
            rounds.push(start.elapsed().as_secs_f64() * 1e6 / f64::from(repeats));
        }
    }
    let times = |mut rounds: Vec<f64>| {
        rounds.sort_by(f64::total_cmp);
        Times { median: rounds[rounds.len() / 2], least: rounds[0] }
    };
    rounds.into_iter().map(times).collect()
}
