//! Loops at run time, when the number of samples is known.

use super::Loop;
use super::loops::MAX_LOOPS;

/// The strides of the initial values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StartSteps {
    /// All are 0: the sums share their zeros.
    None,
    /// Those of the result, which holds the initial values.
    Out,
    /// Those of the tensor with the initial values.
    Own,
}

/// A loop at run time: its trip count and its strides.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) extent: usize,
    pub(super) out: usize,
    pub(super) left: isize,
    pub(super) right: isize,
    pub(super) start: usize,
}

impl Step {
    pub(super) const ONCE: Step = Step { extent: 1, out: 0, left: 0, right: 0, start: 0 };

    #[inline(always)]
    pub(super) fn new(l: &Loop, samples: usize, start: StartSteps) -> Self {
        let extent = if l.extent == Loop::SAMPLES { samples } else { l.extent };
        let start = match start {
            StartSteps::None => 0,
            StartSteps::Out => l.out,
            StartSteps::Own => l.start,
        };
        Step { extent, out: l.out, left: l.left, right: l.right, start }
    }

    /// The strides of every so many iterations.
    #[inline(always)]
    pub(super) fn by(&self, iterations: usize) -> Step {
        let Offsets { out, left, right, start } = self.offsets(iterations);
        Step { extent: 1, out, left, right, start }
    }

    #[inline(always)]
    pub(super) fn offsets(&self, position: usize) -> Offsets {
        Offsets {
            out: position * self.out,
            left: position.cast_signed() * self.left,
            right: position.cast_signed() * self.right,
            start: position * self.start,
        }
    }
}

/// Nested loops, outermost first.
#[derive(Clone, Copy)]
pub(super) struct Nest<'a> {
    loops: &'a [Loop],
    samples: usize,
    start: StartSteps,
    /// The greatest trip count of the outermost loop.
    limit: usize,
}

impl<'a> Nest<'a> {
    #[inline(always)]
    pub(super) fn new(loops: &'a [Loop], samples: usize, start: StartSteps) -> Self {
        Nest { loops, samples, start, limit: usize::MAX }
    }

    /// The same nest, whose outermost loop has at most `limit` iterations.
    #[inline(always)]
    pub(super) fn limited(self, limit: usize) -> Self {
        Nest { limit, ..self }
    }

    #[inline(always)]
    pub(super) fn count(&self) -> usize {
        self.loops.len()
    }

    #[inline(always)]
    pub(super) fn step(&self, index: usize) -> Step {
        let mut step = Step::new(&self.loops[index], self.samples, self.start);
        if index == 0 {
            step.extent = step.extent.min(self.limit);
        }
        step
    }

    /// The outermost loop; [`Step::ONCE`] if there is none.
    #[inline(always)]
    pub(super) fn outermost(&self) -> Step {
        if self.loops.is_empty() { Step::ONCE } else { self.step(0) }
    }

    /// Removes the innermost loop and returns it; [`Step::ONCE`] if there is none.
    #[inline(always)]
    pub(super) fn take_innermost(&mut self) -> Step {
        let Some(last) = self.loops.len().checked_sub(1) else { return Step::ONCE };
        let step = self.step(last);
        self.loops = &self.loops[..last];
        step
    }

    /// The offsets of the operands in iteration `number` of the whole nest.
    pub(super) fn offsets(&self, mut number: usize) -> Offsets {
        let mut at = Offsets::ORIGIN;
        for i in (0..self.count()).rev() {
            let step = self.step(i);
            let mut position = number;
            // The outermost loop needs no division, which would be slow.
            if i > 0 {
                position %= step.extent;
                number /= step.extent;
            }
            at.out += position * step.out;
            at.left += position.cast_signed() * step.left;
            at.right += position.cast_signed() * step.right;
            at.start += position * step.start;
        }
        at
    }

    /// The number of iterations of all loops together.
    #[inline(always)]
    pub(super) fn runs(&self) -> usize {
        (0..self.count()).map(|i| self.step(i).extent).product()
    }

    /// The same iterations over a factor that has been packed: in the order of the iterations, `width` elements for each.
    #[inline(always)]
    pub(super) fn packed<'b>(&self, memory: &'b mut [Loop; MAX_LOOPS], width: usize) -> Nest<'b> {
        let mut first = MAX_LOOPS;
        let mut right = width;
        for index in (0..self.count()).rev() {
            let Step { extent, left, .. } = self.step(index);
            match memory.get_mut(first) {
                // the loop goes on where the one inside ends
                Some(inner) if left == inner.left * inner.extent.cast_signed() => inner.extent *= extent,
                _ => {
                    first -= 1;
                    memory[first] = Loop { extent, out: 0, left, right: right.cast_signed(), start: 0 };
                }
            }
            right *= extent;
        }
        Nest::new(&memory[first..], 0, StartSteps::None)
    }

    /// The same iterations in parts of at most `most`, one after the other.
    #[inline(always)]
    pub(super) fn parts(&self, most: usize) -> Parts<'a> {
        let (mut depth, mut runs) = (self.count(), 1);
        while depth > 0 && runs * self.step(depth - 1).extent <= most {
            depth -= 1;
            runs *= self.step(depth).extent;
        }
        let Some(cut) = depth.checked_sub(1) else {
            let outer = Nest { loops: &[], ..*self };
            return Parts { outer, inner: *self, around: Step::ONCE, block: 1, blocks: 1 };
        };
        let around = self.step(cut);
        let block = around.extent.div_ceil(around.extent.div_ceil(most / runs));
        Parts {
            outer: Nest { loops: &self.loops[..cut], ..*self },
            inner: Nest { loops: &self.loops[cut..], limit: usize::MAX, ..*self },
            blocks: around.extent.div_ceil(block),
            around,
            block,
        }
    }
}

/// Parts of a nest: some iterations of one loop, with all loops inside of it.
pub(super) struct Parts<'a> {
    outer: Nest<'a>,
    inner: Nest<'a>,
    around: Step,
    block: usize,
    blocks: usize,
}

impl<'a> Parts<'a> {
    #[inline(always)]
    pub(super) fn count(&self) -> usize {
        self.outer.runs() * self.blocks
    }

    /// A part, and the offsets of its first iteration.
    #[inline(always)]
    pub(super) fn get(&self, number: usize) -> (Nest<'a>, Offsets) {
        if self.blocks == 1 {
            return (self.inner, Offsets::ORIGIN);
        }
        let first = number % self.blocks * self.block;
        let nest = self.inner.limited(self.block.min(self.around.extent - first));
        (nest, self.outer.offsets(number / self.blocks).plus(self.around.offsets(first)))
    }
}

/// An offset in each operand, in elements.
#[derive(Clone, Copy)]
pub(super) struct Offsets {
    pub(super) out: usize,
    pub(super) left: isize,
    pub(super) right: isize,
    pub(super) start: usize,
}

impl Offsets {
    pub(super) const ORIGIN: Offsets = Offsets { out: 0, left: 0, right: 0, start: 0 };

    #[inline(always)]
    pub(super) fn plus(self, other: Offsets) -> Self {
        Offsets {
            out: self.out + other.out,
            left: self.left + other.left,
            right: self.right + other.right,
            start: self.start + other.start,
        }
    }
}

/// The loops of one side of a block: rows or columns.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) outer: Nest<'a>,
    pub(super) inner: Step,
}

impl<'a> Side<'a> {
    #[inline(always)]
    pub(super) fn new(mut outer: Nest<'a>) -> Self {
        let inner = outer.take_innermost();
        Side { outer, inner }
    }

    /// The loops of a nest with another loop inside.
    #[inline(always)]
    pub(super) fn with(outer: Nest<'a>, inner: Step) -> Self {
        if inner.extent == 1 { Side::new(outer) } else { Side { outer, inner } }
    }

    /// The number of iterations of all loops together.
    #[inline(always)]
    pub(super) fn runs(&self) -> usize {
        self.outer.runs() * self.inner.extent
    }

    /// Whether the iterations lead to several elements, by the strides `of` each loop.
    #[inline(always)]
    pub(super) fn moves(&self, of: impl Fn(&Step) -> usize) -> bool {
        let moves = |step: Step| step.extent > 1 && of(&step) != 0;
        moves(self.inner) || (0..self.outer.count()).any(|i| moves(self.outer.step(i)))
    }

    /// Whether the iterations lead to adjacent elements, by the strides `of` each loop.
    #[inline(always)]
    pub(super) fn is_contiguous(&self, of: impl Fn(&Step) -> usize) -> bool {
        let mut next = self.inner.extent;
        let mut contiguous = of(&self.inner) == 1 || next == 1;
        for i in (0..self.outer.count()).rev() {
            let step = self.outer.step(i);
            contiguous &= of(&step) == next;
            next *= step.extent;
        }
        contiguous
    }
}
