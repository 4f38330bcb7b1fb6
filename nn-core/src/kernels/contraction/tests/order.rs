//! All instruction sets with fused multiply-add give the same bits: those of arrays with as many lanes as a sum has.

use super::shapes::{convolution_weight, dense, dense_input, dense_weight};
use super::*;
use crate::kernels::contraction::pointers::{Constants, pointers};
use crate::kernels::contraction::run::run_vectors;
use crate::kernels::vector::{Vector, array};

/// A scalar with an array of the lanes of a sum.
pub(super) trait Fused: Scalar + Constants {
    type Lanes: Vector<Scalar = Self>;
}
impl Fused for f32 {
    type Lanes = array::FusedSingle;
}
impl Fused for f64 {
    type Lanes = array::FusedDouble;
}

/// The result by arrays.
fn by_arrays<T: Fused>(case: &Case<T>, begin: Begin) -> Vec<T> {
    let plan = Contraction::new(&case.loops);
    case.run_by(InstructionSet::baseline(), begin, |operands| {
        let samples = operands.samples;
        if let Some(pointers) = pointers(&plan, operands) {
            // SAFETY: the operands were checked; arrays need no instructions.
            unsafe { run_vectors::<T::Lanes>(&plan, samples, pointers) }
        }
    })
}

/// Compares all instruction sets but the baseline with arrays, bit for bit.
pub(super) fn check_order<T: Fused>(case: &Case<T>, begin: Begin) {
    let wanted = by_arrays(case, begin);
    for instructions in instruction_sets().into_iter().filter(|set| *set != InstructionSet::baseline()) {
        let found = case.run(instructions, begin);
        for (i, (&found, &wanted)) in found.iter().zip(&wanted).enumerate() {
            assert!(
                same_bits(&[found], &[wanted]),
                "element {i}: {found} instead of {wanted}\n{begin:?} {instructions:?} samples {}\n{:?}",
                case.samples,
                case.loops,
            );
        }
    }
}

#[test]
fn layers() {
    let mut random = Random(12);
    let dense = [(1, 784, 10), (5, 64, 64), (13, 4, 64), (3, 64, 2), (17, 33, 29), (2, 1500, 3), (20, 130, 75)]
        .map(|(samples, i, o)| [dense(i, o), dense_input(i, o), dense_weight(i, o)].map(|loops| (samples, loops)));
    for (samples, loops) in dense.into_iter().flatten() {
        for begin in [Begin::Zero, Begin::Out, Begin::From] {
            check_order(&Case::<f32>::new(&mut random, &loops, samples), begin);
            check_order(&Case::<f64>::new(&mut random, &loops, samples), begin);
        }
    }
    for (c, o, size, k) in [(1, 6, 28, 5), (6, 16, 12, 5), (3, 7, 20, 3)] {
        check_order(&Case::<f32>::new(&mut random, &convolution_weight(c, o, size, k), 3), Begin::Out);
        check_order(&Case::<f64>::new(&mut random, &convolution_weight(c, o, size, k), 3), Begin::Out);
    }
}

/// The panels of a matrix product, for which strides are powers of two.
#[test]
fn panels() {
    let mut random = Random(13);
    for loops in [dense_input(512, 200), dense_weight(512, 40)] {
        check_order(&Case::<f32>::new(&mut random, &loops, 20), Begin::Out);
        check_order(&Case::<f64>::new(&mut random, &loops, 20), Begin::Out);
    }
}

/// Products that are too small become zeros with a sign, which no lane beyond the end of a loop changes.
#[test]
fn zeros_have_one_sign() {
    for inputs in 1..50 {
        let mut case = Case::<f32>::new(&mut Random(14), &dense(inputs, 7), 3);
        case.left.fill(1e-30);
        case.right.fill(-1e-30);
        case.start.fill(-0.0);
        check_order(&case, Begin::From);
    }
}
