//! The contraction kernels alone.

mod shapes;

use std::hint::black_box;
use std::time::Instant;

use nn_core::Scalar;
use nn_core::private::{Contraction, Operands, Start};

use crate::{Report, peak};
use shapes::{Convolution, Dense};

/// How often each case is measured.
const ROUNDS: usize = 101;

/// Measures the kernels with every instruction set of the report, which take turns: the least time, the median, the rate, and
/// the median of the parts of the peak, each of which is measured right after the work.
pub fn measure(report: &Report) {
    for (samples, inputs, outputs) in [(64, 784, 128), (512, 512, 512), (64, 128, 10), (32, 64, 64), (32, 4, 64)] {
        dense::<f32>(report, samples, Dense { inputs, outputs });
    }
    for (inputs, outputs) in [(784, 128), (128, 10), (64, 64), (64, 2)] {
        dense::<f32>(report, 1, Dense { inputs, outputs });
    }
    dense::<f64>(report, 64, Dense { inputs: 784, outputs: 128 });
    for [inputs, outputs, image, kernel] in [[1, 6, 28, 5], [6, 16, 12, 5], [32, 32, 16, 3], [1, 32, 30, 3]] {
        let pitch = image - kernel + 1;
        convolution(report, 16, Convolution { inputs, outputs, image, kernel, stride: 1, pitch });
    }
    mobile(report);
}

/// The convolutions of networks for small devices: of stride 2, of 1 × 1, and of one map each.
fn mobile(report: &Report) {
    for [inputs, outputs, image, kernel, stride, pitch] in [
        [3, 24, 131, 5, 2, 64],
        [3, 16, 129, 3, 2, 66],
        [64, 64, 15, 3, 2, 7],
        [24, 24, 128, 1, 1, 128],
        [24, 48, 128, 1, 1, 128],
        [64, 64, 28, 1, 1, 28],
        [64, 64, 28, 1, 1, 30],
        [96, 96, 14, 1, 1, 16],
        [192, 192, 7, 1, 1, 9],
        [64, 64, 16, 3, 1, 14],
    ] {
        convolution(report, 1, Convolution { inputs, outputs, image, kernel, stride, pitch });
    }
    convolution(report, 16, Convolution { inputs: 16, outputs: 32, image: 33, kernel: 3, stride: 2, pitch: 16 });
    for [maps, image, kernel, stride, pitch] in [
        [24, 130, 3, 1, 128],
        [28, 65, 3, 2, 32],
        [64, 30, 3, 1, 28],
        [96, 18, 5, 1, 14],
        [192, 9, 3, 1, 7],
        [96, 17, 5, 2, 7],
    ] {
        let shape = Convolution { inputs: maps, outputs: maps, image, kernel, stride, pitch };
        let name = format!("depthwise {maps} {}", geometry(shape));
        case::<f32>(report, &name, &shape.depthwise(), 1, shape.products(1), true);
    }
}

fn dense<T: Scalar>(report: &Report, samples: usize, shape: Dense) {
    let name = |what: &str| format!("{what} {samples}x{}x{} {}", shape.inputs, shape.outputs, T::NAME);
    let products = shape.products(samples);
    case::<T>(report, &name("forward"), &shape.forward(), samples, products, true);
    case::<T>(report, &name("by input"), &shape.by_input(), samples, products, true);
    case::<T>(report, &name("by weight"), &shape.by_weight(), samples, products, false);
}

fn convolution(report: &Report, samples: usize, shape: Convolution) {
    let name = |what: &str| format!("{what} {samples} of {}->{} {}", shape.inputs, shape.outputs, geometry(shape));
    let products = samples * shape.products(shape.inputs);
    case::<f32>(report, &name("forward"), &shape.forward(), samples, products, true);
    if samples > 1 {
        case::<f32>(report, &name("by weight"), &shape.by_weight(), samples, products, false);
        case::<f32>(report, &name("by input"), &shape.by_input(), samples, products, false);
    }
}

/// The kernel, the stride and the result: `3x3 by 2 to 7x7 in 9`.
fn geometry(shape: Convolution) -> String {
    let Convolution { kernel, stride, pitch, .. } = shape;
    let size = shape.size();
    format!("{kernel}x{kernel} by {stride} to {size}x{size} in {pitch}")
}

/// Measures a case. With `zero` the sums begin with zero, else with the result.
fn case<T: Scalar>(report: &Report, name: &str, plan: &Contraction, samples: usize, products: usize, zero: bool) {
    if !report.wants(name) {
        return;
    }
    #[allow(clippy::cast_precision_loss)] // small
    let numbers = |seed: usize| -> Vec<T> {
        (0..1 << 20).map(|i| T::from_f64(((i * 31 + seed) % 101) as f64 / 1000.0 - 0.05)).collect()
    };
    let (left, right, mut out) = (numbers(1), numbers(2), numbers(3));
    // as in a network, the operands begin at different offsets within a page
    let (left, right) = (&left[aligned(&left, 0)..], &right[aligned(&right, 320)..]);
    let begin = aligned(&out, 640);
    let out = &mut out[begin..];
    let repeats = (1_000_000 / products.max(1)).max(1);
    let mut found = vec![(Vec::new(), Vec::new()); report.sets.len()];
    for _ in 0..ROUNDS {
        for (&(instructions, _), (times, shares)) in report.sets.iter().zip(&mut found) {
            let clock = Instant::now();
            for _ in 0..repeats {
                let start = if zero { Start::Zero } else { Start::Out };
                let (left, right, out) = (black_box(left), black_box(right), black_box(&mut *out));
                plan.run(Operands { instructions, samples, left, right, start, out });
            }
            #[allow(clippy::cast_precision_loss)] // small
            let (seconds, products) = (clock.elapsed().as_secs_f64() / repeats as f64, products as f64);
            times.push(seconds * 1e6);
            // a vector has half as many lanes of f64
            let wide = size_of::<T>() as f64 / 4.0;
            shares.push(2e-9 * products * wide / seconds / peak::once(instructions) * 100.0);
        }
    }
    print(name, products, &mut found);
}

/// Prints a row: for each instruction set the least time, the median, the rate and the part of the peak.
fn print(name: &str, products: usize, found: &mut [(Vec<f64>, Vec<f64>)]) {
    print!("{name:50}");
    for (times, shares) in found {
        times.sort_by(f64::total_cmp);
        shares.sort_by(f64::total_cmp);
        let (least, median, share) = (times[0], times[ROUNDS / 2], shares[ROUNDS / 2]);
        #[allow(clippy::cast_precision_loss)] // small
        let rate = 2e-3 * products as f64 / least;
        print!(" | {least:9.3} {median:9.3} us {rate:6.1} GFLOP/s {share:4.0} %");
    }
    println!();
}

/// The elements to skip so that the rest begins `further` elements after the start of a cache line.
fn aligned<T>(numbers: &[T], further: usize) -> usize {
    numbers.as_ptr().cast::<u8>().align_offset(64) / size_of::<T>() + further
}
