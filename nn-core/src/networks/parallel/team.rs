//! Threads that wait for work.

use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use core::sync::atomic::{AtomicBool, AtomicUsize};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::vec::Vec;

/// Threads that compute one batch after the other together with the thread that asks them.
///
/// They wait for the next batch without sleep for a fifth of a millisecond: to wake a thread takes 30 to 100 µs, as long as
/// many a step of training. Then they sleep. They end with the team.
///
/// ```
/// let team = nn_core::Team::new(2);
/// assert_eq!(team.threads(), 2);
/// ```
#[derive(Debug)]
pub struct Team {
    shared: Arc<Shared>,
    others: Vec<JoinHandle<()>>,
}

/// How long a thread waits for work without sleep.
const AWAKE: Duration = Duration::from_micros(200);

#[derive(Debug, Default)]
struct Shared {
    /// The number of jobs so far.
    jobs: AtomicUsize,
    /// The threads that have not finished the last job.
    unfinished: AtomicUsize,
    job: Mutex<Option<Job>>,
    has_panicked: AtomicBool,
    ends: AtomicBool,
}

/// The work of all threads, each of which has a number.
#[derive(Clone, Copy)]
struct Job(*const (dyn Fn(usize) + Sync));

impl core::fmt::Debug for Job {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Job")
    }
}

// SAFETY: it may be called from any thread, since it is `Sync`.
unsafe impl Send for Job {}

impl Team {
    /// A team of so many threads, at least one: this one, and others that begin to wait.
    ///
    /// # Panics
    /// If the system refuses a thread.
    #[must_use]
    pub fn new(threads: usize) -> Self {
        let shared = Arc::new(Shared::default());
        let other = |number: usize| {
            let shared = Arc::clone(&shared);
            let thread = thread::Builder::new().name("nn-core".into());
            thread.spawn(move || shared.work(number)).expect("the system refuses a thread")
        };
        // threads that have begun end with the team, also if the next one is refused
        let mut team = Team { shared: Arc::clone(&shared), others: Vec::new() };
        (1..threads).for_each(|number| team.others.push(other(number)));
        team
    }

    /// The number of threads, with the one that asks.
    #[must_use]
    pub fn threads(&self) -> usize {
        1 + self.others.len()
    }

    /// Calls a function on each thread with its number, and returns when all have finished.
    pub(super) fn run(&mut self, work: &(dyn Fn(usize) + Sync)) {
        // SAFETY: only the lifetime changes. The others call it before they have finished, which is waited for, also if
        // this thread panics.
        let erased = unsafe { core::mem::transmute::<&(dyn Fn(usize) + Sync), &'static (dyn Fn(usize) + Sync)>(work) };
        *self.shared.job.lock().unwrap_or_else(PoisonError::into_inner) = Some(Job(erased));
        self.shared.unfinished.store(self.others.len(), Relaxed);
        // of a job whose panic was that of this thread
        self.shared.has_panicked.store(false, Relaxed);
        self.shared.jobs.fetch_add(1, Release);
        self.others.iter().for_each(|other| other.thread().unpark());
        {
            let _all = Join(&self.shared);
            work(0);
        }
        assert!(!self.shared.has_panicked.load(Relaxed), "a thread of the team has panicked");
    }
}

/// Waits for the other threads.
struct Join<'a>(&'a Shared);

impl Drop for Join<'_> {
    fn drop(&mut self) {
        let mut waited = 0;
        while self.0.unfinished.load(Acquire) > 0 {
            pause(&mut waited);
        }
    }
}

/// A moment of waiting for another thread that is at work: without sleep at first.
pub(super) fn pause(waited: &mut usize) {
    const SPINS: usize = 10_000;
    *waited += 1;
    if *waited < SPINS { core::hint::spin_loop() } else { thread::yield_now() }
}

impl Shared {
    /// What a thread does until the team ends.
    fn work(&self, number: usize) {
        let mut done = 0;
        loop {
            self.wait(done);
            if self.ends.load(Relaxed) {
                return;
            }
            done += 1;
            let job = *self.job.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(Job(work)) = job {
                // SAFETY: it lives until this thread has finished
                let work = unsafe { &*work };
                if let Err(reason) = catch_unwind(AssertUnwindSafe(|| work(number))) {
                    self.has_panicked.store(true, Relaxed);
                    // what it is dropped by may panic too, and the others wait for this thread
                    core::mem::forget(reason);
                }
            }
            self.unfinished.fetch_sub(1, Release);
        }
    }

    /// Waits for the next job.
    fn wait(&self, done: usize) {
        let begin = Instant::now();
        while self.jobs.load(Acquire) == done {
            if begin.elapsed() < AWAKE {
                (0..32).for_each(|_| core::hint::spin_loop());
            } else {
                thread::park();
            }
        }
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        self.shared.ends.store(true, Relaxed);
        self.shared.jobs.fetch_add(1, Release);
        for other in self.others.drain(..) {
            other.thread().unpark();
            // what it had to say of a panic, it has said
            let _ = other.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use core::sync::atomic::AtomicUsize;
    use core::sync::atomic::Ordering::Relaxed;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::time::Duration;

    use super::Team;

    #[test]
    fn each_thread_works_once_a_job() {
        let mut team = Team::new(3);
        let counts: [AtomicUsize; 3] = Default::default();
        for job in 1..=100 {
            team.run(&|number| {
                counts[number].fetch_add(1, Relaxed);
            });
            assert!(counts.iter().all(|count| count.load(Relaxed) == job));
            if job == 50 {
                // they sleep meanwhile
                std::thread::sleep(Duration::from_millis(2));
            }
        }
    }

    #[test]
    fn a_panic_is_one_of_the_caller() {
        let mut team = Team::new(2);
        for of in [[0, 0], [1, 1], [0, 1]] {
            let run = AssertUnwindSafe(|| team.run(&|own| assert!(!of.contains(&own), "of thread {own}")));
            assert!(catch_unwind(run).is_err());
            team.run(&|_| {});
        }
    }
}
