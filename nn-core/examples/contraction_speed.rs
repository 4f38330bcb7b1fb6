//! The speed of the contraction kernels, as a part of the peak of this processor, which is measured in the same run.
//!
//! `cargo run --release -p nn-core --example contraction_speed [part of a name]`

use std::hint::black_box;
use std::time::Instant;

use nn_core::Scalar;
use nn_core::private::{Contraction, InstructionSet, Loop, Operands, Start};

const N: usize = Loop::SAMPLES;

const fn steps(extent: usize, [out, left, right, start]: [usize; 4]) -> Loop {
    Loop { extent, out, left: left.cast_signed(), right: right.cast_signed(), start }
}

const fn forward(i: usize, o: usize) -> Contraction {
    Contraction::new(&[steps(N, [o, 0, i, 0]), steps(o, [1, i, 0, 1]), steps(i, [0, 1, 1, 0])])
}

const fn by_input(i: usize, o: usize) -> Contraction {
    Contraction::new(&[steps(N, [i, o, 0, 0]), steps(i, [1, 0, 1, 0]), steps(o, [0, 1, i, 0])])
}

const fn by_weight(i: usize, o: usize) -> Contraction {
    Contraction::new(&[steps(o, [i, 1, 0, 0]), steps(i, [1, 0, 1, 0]), steps(N, [0, o, i, 0])])
}

/// Inputs, outputs, size of the image, size of the kernel.
struct Convolution(usize, usize, usize, usize);

impl Convolution {
    const fn forward(self) -> Contraction {
        let Convolution(c, o, x, k) = self;
        let y = x - k + 1;
        Contraction::new(&[
            steps(N, [o * y * y, 0, c * x * x, 0]),
            steps(o, [y * y, c * k * k, 0, 1]),
            steps(y, [y, 0, x, 0]),
            steps(y, [1, 0, 1, 0]),
            steps(c, [0, k * k, x * x, 0]),
            steps(k, [0, k, x, 0]),
            steps(k, [0, 1, 1, 0]),
        ])
    }
    const fn by_weight(self) -> Contraction {
        let Convolution(c, o, x, k) = self;
        let y = x - k + 1;
        Contraction::new(&[
            steps(o, [c * k * k, y * y, 0, 0]),
            steps(c, [k * k, 0, x * x, 0]),
            steps(k, [k, 0, x, 0]),
            steps(k, [1, 0, 1, 0]),
            steps(N, [0, o * y * y, c * x * x, 0]),
            steps(y, [0, y, x, 0]),
            steps(y, [0, 1, 1, 0]),
        ])
    }
    const fn by_input(self) -> Contraction {
        let Convolution(c, o, x, k) = self;
        let y = x - k + 1;
        Contraction::new(&[
            steps(N, [c * x * x, 0, o * y * y, 0]),
            steps(c, [x * x, k * k, 0, 0]),
            steps(k, [x, k, 0, 0]),
            steps(k, [1, 1, 0, 0]),
            steps(y, [x, 0, y, 0]),
            steps(y, [1, 0, 1, 0]),
            steps(o, [0, c * k * k, y * y, 0]),
        ])
    }
}

/// Multiply-accumulate operations, and the seconds that they took.
struct Row {
    name: String,
    products: usize,
    minimum: f64,
    median: f64,
    /// The median of the share of the peak, each measured right after the work.
    of_peak: f64,
}

fn seconds(repeats: usize, mut work: impl FnMut()) -> f64 {
    let clock = Instant::now();
    for _ in 0..repeats {
        work();
    }
    clock.elapsed().as_secs_f64() / repeats as f64
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn time(name: &str, peak: fn() -> f64, products: usize, mut work: impl FnMut()) -> Row {
    let repeats = (1_000_000 / products.max(1)).max(1);
    let (mut times, mut shares) = ([0.0; 101], [0.0; 101]);
    seconds(2 * repeats, &mut work);
    for (time, share) in times.iter_mut().zip(&mut shares) {
        *time = seconds(repeats, &mut work);
        *share = products as f64 / *time / peak();
    }
    let (of_peak, median) = (median(&mut shares), median(&mut times));
    Row { name: name.into(), products, minimum: times[0], median, of_peak }
}

/// The most multiply-accumulate operations in a second.
fn peak_single() -> f64 {
    #[cfg(target_arch = "x86_64")]
    if InstructionSet::detect() != InstructionSet::baseline() {
        // SAFETY: the token that was found proves AVX2 and FMA.
        return 12.0 * 8.0 / seconds(1, || unsafe { fused(5_000) }) * 5_000.0;
    }
    f64::NAN
}

fn peak_double() -> f64 {
    peak_single() / 2.0
}

/// Twelve independent sums of fused multiply-adds.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn fused(rounds: usize) {
    use core::arch::x86_64::*;
    let (x, y) = (_mm256_set1_ps(black_box(0.999)), _mm256_set1_ps(black_box(1e-6)));
    let mut sums = [_mm256_set1_ps(1.0); 12];
    for _ in 0..rounds {
        for sum in &mut sums {
            *sum = _mm256_fmadd_ps(*sum, x, y);
        }
    }
    let mut total = sums[0];
    for sum in sums {
        total = _mm256_add_ps(total, sum);
    }
    black_box(total);
}

struct Bench {
    filter: String,
    instructions: InstructionSet,
    rows: Vec<Row>,
}

/// The elements to skip so that the rest begins `further` elements after the start of a cache line. The operands of a
/// network begin at different offsets within a page.
fn aligned<T>(numbers: &[T], further: usize) -> usize {
    let bytes = numbers.as_ptr().cast::<u8>().align_offset(64);
    bytes / size_of::<T>() + further + SHIFT
}

/// Elements by which all operands miss the alignment.
const SHIFT: usize = 0;

impl Bench {
    /// Measures a case. With `zero` the sums begin with zero, else with the result.
    fn case<T: Scalar>(&mut self, name: &str, plan: &Contraction, samples: usize, products: usize, zero: bool) {
        let name = format!("{name} {}", T::NAME);
        if !name.contains(&self.filter) {
            return;
        }
        let numbers = |seed: usize| -> Vec<T> {
            (0..1 << 20).map(|i| T::from_f64(((i * 31 + seed) % 101) as f64 / 1000.0 - 0.05)).collect()
        };
        let (left, right, mut out) = (numbers(1), numbers(2), numbers(3));
        let (left, right) = (&left[aligned(&left, 0)..], &right[aligned(&right, 320)..]);
        let out_offset = aligned(&out, 640);
        let out = &mut out[out_offset..];
        let instructions = self.instructions;
        let peak = if T::NAME == "f64" { peak_double } else { peak_single };
        let row = time(&name, peak, products, || {
            let start = if zero { Start::Zero } else { Start::Out };
            let (left, right, out) = (black_box(left), black_box(right), black_box(&mut *out));
            plan.run(Operands { instructions, samples, left, right, start, out });
        });
        self.rows.push(row);
    }
}

fn dense<T: Scalar, const I: usize, const O: usize>(bench: &mut Bench, samples: usize) {
    let products = samples * I * O;
    let name = |what: &str| format!("{what} {samples}x{I}x{O}");
    bench.case::<T>(&name("forward"), &const { forward(I, O) }, samples, products, true);
    if samples > 1 {
        bench.case::<T>(&name("by input"), &const { by_input(I, O) }, samples, products, true);
        bench.case::<T>(&name("by weight"), &const { by_weight(I, O) }, samples, products, false);
    }
}

fn convolution<T: Scalar, const C: usize, const O: usize, const X: usize, const K: usize>(
    bench: &mut Bench,
    samples: usize,
) {
    let y = X - K + 1;
    let products = samples * C * O * K * K * y * y;
    let name = |what: &str| format!("{what} {samples} of {C}->{O} {K}x{K} on {X}x{X}");
    bench.case::<T>(&name("forward"), &const { Convolution(C, O, X, K).forward() }, samples, products, true);
    bench.case::<T>(&name("by weight"), &const { Convolution(C, O, X, K).by_weight() }, samples, products, false);
    bench.case::<T>(&name("by input"), &const { Convolution(C, O, X, K).by_input() }, samples, products, false);
}

/// The contractions of a 2-4-1 network as emitted code calls them.
fn tiny(bench: &mut Bench) {
    if !"tiny".contains(&bench.filter) {
        return;
    }
    let (instructions, w, b) = (bench.instructions, [0.1f32; 8], [0.3f32; 4]);
    let (mut hidden, mut y, mut dw, mut dh) = ([0.5f32; 16], [0.0f32; 4], [0.0f32; 8], [0.0f32; 16]);
    let x = [0.2f32; 8];
    for samples in [1, 4] {
        let row = time(&format!("tiny forward of {samples}"), peak_single, 12 * samples, || {
            let (left, right, out) = (black_box(&w[..]), black_box(&x[..]), &mut hidden[..]);
            let start = Start::From(&b);
            const { forward(2, 4) }.run(Operands { instructions, samples, left, right, start, out });
            let (left, right, out) = (&w[..4], &hidden[..], &mut y[..]);
            let start = Start::From(&b[..1]);
            const { forward(4, 1) }.run(Operands { instructions, samples, left, right, start, out });
            black_box(&y);
        });
        bench.rows.push(row);
    }
    let samples = 4;
    let row = time("tiny backward of 4", peak_single, 8 * 4 + 4 * 4 * 2, || {
        let (left, right, out, start) = (black_box(&y[..]), black_box(&hidden[..]), &mut dw[..4], Start::Zero);
        const { by_weight(4, 1) }.run(Operands { instructions, samples, left, right, start, out });
        let (left, right, out, start) = (black_box(&y[..]), black_box(&w[..4]), &mut dh[..], Start::Zero);
        const { by_input(4, 1) }.run(Operands { instructions, samples, left, right, start, out });
        let (left, right, out, start) = (&dh[..], black_box(&x[..]), &mut dw[..], Start::Zero);
        const { by_weight(2, 4) }.run(Operands { instructions, samples, left, right, start, out });
        black_box(&dw);
    });
    bench.rows.push(row);
}

fn main() {
    let filter = std::env::args().nth(1).unwrap_or_default();
    for instructions in [InstructionSet::detect(), InstructionSet::baseline()] {
        let mut bench = Bench { filter: filter.clone(), instructions, rows: Vec::new() };
        dense::<f32, 784, 128>(&mut bench, 64);
        dense::<f32, 128, 10>(&mut bench, 64);
        dense::<f32, 64, 64>(&mut bench, 32);
        dense::<f32, 4, 64>(&mut bench, 32);
        dense::<f32, 64, 2>(&mut bench, 32);
        dense::<f32, 784, 128>(&mut bench, 1);
        dense::<f32, 128, 10>(&mut bench, 1);
        dense::<f32, 64, 64>(&mut bench, 1);
        dense::<f32, 4, 64>(&mut bench, 1);
        dense::<f32, 64, 2>(&mut bench, 1);
        dense::<f32, 256, 120>(&mut bench, 16);
        dense::<f32, 120, 84>(&mut bench, 16);
        dense::<f32, 1024, 256>(&mut bench, 64);
        dense::<f32, 6272, 128>(&mut bench, 64);
        dense::<f64, 784, 128>(&mut bench, 64);
        dense::<f64, 64, 64>(&mut bench, 32);
        convolution::<f32, 1, 6, 28, 5>(&mut bench, 16);
        convolution::<f32, 6, 16, 12, 5>(&mut bench, 16);
        convolution::<f32, 32, 32, 16, 3>(&mut bench, 16);
        convolution::<f32, 1, 32, 30, 3>(&mut bench, 16);
        tiny(&mut bench);
        println!("\n{instructions:?}");
        for Row { name, products, minimum, median, of_peak } in &bench.rows {
            let speed = 2.0 * *products as f64 / minimum / 1e9;
            let (minimum, median, of_peak) = (minimum * 1e6, median * 1e6, of_peak * 100.0);
            println!("{name:44} {minimum:10.3} us  median {median:10.3}  {speed:6.1} GFLOP/s {of_peak:5.0} %");
        }
    }
}
