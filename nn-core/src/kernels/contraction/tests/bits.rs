use super::shapes::{convolution_weight, dense, dense_input, dense_weight};
use super::*;

/// The result of one sample of a case, computed alone.
fn alone<T: Scalar>(case: &Case<T>, instructions: InstructionSet, sample: usize) -> Vec<T> {
    let by_sample = case.loops.iter().find(|l| l.extent == N).unwrap();
    let one = Case {
        loops: case.loops.clone(),
        samples: 1,
        left: case.left[sample * by_sample.left.unsigned_abs()..].to_vec(),
        right: case.right[sample * by_sample.right.unsigned_abs()..].to_vec(),
        start: case.start[sample * by_sample.start..].to_vec(),
        out: case.out[sample * by_sample.out..].to_vec(),
    };
    let outputs: Vec<Loop> = case.loops.iter().copied().filter(|l| l.out != 0).collect();
    let mut out = one.run(instructions, Begin::From);
    out.truncate(length(&outputs, 1, |l| l.out));
    out
}

fn check_alone<T: Scalar>(loops: &[Loop]) {
    let case = Case::<T>::new(&mut Random(8), loops, 60);
    let by_sample = loops.iter().find(|l| l.extent == N).unwrap();
    for instructions in instruction_sets() {
        let together = case.run(instructions, Begin::From);
        for sample in [0, 1, 2, 5, 17, 58, 59] {
            let alone = alone(&case, instructions, sample);
            assert!(same_bits(&alone, &together[sample * by_sample.out..][..alone.len()]), "{loops:?}");
        }
    }
}

/// y[n, o, h, w] = b[o] + sum over c, i, j of w[o, c, i, j] x[n, c, h + i, w + j], for square images
fn convolution(c: usize, o: usize, size: usize, k: usize) -> [Loop; 7] {
    let y = size - k + 1;
    [
        steps(N, [o * y * y, 0, c * size * size, 0]),
        steps(o, [y * y, c * k * k, 0, 1]),
        steps(y, [y, 0, size, 0]),
        steps(y, [1, 0, 1, 0]),
        steps(c, [0, k * k, size * size, 0]),
        steps(k, [0, k, size, 0]),
        steps(k, [0, 1, 1, 0]),
    ]
}

#[test]
fn a_sample_has_the_same_bits_alone() {
    for loops in [dense(784, 10), dense(64, 64), dense(4, 64), dense(3, 75), dense(30, 3), dense(1500, 5), dense(2, 4)]
    {
        check_alone::<f32>(&loops);
        check_alone::<f64>(&loops);
    }
    for loops in [dense_input(50, 11), dense_input(3, 2), dense_input(17, 300), dense_input(1, 40)] {
        check_alone::<f32>(&loops);
        check_alone::<f64>(&loops);
    }
    for loops in [convolution(1, 6, 14, 5), convolution(3, 5, 12, 3)] {
        check_alone::<f32>(&loops);
        check_alone::<f64>(&loops);
    }
}

/// Holds that one position of the output loop at `over` has the bits of all positions together, where the plan is made
/// like that of the whole. `moved` are the strides of the loops in the right factor, whose elements are copied.
fn check_position<T: Scalar>(loops: &[Loop], over: usize, moved: impl Fn(usize, &Loop) -> isize) {
    let case = Case::<T>::new(&mut Random(10), loops, 1);
    let along = loops[over];
    let mut step = loops.to_vec();
    step.remove(over);
    let compact: Vec<Loop> = step.iter().enumerate().map(|(at, l)| Loop { right: moved(at, l), ..*l }).collect();
    let outputs: Vec<Loop> = compact.iter().copied().filter(|l| l.out != 0).collect();
    let plan = Contraction::like(&compact, loops);
    for instructions in instruction_sets() {
        let together = case.run(instructions, Begin::From);
        for at in [0, 1, along.extent / 2, along.extent - 1] {
            let from = &case.right[at * along.right.unsigned_abs()..];
            let mut right = vec![T::default(); length(&compact, 1, |l| l.right.unsigned_abs())];
            let both: Vec<Loop> = step.iter().zip(&compact).map(|(a, b)| Loop { left: a.right, ..*b }).collect();
            walk(&both, 1, [0; 4], &mut |[_, a, b, _]| right[b.cast_unsigned()] = from[a.cast_unsigned()]);
            let mut out = vec![T::default(); length(&outputs, 1, |l| l.out)];
            let left = &case.left[at * along.left.unsigned_abs()..];
            let start = Start::From(&case.start[at * along.start..]);
            plan.run(Operands { instructions, samples: 1, left, right: &right, start, out: &mut out });
            walk(&outputs, 1, [0; 4], &mut |[o, ..]| {
                let (found, wanted) = (out[o.cast_unsigned()], together[at * along.out + o.cast_unsigned()]);
                assert!(same_bits(&[found], &[wanted]), "{found} and {wanted} at {at} of {loops:?}");
            });
        }
    }
}

#[test]
fn a_position_has_the_same_bits_alone() {
    const T: usize = 50;
    for [inputs, outputs] in [[3, 5], [8, 32], [20, 80], [64, 256], [100, 1], [1, 80], [2, 2], [1200, 3]] {
        // dense, over all positions
        let loops = [
            steps(N, [T * outputs, 0, T * inputs, 0]),
            steps(T, [outputs, 0, inputs, 0]),
            steps(outputs, [1, inputs, 0, 1]),
            steps(inputs, [0, 1, 1, 0]),
        ];
        check_position::<f32>(&loops, 1, |_, l| l.right);
        check_position::<f64>(&loops, 1, |_, l| l.right);
    }
    for [channels, outputs, kernel] in [[1, 16, 3], [16, 16, 3], [3, 2, 2], [16, 8, 1], [7, 33, 5], [2, 1, 4]] {
        // a convolution along the positions, and the frames that one position needs
        let loops = [
            steps(N, [T * outputs, 0, channels * (T + kernel), 0]),
            steps(outputs, [T, channels * kernel, 0, 1]),
            steps(T, [1, 0, 1, 0]),
            steps(channels, [0, kernel, T + kernel, 0]),
            steps(kernel, [0, 1, 1, 0]),
        ];
        let frames = |at: usize, l: &Loop| match at {
            0 => (channels * kernel).cast_signed(),
            2 => kernel.cast_signed(),
            _ => l.right,
        };
        check_position::<f32>(&loops, 2, frames);
        check_position::<f64>(&loops, 2, frames);
    }
}

/// Whether a plan is run inline by optimised code. Code that is not optimised runs the kernel, which has the same bits.
pub(super) fn check_inline<T: Scalar>(case: &Case<T>, begin: Begin) -> bool {
    let plan = Contraction::new(&case.loops);
    let inline: fn(&Contraction, Operands<'_, T>) = match plan {
        _ if plan.is_tiny() => Contraction::run_tiny,
        _ if plan.is_small() => Contraction::run_small,
        _ => return false,
    };
    for instructions in instruction_sets() {
        let kernel = case.run(instructions, begin);
        let inline = case.run_by(instructions, begin, |operands| inline(&plan, operands));
        assert!(same_bits(&inline, &kernel), "{begin:?} {instructions:?} samples {}\n{:?}", case.samples, case.loops);
    }
    true
}

#[test]
fn small_layers_have_the_bits_of_the_kernel() {
    for [inputs, outputs] in [[2, 4], [4, 1], [8, 8], [1, 3], [3, 20], [20, 80], [64, 64], [33, 7], [100, 10], [6, 130]]
    {
        for loops in [dense(inputs, outputs), dense_input(inputs, outputs), dense_weight(inputs, outputs)] {
            for samples in [1, 2, 7, 9] {
                let mut random = Random(11);
                assert!(check_inline(&Case::<f32>::new(&mut random, &loops, samples), Begin::Out), "{loops:?}");
                assert!(check_inline(&Case::<f64>::new(&mut random, &loops, samples), Begin::From), "{loops:?}");
            }
        }
    }
}

/// The sum over all samples, in tiles.
fn in_tiles<T: Scalar>(case: &Case<T>, instructions: InstructionSet, tile: usize) -> Vec<T> {
    let by_sample = case.loops.iter().find(|l| l.extent == N).unwrap();
    let mut part = case.clone();
    let mut first = 0;
    while first < case.samples {
        part.samples = tile.min(case.samples - first);
        part.left = case.left[first * by_sample.left.unsigned_abs()..].to_vec();
        part.right = case.right[first * by_sample.right.unsigned_abs()..].to_vec();
        part.out = part.run(instructions, Begin::Out);
        first += part.samples;
    }
    part.out
}

fn check_tiles<T: Scalar>(loops: &[Loop], tiles: &[usize]) {
    let case = Case::<T>::new(&mut Random(9), loops, 64);
    for instructions in instruction_sets() {
        let whole = case.run(instructions, Begin::Out);
        for &tile in tiles {
            assert!(same_bits(&whole, &in_tiles(&case, instructions, tile)), "tiles of {tile}: {loops:?}");
        }
    }
}

#[test]
fn weight_gradients_have_the_same_bits_in_any_tiles() {
    for loops in [
        dense_weight(50, 33),
        dense_weight(784, 2),
        dense_weight(3, 5),
        dense_weight(1, 1),
        dense_weight(2, 90),
        dense_weight(256, 20),
    ] {
        check_tiles::<f32>(&loops, &[1, 7, 16, 64]);
        check_tiles::<f64>(&loops, &[1, 7, 16, 64]);
    }
}

#[test]
fn convolution_weight_gradients_have_the_same_bits_in_any_tiles() {
    for loops in [convolution_weight(1, 6, 14, 5), convolution_weight(2, 3, 12, 3)] {
        check_tiles::<f32>(&loops, &[1, 7, 16, 48, 64]);
        check_tiles::<f64>(&loops, &[1, 7, 16, 48, 64]);
    }
}

/// The baseline uses plain multiplication and addition in a fixed order: these bits are those of every platform.
#[test]
fn the_baseline_gives_known_bits() {
    let mut checksum = 0u64;
    for loops in [dense(37, 9).to_vec(), dense_input(37, 9).to_vec(), convolution(2, 3, 9, 3).to_vec()] {
        for x in Case::<f32>::new(&mut Random(10), &loops, 5).run(InstructionSet::baseline(), Begin::From) {
            checksum = checksum.rotate_left(5) ^ u64::from(x.to_bits());
        }
        for x in Case::<f64>::new(&mut Random(10), &loops, 5).run(InstructionSet::baseline(), Begin::From) {
            checksum = checksum.rotate_left(5) ^ x.to_bits();
        }
    }
    assert_eq!(checksum, 8_421_395_924_185_530_074);
}
