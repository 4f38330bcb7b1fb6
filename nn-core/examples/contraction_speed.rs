//! The speed of the contraction kernels with every instruction set of this processor, which take turns, and its part of the
//! peak, which is measured in the same run.
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

/// Channels, size of the image with its padding, size of the kernel, stride, size of the result with the padding around it.
struct Depthwise(usize, usize, usize, usize, usize);

impl Depthwise {
    const fn forward(self) -> Contraction {
        let Depthwise(c, x, k, stride, pitch) = self;
        let y = (x - k) / stride + 1;
        Contraction::new(&[
            steps(N, [c * pitch * pitch, 0, c * x * x, 0]),
            steps(c, [pitch * pitch, k * k, x * x, 1]),
            steps(y, [pitch, 0, stride * x, 0]),
            steps(y, [1, 0, stride, 0]),
            steps(k, [0, k, x, 0]),
            steps(k, [0, 1, 1, 0]),
        ])
    }
}

/// Inputs, outputs, size of the image with its padding, size of the kernel, stride, size of the result with the padding around
/// it.
struct Strided(usize, usize, usize, usize, usize, usize);

impl Strided {
    const fn forward(self) -> Contraction {
        let Strided(c, o, x, k, stride, pitch) = self;
        let y = (x - k) / stride + 1;
        Contraction::new(&[
            steps(N, [o * pitch * pitch, 0, c * x * x, 0]),
            steps(o, [pitch * pitch, c * k * k, 0, 1]),
            steps(y, [pitch, 0, stride * x, 0]),
            steps(y, [1, 0, stride, 0]),
            steps(c, [0, k * k, x * x, 0]),
            steps(k, [0, k, x, 0]),
            steps(k, [0, 1, 1, 0]),
        ])
    }
    const fn by_weight(self) -> Contraction {
        let Strided(c, o, x, k, stride, pitch) = self;
        let y = (x - k) / stride + 1;
        Contraction::new(&[
            steps(o, [c * k * k, pitch * pitch, 0, 0]),
            steps(c, [k * k, 0, x * x, 0]),
            steps(k, [k, 0, x, 0]),
            steps(k, [1, 0, 1, 0]),
            steps(N, [0, o * pitch * pitch, c * x * x, 0]),
            steps(y, [0, pitch, stride * x, 0]),
            steps(y, [0, 1, stride, 0]),
        ])
    }
    const fn by_input(self) -> Contraction {
        let Strided(c, o, x, k, stride, pitch) = self;
        let y = (x - k) / stride + 1;
        Contraction::new(&[
            steps(N, [c * x * x, 0, o * pitch * pitch, 0]),
            steps(c, [x * x, k * k, 0, 0]),
            steps(k, [x, k, 0, 0]),
            steps(k, [1, 1, 0, 0]),
            steps(y, [stride * x, 0, pitch, 0]),
            steps(y, [stride, 0, 1, 0]),
            steps(o, [0, c * k * k, pitch * pitch, 0]),
        ])
    }
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

/// The most multiply-accumulate operations of `f32` in a second.
fn peak(instructions: InstructionSet) -> f64 {
    const ROUNDS: usize = 5_000;
    match instructions.name() {
        // SAFETY: the token proves AVX-512.
        #[cfg(target_arch = "x86_64")]
        "avx512" => (24 * 16 * ROUNDS) as f64 / seconds(1, || unsafe { fused_512(ROUNDS) }),
        // SAFETY: the token proves AVX2 and FMA.
        #[cfg(target_arch = "x86_64")]
        "avx2" => (12 * 8 * ROUNDS) as f64 / seconds(1, || unsafe { fused_256(ROUNDS) }),
        _ => f64::NAN,
    }
}

/// Independent sums of fused multiply-adds.
macro_rules! fused {
    ($name:ident, $features:literal, $sums:literal, $splat:ident, $multiply_add:ident, $add:ident) => {
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = $features)]
        fn $name(rounds: usize) {
            use core::arch::x86_64::*;
            let (x, y) = ($splat(black_box(0.999)), $splat(black_box(1e-6)));
            let mut sums = [$splat(1.0); $sums];
            for _ in 0..rounds {
                for sum in &mut sums {
                    *sum = $multiply_add(*sum, x, y);
                }
            }
            let mut total = sums[0];
            for sum in sums {
                total = $add(total, sum);
            }
            black_box(total);
        }
    };
}
fused!(fused_256, "avx2,fma", 12, _mm256_set1_ps, _mm256_fmadd_ps, _mm256_add_ps);
fused!(fused_512, "avx512f", 24, _mm512_set1_ps, _mm512_fmadd_ps, _mm512_add_ps);

struct Bench {
    filter: String,
    sets: Vec<InstructionSet>,
}

impl Bench {
    /// Measures so many multiply-accumulate operations with each instruction set in turn, and prints the times and the
    /// median of the shares of the peak, each of which is measured right after the work.
    fn time(&self, name: &str, products: usize, lanes: f64, mut work: impl FnMut(InstructionSet)) {
        let repeats = (1_000_000 / products.max(1)).max(1);
        let mut found = vec![([0.0; 101], [0.0; 101]); self.sets.len()];
        self.sets.iter().for_each(|&set| _ = seconds(2 * repeats, || work(set)));
        for round in 0..101 {
            for (&set, (times, shares)) in self.sets.iter().zip(&mut found) {
                times[round] = seconds(repeats, || work(set));
                shares[round] = products as f64 / times[round] / (peak(set) * lanes);
            }
        }
        print!("{name:50}");
        for (times, shares) in &mut found {
            let (share, median) = (100.0 * median(shares), median(times));
            let speed = 2e-9 * products as f64 / times[0];
            print!(" | {:9.3} {:9.3} us {speed:6.1} GFLOP/s {share:4.0} %", times[0] * 1e6, median * 1e6);
        }
        println!();
    }
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
    fn case<T: Scalar>(&self, name: &str, plan: &Contraction, samples: usize, products: usize, zero: bool) {
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
        // a vector has half as many lanes of f64
        let lanes = if T::NAME == "f64" { 0.5 } else { 1.0 };
        self.time(&name, products, lanes, |instructions| {
            let start = if zero { Start::Zero } else { Start::Out };
            let (left, right, out) = (black_box(left), black_box(right), black_box(&mut *out));
            plan.run(Operands { instructions, samples, left, right, start, out });
        });
    }
}

fn dense<T: Scalar, const I: usize, const O: usize>(bench: &Bench, samples: usize) {
    let products = samples * I * O;
    let name = |what: &str| format!("{what} {samples}x{I}x{O}");
    bench.case::<T>(&name("forward"), &const { forward(I, O) }, samples, products, true);
    if samples >= 1 {
        bench.case::<T>(&name("by input"), &const { by_input(I, O) }, samples, products, true);
        bench.case::<T>(&name("by weight"), &const { by_weight(I, O) }, samples, products, false);
    }
}

fn convolution<T: Scalar, const C: usize, const O: usize, const X: usize, const K: usize>(
    bench: &Bench,
    samples: usize,
) {
    let y = X - K + 1;
    let products = samples * C * O * K * K * y * y;
    let name = |what: &str| format!("{what} {samples} of {C}->{O} {K}x{K} on {X}x{X}");
    bench.case::<T>(&name("forward"), &const { Convolution(C, O, X, K).forward() }, samples, products, true);
    bench.case::<T>(&name("by weight"), &const { Convolution(C, O, X, K).by_weight() }, samples, products, false);
    bench.case::<T>(&name("by input"), &const { Convolution(C, O, X, K).by_input() }, samples, products, false);
}

fn depthwise<const C: usize, const X: usize, const K: usize, const S: usize, const PITCH: usize>(bench: &Bench) {
    let y = (X - K) / S + 1;
    let name = format!("depthwise {C} {K}x{K} by {S} to {y}x{y} in {PITCH}");
    let plan = &const { Depthwise(C, X, K, S, PITCH).forward() };
    bench.case::<f32>(&name, plan, 1, C * K * K * y * y, true);
}

fn strided<const C: usize, const O: usize, const X: usize, const K: usize, const S: usize, const PITCH: usize>(
    bench: &Bench,
    samples: usize,
) {
    let y = (X - K) / S + 1;
    let products = samples * C * O * K * K * y * y;
    let name = |what: &str| format!("{what} {samples} of {C}->{O} {K}x{K} by {S} to {y}x{y} in {PITCH}");
    bench.case::<f32>(&name("forward"), &const { Strided(C, O, X, K, S, PITCH).forward() }, samples, products, true);
    if samples > 1 {
        let plan = &const { Strided(C, O, X, K, S, PITCH).by_weight() };
        bench.case::<f32>(&name("by weight"), plan, samples, products, false);
        let plan = &const { Strided(C, O, X, K, S, PITCH).by_input() };
        bench.case::<f32>(&name("by input"), plan, samples, products, false);
    }
}

/// The contractions of networks for small devices, as for hands and faces.
fn mobile(bench: &Bench) {
    strided::<3, 24, 131, 5, 2, 64>(bench, 1);
    strided::<3, 16, 129, 3, 2, 66>(bench, 1);
    strided::<24, 24, 64, 1, 1, 64>(bench, 1);
    strided::<24, 24, 64, 1, 1, 66>(bench, 1);
    strided::<24, 48, 128, 1, 1, 128>(bench, 1);
    strided::<64, 64, 28, 1, 1, 28>(bench, 1);
    strided::<64, 64, 28, 1, 1, 30>(bench, 1);
    strided::<96, 96, 14, 1, 1, 14>(bench, 1);
    strided::<96, 96, 14, 1, 1, 16>(bench, 1);
    strided::<192, 192, 7, 1, 1, 7>(bench, 1);
    strided::<192, 192, 7, 1, 1, 9>(bench, 1);
    strided::<64, 64, 15, 3, 2, 7>(bench, 1);
    strided::<64, 64, 9, 3, 1, 7>(bench, 1);
    strided::<64, 64, 16, 3, 1, 14>(bench, 1);
    depthwise::<24, 66, 3, 1, 64>(bench);
    depthwise::<24, 130, 3, 1, 128>(bench);
    depthwise::<28, 65, 3, 2, 32>(bench);
    depthwise::<64, 30, 3, 1, 28>(bench);
    depthwise::<96, 18, 5, 1, 14>(bench);
    depthwise::<96, 16, 3, 1, 14>(bench);
    depthwise::<192, 9, 3, 1, 7>(bench);
    depthwise::<96, 17, 5, 2, 7>(bench);
    strided::<16, 32, 33, 3, 2, 16>(bench, 16);
    strided::<16, 32, 17, 3, 2, 8>(bench, 16);
}

/// The contractions of a 2-4-1 network as emitted code calls them.
fn tiny(bench: &Bench) {
    if !"tiny".contains(&bench.filter) {
        return;
    }
    let (w, b) = ([0.1f32; 8], [0.3f32; 4]);
    let (mut hidden, mut y, mut dw, mut dh) = ([0.5f32; 16], [0.0f32; 4], [0.0f32; 8], [0.0f32; 16]);
    let x = [0.2f32; 8];
    for samples in [1, 4] {
        bench.time(&format!("tiny forward of {samples}"), 12 * samples, 1.0, |instructions| {
            let (left, right, out) = (black_box(&w[..]), black_box(&x[..]), &mut hidden[..]);
            let start = Start::From(&b);
            const { forward(2, 4) }.run(Operands { instructions, samples, left, right, start, out });
            let (left, right, out) = (&w[..4], &hidden[..], &mut y[..]);
            let start = Start::From(&b[..1]);
            const { forward(4, 1) }.run(Operands { instructions, samples, left, right, start, out });
            black_box(&y);
        });
    }
    let samples = 4;
    bench.time("tiny backward of 4", 8 * 4 + 4 * 4 * 2, 1.0, |instructions| {
        let (left, right, out, start) = (black_box(&y[..]), black_box(&hidden[..]), &mut dw[..4], Start::Zero);
        const { by_weight(4, 1) }.run(Operands { instructions, samples, left, right, start, out });
        let (left, right, out, start) = (black_box(&y[..]), black_box(&w[..4]), &mut dh[..], Start::Zero);
        const { by_input(4, 1) }.run(Operands { instructions, samples, left, right, start, out });
        let (left, right, out, start) = (&dh[..], black_box(&x[..]), &mut dw[..], Start::Zero);
        const { by_weight(2, 4) }.run(Operands { instructions, samples, left, right, start, out });
        black_box(&dw);
    });
}

fn main() {
    let filter = std::env::args().nth(1).unwrap_or_default();
    let bench = &Bench { filter, sets: InstructionSet::available().collect() };
    let names: Vec<_> = bench.sets.iter().map(|set| set.name()).collect();
    println!("least time, median, rate, share of the peak, each with {}", names.join(", "));
    dense::<f32, 784, 128>(bench, 64);
    dense::<f32, 512, 512>(bench, 512);
    dense::<f32, 128, 10>(bench, 64);
    dense::<f32, 64, 64>(bench, 32);
    dense::<f32, 4, 64>(bench, 32);
    dense::<f32, 64, 2>(bench, 32);
    dense::<f32, 784, 128>(bench, 1);
    dense::<f32, 128, 10>(bench, 1);
    dense::<f32, 64, 64>(bench, 1);
    dense::<f32, 4, 64>(bench, 1);
    dense::<f32, 64, 2>(bench, 1);
    dense::<f32, 256, 120>(bench, 16);
    dense::<f32, 120, 84>(bench, 16);
    dense::<f32, 1024, 256>(bench, 64);
    dense::<f32, 6272, 128>(bench, 64);
    dense::<f64, 784, 128>(bench, 64);
    dense::<f64, 64, 64>(bench, 32);
    convolution::<f32, 1, 6, 28, 5>(bench, 16);
    convolution::<f32, 6, 16, 12, 5>(bench, 16);
    convolution::<f32, 32, 32, 16, 3>(bench, 16);
    convolution::<f32, 1, 32, 30, 3>(bench, 16);
    mobile(bench);
    tiny(bench);
}
