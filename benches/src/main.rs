//! How fast networks predict and learn, and how long they take to compile.
//!
//! `cargo run --release -p benches -- --csv` prints, for each workload, its name, the threads, the median
//! and the least time in microseconds, the arithmetic in GFLOP/s, and how much of the processor's peak
//! that is. The peak (fused multiply-adds of one core) is measured in the same run. `--compare` has a row for each instruction
//! set of the processor, which take turns. `--only compile` measures the compilation
//! of networks instead, in user time.

mod compile;
mod kernels;
mod mobile;
mod networks;
mod peak;
mod sequences;
mod timing;

use clap::Parser;
use nn_core::prelude::*;
use nn_core::private::InstructionSet;
use nn_core::{CompiledLoss, Parallel as _, Session, Team};
use timing::Times;

/// Measures the workloads.
#[derive(Parser)]
struct Arguments {
    /// Comma separated values instead of a table.
    #[arg(long)]
    csv: bool,
    /// Only workloads whose name contains this. Those that compile take minutes, and are left out unless this names them,
    /// as in `--only compile`.
    #[arg(long, default_value = "")]
    only: String,
    /// How long each workload is measured, in seconds.
    #[arg(long, default_value_t = 0.5)]
    seconds: f64,
    /// The threads of a gradient.
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// A row for each instruction set of the processor, in turn, as parts of its own peak.
    #[arg(long)]
    compare: bool,
    /// The contraction kernels alone, each as a part of the peak that is measured right after it.
    #[arg(long)]
    kernels: bool,
}

/// Prints what is measured.
struct Report {
    arguments: Arguments,
    /// The instruction sets to measure, with the peak of one core in GFLOP/s.
    sets: Vec<(InstructionSet, f64)>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let sets: Vec<_> =
        if arguments.compare { InstructionSet::available().collect() } else { vec![InstructionSet::detect()] };
    let report = Report { arguments, sets: sets.into_iter().map(|set| (set, peak::measure(set))).collect() };
    if report.arguments.kernels {
        kernels::measure(&report);
        return Ok(());
    }
    report.header();
    networks::tiny(&report);
    networks::small(&report);
    networks::mnist(&report);
    networks::lenet(&report);
    networks::simple_cnn(&report);
    mobile::predictions(&report);
    sequences::steps(&report);
    sequences::training(&report);
    if report.arguments.only.is_empty() { Ok(()) } else { compile::networks(&report) }
}

impl Report {
    fn header(&self) {
        if self.arguments.csv {
            println!("name,threads,median_us,min_us,gflops,percent_of_peak");
        } else {
            println!("{:36} {:>12} {:>12} {:>9} {:>9}", "workload", "median µs", "least µs", "GFLOP/s", "% of peak");
        }
        for &(set, peak) in &self.sets {
            if self.arguments.csv {
                println!("{},1,,,{peak:.1},100.0", self.name("peak-fma-f32", set));
            } else {
                println!("{:36} {:12} {:12} {peak:9.2} {:9.1}", self.name("peak", set), "", "", 100.0);
            }
        }
    }

    /// The name of a row.
    fn name(&self, name: &str, set: InstructionSet) -> String {
        if self.arguments.compare { format!("{name}-{}", set.name()) } else { name.into() }
    }

    /// Measures one workload that does so many floating-point operations.
    fn workload(&self, name: &str, operations: usize, work: impl FnMut()) {
        if !self.wants(name) {
            return;
        }
        let settings: Vec<_> = self.sets.iter().map(|&(set, _)| move || set.limit()).collect();
        let times = timing::measure_in_turn(self.arguments.seconds, &settings, work);
        for (&(set, peak), times) in self.sets.iter().zip(times) {
            self.row(&self.name(name, set), &times, Some((operations, peak)));
        }
    }

    /// Whether a row is asked for.
    fn wants(&self, name: &str) -> bool {
        name.contains(&self.arguments.only)
    }

    /// Prints a row; the rate where it is arithmetic that takes the time, whose peak is given.
    fn row(&self, name: &str, &Times { median, least }: &Times, arithmetic: Option<(usize, f64)>) {
        #[allow(clippy::cast_precision_loss)] // far fewer than 2^52
        let rate = arithmetic.map(|(operations, peak)| (operations as f64 / median / 1e3, peak));
        let text = |value: Option<f64>, digits: usize| value.map_or(String::new(), |value| format!("{value:.digits$}"));
        let part = text(rate.map(|(rate, peak)| 100.0 * rate / peak), 1);
        let rate = rate.map(|(rate, _)| rate);
        if self.arguments.csv {
            println!("{name},{},{median:.4},{least:.4},{},{part}", self.arguments.threads, text(rate, 3));
        } else {
            println!("{name:36} {median:12.3} {least:12.3} {:>9} {part:>9}", text(rate, 2));
        }
    }

    /// The prediction of one sample.
    fn predict<N: Network>(&self, name: &str, session: &mut Session<N>, input: &N::Input) {
        self.workload(&format!("predict-{name}"), 2 * N::MACS, || {
            std::hint::black_box(session.forward(std::hint::black_box(input)));
        });
    }

    /// A training step: prediction, loss, gradient by all parameters, gradient descent.
    fn train<N>(&self, name: &str, session: &mut Session<N>, inputs: &[N::Input], targets: &[N::Target])
    where
        N: CompiledLoss<Scalar = f32>,
    {
        let name = format!("{name}-b{}", inputs.len());
        self.train_with(Sgd::new(1e-5), &name, session, inputs, targets);
    }

    /// The same with any optimiser.
    fn train_with<N, O>(
        &self,
        optimizer: O,
        name: &str,
        session: &mut Session<N>,
        inputs: &[N::Input],
        targets: &[N::Target],
    ) where
        N: CompiledLoss<Scalar = f32>,
        O: Optimizer<f32>,
    {
        let threads = self.arguments.threads;
        let mut workspace: Vec<_> = (0..threads).flat_map(|_| nn_core::train_workspace::<N>()).collect();
        let mut team = Team::new(threads);
        let mut gradient = nn_core::zero_gradient::<N>();
        let mut state = optimizer.state();
        // forward, by the weights, and by the inputs of all layers but the first
        let first = N::LAYERS.iter().map(|layer| layer.macs).find(|macs| *macs > 0).unwrap_or(0);
        let operations = 2 * inputs.len() * (3 * N::MACS - first);
        let network = &mut session.network;
        self.workload(&format!("train-{name}"), operations, || {
            let (inputs, targets) = std::hint::black_box((inputs, targets));
            let draw = Draw::new(0, 0);
            let loss = network.parallel_gradient(inputs, targets, draw, &mut workspace, &mut gradient, &mut team);
            std::hint::black_box(loss.expect("the samples fit the network"));
            optimizer
                .step(network.params_mut(), &gradient, &mut state, 1.0)
                .expect("the state belongs to the optimiser");
        });
    }
}
