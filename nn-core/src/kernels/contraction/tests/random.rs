use super::bits::check_inline;
use super::order::{Fused, check_order};
use super::*;
use crate::kernels::number::clamped;

/// Random loops in random memory layouts: each operand has the loops that move it in an order of its own,
/// with or without gaps. One of the loops may be that over the samples.
fn random_loops(random: &mut Random, samples: usize) -> Vec<Loop> {
    let count = 1 + random.below(6);
    let mut loops = vec![Loop::ONCE; count];
    let mut moved = vec![[false; 4]; count];
    let mut extents = vec![0; count];
    let mut left_to_do = 20_000;
    let with_samples = random.below(2 * count);
    for i in 0..count {
        let most: usize = [2, 5, 9, 20, 70][random.below(5)];
        extents[i] = if i == with_samples { samples } else { 1 + random.below(most.min(left_to_do)) };
        left_to_do = (left_to_do / extents[i].max(1)).max(1);
        loops[i].extent = if i == with_samples { N } else { extents[i] };
        moved[i] = match random.below(8) {
            0 | 1 => [true, true, false, random.chance(2)],
            2 | 3 => [true, false, true, random.chance(2)],
            4 => [true, true, true, random.chance(2)],
            5..=6 => [false, true, true, false],
            _ => [false, random.chance(2), random.chance(2), false],
        };
    }
    #[allow(clippy::needless_range_loop)] // it indexes the inner arrays
    for operand in 0..4 {
        let mut order: Vec<usize> = (0..count).filter(|&i| moved[i][operand]).collect();
        for i in (1..order.len()).rev() {
            order.swap(i, random.below(i + 1));
        }
        let mut step = if random.chance(6) { 1 + random.below(3) } else { 1 };
        for i in order {
            let l = &mut loops[i];
            let backwards = random.chance(5) && i != with_samples;
            let signed = if backwards { -step.cast_signed() } else { step.cast_signed() };
            match operand {
                0 => l.out = step,
                1 => l.left = signed,
                2 => l.right = signed,
                _ => l.start = step,
            }
            step = step * extents[i].max(1) + if random.chance(6) { random.below(4) } else { 0 };
        }
    }
    loops
}

fn check_random<T: Fused>(seed: u64, rounds: usize) {
    let mut random = Random(seed);
    let (mut styles, mut inline) = ([0; 4], 0);
    for _ in 0..rounds {
        let samples = [0, 1, 2, 3, 7, 16, 17, 40][random.below(8)];
        let loops = random_loops(&mut random, samples);
        let begin = [Begin::Zero, Begin::Out, Begin::From][random.below(3)];
        styles[Contraction::new(&loops).style as usize] += 1;
        let case = Case::<T>::new(&mut random, &loops, samples);
        case.check(begin);
        check_order(&case, begin);
        inline += usize::from(check_inline(&case, begin));
    }
    assert!(styles.iter().all(|&n| n > 0), "not all kernels were met: {styles:?}");
    assert!(inline > rounds / 4, "only {inline} contractions were run inline");
}

#[test]
fn random_loops_single() {
    check_random::<f32>(1, 1500);
}

#[test]
fn random_loops_double() {
    check_random::<f64>(2, 1500);
}

/// Convolution-like loops: an operand moves along two loops with the same or related strides. The maps may be as many as make a
/// panel worth while, or one for each map of the image, and the result may have a padding.
fn windows(random: &mut Random) -> Vec<Loop> {
    let most = [1, 4, 4, 30][random.below(4)];
    let [c, o, k] = [1 + random.below(most), 1 + random.below(2 * most), 1 + random.below(5)];
    let [h, w] = [1 + random.below(12), 1 + random.below(30)];
    let [stride, dilation, pitch] = [1 + random.below(3), 1 + random.below(2), w + random.below(3)];
    let reach = (k - 1) * dilation + 1;
    let [height, width] = [(h - 1) * stride + reach, (w - 1) * stride + reach];
    let depthwise = random.chance(4);
    let maps = if depthwise { 1 } else { c };
    let image = |i: usize| [c * height * width, height * width, width, 1][i];
    let kernel = |i: usize| [maps * k * k, k * k, k, 1][i];
    let result = |i: usize| [o.max(c) * h * pitch, h * pitch, pitch, 1][i];
    // x: the image, y: the result, k: the kernel, b: the bias
    let [n_x, n_y] = [image(0), result(0)];
    let map = match depthwise {
        true => [(c, [image(1), result(1), kernel(0), 1]), (1, [0; 4])],
        false => [(o, [0, result(1), kernel(0), 1]), (c, [image(1), 0, kernel(1), 0])],
    };
    let parts: [(usize, [usize; 4]); 7] = [
        (N, [n_x, n_y, 0, 0]),
        map[0],
        (h, [image(2) * stride, result(2), 0, 0]),
        (w, [stride, 1, 0, 0]),
        map[1],
        (k, [image(2) * dilation, 0, kernel(2), 0]),
        (k, [dilation, 0, 1, 0]),
    ];
    let order = random.below(6);
    parts
        .map(|(extent, [x, y, k, b])| match order {
            0 => steps(extent, [y, x, k, b]),
            1 => steps(extent, [y, k, x, b]),
            2 => steps(extent, [k, x, y, 0]),
            3 => steps(extent, [k, y, x, 0]),
            4 => steps(extent, [x, k, y, 0]),
            _ => steps(extent, [x, y, k, 0]),
        })
        .to_vec()
}

fn check_windows<T: Fused>(seed: u64, rounds: usize) {
    let mut random = Random(seed);
    for _ in 0..rounds {
        let loops = windows(&mut random);
        let samples = [1, 2, 5, 17][random.below(4)];
        let case = Case::<T>::new(&mut random, &loops, samples);
        case.check(Begin::Out);
        check_order(&case, Begin::Out);
        check_inline(&case, Begin::Out);
        if !Contraction::new(&loops).overlapping {
            case.check(Begin::From);
        }
    }
}

#[test]
fn windows_single() {
    check_windows::<f32>(3, 150);
}

#[test]
fn windows_double() {
    check_windows::<f64>(4, 150);
}

/// Results within bounds are those without, which have been put there at the end, bit for bit. What lies between them stays.
fn check_bounds<T: Fused>(seed: u64, rounds: usize) {
    let mut random = Random(seed);
    let mut styles = [0; 4];
    while styles.iter().sum::<usize>() < rounds {
        let samples = [0, 1, 2, 7][random.below(4)];
        let loops = if random.chance(2) { windows(&mut random) } else { random_loops(&mut random, samples) };
        let plan = Contraction::new(&loops);
        if plan.overlapping || plan.sums_samples() {
            continue;
        }
        styles[plan.style as usize] += 1;
        let case = Case::<T>::new(&mut random, &loops, samples);
        let [least, greatest] = [[0.0, f64::INFINITY], [-0.0, 0.3], [f64::NEG_INFINITY, 0.1]][random.below(3)];
        let outputs: Vec<Loop> = loops.iter().copied().filter(|l| l.out != 0).collect();
        let mut written = vec![false; case.out.len()];
        walk(&outputs, samples, [0; 4], &mut |[out, ..]| written[out.cast_unsigned()] = true);
        for instructions in instruction_sets() {
            let begin = [Begin::Zero, Begin::Out, Begin::From][random.below(3)];
            let free = case.run(instructions, begin);
            let bounded = plan.clamped(least, greatest);
            let found = case.run_by(instructions, begin, |operands| T::contract(&bounded, operands));
            for (i, (&free, &found)) in free.iter().zip(&found).enumerate() {
                let wanted = if written[i] { clamped(free, [least, greatest].map(T::from_f64)) } else { free };
                assert!(
                    same_bits(&[wanted], &[found]),
                    "element {i}: {found} instead of {wanted}\n{begin:?} {instructions:?} samples {samples}\n{loops:?}"
                );
            }
        }
    }
    assert!(styles.iter().all(|&n| n > 0), "not all kernels were met: {styles:?}");
}

#[test]
fn bounds_single() {
    check_bounds::<f32>(5, 600);
}

#[test]
fn bounds_double() {
    check_bounds::<f64>(6, 600);
}

/// NaN stays, and a zero takes the sign of a bound that is zero.
#[test]
fn bounds_of_special_numbers() {
    let loops = [steps(32, [1, 0, 1, 0]), steps(2, [0, 1, 32, 0])];
    let mut case = Case::<f32>::new(&mut Random(8), &loops, 1);
    case.left = vec![1.0, 0.0];
    case.right[..4].copy_from_slice(&[f32::NAN, -0.0, f32::INFINITY, f32::NEG_INFINITY]);
    case.right[32..].fill(0.0);
    let plan = Contraction::new(&loops).clamped(0.0, 6.0);
    for instructions in instruction_sets() {
        let found = case.run_by(instructions, Begin::Zero, |operands| f32::contract(&plan, operands));
        assert!(found[0].is_nan() && found[1].to_bits() == 0, "{:?}", &found[..2]);
        assert_eq!(found[2..4], [6.0, 0.0]);
    }
}
