//! How fast networks predict and learn, and how long they take to compile.
//!
//! `cargo run --release -p benches -- --csv` prints, for each workload, its name, the threads, the median
//! and the least time in microseconds, the arithmetic in GFLOP/s, and how much of the processor's peak
//! that is. The peak (fused multiply-adds of one core) is measured in the same run. `--only compile` measures the compilation
//! of networks instead, in user time.

mod compile;
mod networks;
mod peak;
mod sequences;
mod timing;

use clap::Parser;
use nn_core::prelude::*;
use nn_core::{CompiledLoss, Session};
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
}

/// Prints what is measured.
struct Report {
    arguments: Arguments,
    /// Of one core, in GFLOP/s.
    peak: f64,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let peak = peak::measure();
    let report = Report { arguments, peak };
    report.header();
    networks::tiny(&report);
    networks::small(&report);
    networks::mnist(&report);
    networks::lenet(&report);
    networks::simple_cnn(&report);
    sequences::steps(&report);
    sequences::training(&report);
    if report.arguments.only.is_empty() { Ok(()) } else { compile::networks(&report) }
}

impl Report {
    fn header(&self) {
        if self.arguments.csv {
            println!("name,threads,median_us,min_us,gflops,percent_of_peak");
            println!("peak-fma-f32,1,,,{:.1},100.0", self.peak);
        } else {
            println!("one core does {:.1} GFLOP/s at most\n", self.peak);
            println!("{:28} {:>12} {:>12} {:>9} {:>9}", "workload", "median µs", "least µs", "GFLOP/s", "% of peak");
        }
    }

    /// Measures one workload that does so many floating-point operations.
    fn workload(&self, name: &str, operations: usize, work: impl FnMut()) {
        if self.wants(name) {
            self.row(name, &timing::measure(self.arguments.seconds, work), Some(operations));
        }
    }

    /// Whether a row is asked for.
    fn wants(&self, name: &str) -> bool {
        name.contains(&self.arguments.only)
    }

    /// Prints a row; the rate where it is arithmetic that takes the time.
    fn row(&self, name: &str, &Times { median, least }: &Times, operations: Option<usize>) {
        #[allow(clippy::cast_precision_loss)] // far fewer than 2^52
        let rate = operations.map(|operations| operations as f64 / median / 1e3);
        let text = |value: Option<f64>, digits: usize| value.map_or(String::new(), |value| format!("{value:.digits$}"));
        let part = text(rate.map(|rate| 100.0 * rate / self.peak), 1);
        if self.arguments.csv {
            println!("{name},1,{median:.4},{least:.4},{},{part}", text(rate, 3));
        } else {
            println!("{name:28} {median:12.3} {least:12.3} {:>9} {part:>9}", text(rate, 2));
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
        let mut workspace = nn_core::train_workspace::<N>();
        let mut gradient = nn_core::zero_gradient::<N>();
        let mut state = optimizer.state();
        // forward, by the weights, and by the inputs of all layers but the first
        let first = N::LAYERS.iter().map(|layer| layer.macs).find(|macs| *macs > 0).unwrap_or(0);
        let operations = 2 * inputs.len() * (3 * N::MACS - first);
        let network = &mut session.network;
        self.workload(&format!("train-{name}"), operations, || {
            let (inputs, targets) = std::hint::black_box((inputs, targets));
            let loss = network.gradient(inputs, targets, Draw::new(0, 0), &mut workspace, &mut gradient);
            std::hint::black_box(loss.expect("the samples fit the network"));
            optimizer
                .step(network.params_mut(), &gradient, &mut state, 1.0)
                .expect("the state belongs to the optimiser");
        });
    }
}
