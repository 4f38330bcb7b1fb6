//! Contractions against plain loops in `f64`, and the promises about their bits.

mod bits;
mod order;
mod random;
mod shapes;

use std::vec::Vec;

use super::plan::Style;
use super::{Contraction, Loop, Operands, Start};
use crate::Scalar;
use crate::kernels::instruction_set::InstructionSet;

/// A small generator of pseudo-random numbers (splitmix64).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
    pub(super) fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }
    pub(super) fn numbers<T: Scalar>(&mut self, count: usize) -> Vec<T> {
        (0..count).map(|_| T::from_f64((self.next() >> 40) as f64 / 8_388_608.0 - 1.0)).collect()
    }
}

/// A loop with strides in `out`, `left`, `right` and `start`.
pub(super) const fn steps(extent: usize, [out, left, right, start]: [usize; 4]) -> Loop {
    Loop { extent, out, left: left.cast_signed(), right: right.cast_signed(), start }
}

pub(super) const N: usize = Loop::SAMPLES;

/// Every instruction set that this processor has.
pub(super) fn instruction_sets() -> Vec<InstructionSet> {
    InstructionSet::available().collect()
}

/// The elements that an operand needs, found by walking all loops.
pub(super) fn length(loops: &[Loop], samples: usize, of: fn(&Loop) -> usize) -> usize {
    let times = |l: &Loop| if l.extent == N { samples } else { l.extent };
    if loops.iter().any(|l| times(l) == 0) {
        return 0;
    }
    1 + loops.iter().map(|l| (times(l) - 1) * of(l)).sum::<usize>()
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Begin {
    Zero,
    Out,
    From,
}

/// Operands of random numbers, exactly as long as the loops reach.
#[derive(Clone)]
pub(super) struct Case<T> {
    pub(super) loops: Vec<Loop>,
    pub(super) samples: usize,
    pub(super) left: Vec<T>,
    pub(super) right: Vec<T>,
    pub(super) start: Vec<T>,
    pub(super) out: Vec<T>,
}

impl<T: Scalar> Case<T> {
    pub(super) fn new(random: &mut Random, loops: &[Loop], samples: usize) -> Self {
        let outputs: Vec<Loop> = loops.iter().copied().filter(|l| l.out != 0).collect();
        Case {
            loops: loops.to_vec(),
            samples,
            left: random.numbers(length(loops, samples, |l| l.left.unsigned_abs())),
            right: random.numbers(length(loops, samples, |l| l.right.unsigned_abs())),
            start: random.numbers(length(&outputs, samples, |l| l.start)),
            out: random.numbers(length(&outputs, samples, |l| l.out)),
        }
    }

    /// The result between guards that must not change.
    pub(super) fn run(&self, instructions: InstructionSet, begin: Begin) -> Vec<T> {
        let plan = Contraction::new(&self.loops);
        self.run_by(instructions, begin, |operands| T::contract(&plan, operands))
    }

    /// The same, computed by a function.
    pub(super) fn run_by(
        &self,
        instructions: InstructionSet,
        begin: Begin,
        contract: impl FnOnce(Operands<'_, T>),
    ) -> Vec<T> {
        let guard = T::from_f64(-77.0);
        let mut memory = vec![guard; 16];
        memory.extend_from_slice(&self.out);
        memory.resize(memory.len() + 16, guard);
        let end = memory.len() - 16;
        let start = match begin {
            Begin::Zero => Start::Zero,
            Begin::Out => Start::Out,
            Begin::From => Start::From(&self.start),
        };
        let (samples, out) = (self.samples, &mut memory[16..end]);
        contract(Operands { instructions, samples, left: &self.left, right: &self.right, start, out });
        assert!(memory[..16].iter().chain(&memory[end..]).all(|&x| x == guard), "wrote outside the result");
        memory[16..end].to_vec()
    }

    /// The result and the sum of all magnitudes, by plain loops. Other elements stay as they are.
    pub(super) fn expected(&self, begin: Begin) -> Vec<(f64, f64)> {
        let plain = |v: &[T]| v.iter().map(|x| x.to_f64()).collect::<Vec<_>>();
        let (left, right, start) = (plain(&self.left), plain(&self.right), plain(&self.start));
        let mut out: Vec<(f64, f64)> = self.out.iter().map(|x| (x.to_f64(), 0.0)).collect();
        let (outputs, sums): (Vec<Loop>, Vec<Loop>) = self.loops.iter().partition(|l| l.out != 0);
        let first = |of: fn(&Loop) -> isize| -> isize {
            self.loops.iter().map(|l| if of(l) < 0 { (1 - l.extent.cast_signed()) * of(l) } else { 0 }).sum()
        };
        walk(&outputs, self.samples, [0, first(|l| l.left), first(|l| l.right), 0], &mut |[o, a, b, s]| {
            let (o, s) = (o.cast_unsigned(), s.cast_unsigned());
            let first = match begin {
                Begin::Zero => 0.0,
                Begin::Out => out[o].0,
                Begin::From => start[s],
            };
            let (mut sum, mut magnitude) = (first, out[o].1 + first.abs());
            walk(&sums, self.samples, [0, a, b, 0], &mut |[_, a, b, _]| {
                let product = left[a.cast_unsigned()] * right[b.cast_unsigned()];
                sum += product;
                magnitude += product.abs();
            });
            out[o] = (sum, magnitude);
        });
        out
    }

    /// Compares all instruction sets with the plain loops: each term may be rounded once.
    pub(super) fn check(&self, begin: Begin) {
        let expected = self.expected(begin);
        let times = |l: &Loop| if l.extent == N { self.samples } else { l.extent };
        let terms: usize = self.loops.iter().filter(|l| l.out == 0).map(times).product();
        let epsilon = (terms + 2) as f64 * if T::NAME == "f32" { f64::from(f32::EPSILON) } else { f64::EPSILON };
        for instructions in instruction_sets() {
            let found = self.run(instructions, begin);
            for (i, (found, (wanted, magnitude))) in found.iter().zip(&expected).enumerate() {
                let error = (found.to_f64() - wanted).abs();
                assert!(
                    error <= epsilon * magnitude,
                    "element {i}: {found} instead of {wanted}\n{begin:?} {instructions:?} samples {}\n{:?}\n{:?}",
                    self.samples,
                    self.loops,
                    Contraction::new(&self.loops),
                );
            }
        }
    }
}

fn walk(loops: &[Loop], samples: usize, at: [isize; 4], visit: &mut dyn FnMut([isize; 4])) {
    let Some((first, rest)) = loops.split_first() else { return visit(at) };
    let steps = [first.out.cast_signed(), first.left, first.right, first.start.cast_signed()];
    for i in 0..if first.extent == N { samples } else { first.extent }.cast_signed() {
        walk(rest, samples, [0, 1, 2, 3].map(|of| at[of] + i * steps[of]), visit);
    }
}

pub(super) fn same_bits<T: Scalar>(a: &[T], b: &[T]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_f64().to_bits() == b.to_f64().to_bits())
}
