//! Loops at run time, when the number of samples is known.

use super::Loop;

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
