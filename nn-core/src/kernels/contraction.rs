//! Sums of products: `out[…] = start[…] + sum[…](left[…] * right[…])`.
//!
//! Dense layers, convolutions and all their gradients are of this form. A contraction is a set of
//! loops; each says how far the four operands move when it advances by one. A loop along which `out`
//! does not move is summed over.

use super::instruction_set::InstructionSet;

/// One loop of a contraction: how often it runs, and the step of every operand in elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loop {
    /// How often it runs; [`Loop::SAMPLES`] where that is the number of samples, known at run time.
    pub extent: usize,
    /// The step in the result; 0: summed over.
    pub out: usize,
    /// The step in the left factor.
    pub left: usize,
    /// The step in the right factor.
    pub right: usize,
    /// The step in what the sum starts from.
    pub start: usize,
}

impl Loop {
    /// The extent of a loop over the samples of a tile.
    pub const SAMPLES: usize = usize::MAX;
    const ONCE: Loop = Loop { extent: 1, out: 0, left: 0, right: 0, start: 0 };
}

/// The most loops that a contraction can have.
pub const MAX_LOOPS: usize = 10;

/// A contraction's loops and what was decided about them, as a constant.
#[derive(Debug, Clone, Copy)]
pub struct Contraction {
    loops: [Loop; MAX_LOOPS],
    count: usize,
}

/// What a sum begins with.
#[derive(Debug)]
pub enum Start<'a, T> {
    /// Nothing.
    Zero,
    /// What the result holds already.
    Out,
    /// A tensor (a bias), read with the `start` steps.
    From(&'a [T]),
}

/// The memory a contraction works on.
#[derive(Debug)]
pub struct Operands<'a, T> {
    /// Chosen when the program starts.
    pub instructions: InstructionSet,
    /// The number of samples in this tile.
    pub samples: usize,
    /// The left factor.
    pub left: &'a [T],
    /// The right factor.
    pub right: &'a [T],
    /// What the sum begins with.
    pub start: Start<'a, T>,
    /// The result.
    pub out: &'a mut [T],
}

impl Contraction {
    /// Plans a contraction. The order of every sum follows from the loops alone, never from the
    /// number of samples.
    #[must_use]
    pub const fn new(loops: &[Loop]) -> Self {
        let mut plan = Contraction { loops: [Loop::ONCE; MAX_LOOPS], count: loops.len() };
        let mut i = 0;
        while i < loops.len() {
            plan.loops[i] = loops[i];
            i += 1;
        }
        plan
    }

    /// Multiplies and sums.
    #[inline(always)]
    pub fn run<T: crate::Scalar>(&self, operands: Operands<'_, T>) {
        T::contract(self, operands);
    }
}

macro_rules! run {
    ($name:ident, $type:ty) => {
        /// The contraction of one element type.
        pub fn $name(plan: &Contraction, operands: Operands<'_, $type>) {
            let Operands { samples, left, right, start, out, .. } = operands;
            let mut loops = plan.loops;
            for l in &mut loops[..plan.count] {
                if l.extent == Loop::SAMPLES {
                    l.extent = samples;
                }
            }
            loops.sort_by_key(|l| (l.out == 0) as u8);
            let outer = loops.iter().filter(|l| l.out != 0).count();
            walk(&loops[..outer], [0; 4], &mut |[o, a, b, s]| {
                let mut sum = match &start {
                    Start::Zero => 0.0,
                    Start::Out => out[o],
                    Start::From(start) => start[s],
                };
                walk(&loops[outer..], [0, a, b, 0], &mut |[_, a, b, _]| sum += left[a] * right[b]);
                out[o] = sum;
            });
        }
    };
}

run!(run_f32, f32);
run!(run_f64, f64);

fn walk(loops: &[Loop], at: [usize; 4], visit: &mut dyn FnMut([usize; 4])) {
    let Some((first, rest)) = loops.split_first() else { return visit(at) };
    for i in 0..first.extent {
        walk(
            rest,
            [at[0] + i * first.out, at[1] + i * first.left, at[2] + i * first.right, at[3] + i * first.start],
            visit,
        );
    }
}
