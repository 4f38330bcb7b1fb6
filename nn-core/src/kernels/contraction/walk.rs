//! Loops at run time.

use super::Loop;

/// Which steps the start of the sums moves with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StartSteps {
    /// It stays: all sums start with the same zeros.
    None,
    /// It is the result.
    Out,
    /// Its own.
    Own,
}

/// A loop at run time: the number of samples is known, and only the steps that matter are left.
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

/// Nested loops, outermost first, and what must be known to run them.
#[derive(Clone, Copy)]
pub(super) struct Nest<'a> {
    loops: &'a [Loop],
    samples: usize,
    start: StartSteps,
    /// The outermost loop runs at most so often.
    limit: usize,
}

impl<'a> Nest<'a> {
    #[inline(always)]
    pub(super) fn new(loops: &'a [Loop], samples: usize, start: StartSteps) -> Self {
        Nest { loops, samples, start, limit: usize::MAX }
    }

    /// The same, but the outermost loop runs at most `limit` times.
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

    /// The outermost loop; one that runs once, if there is none.
    #[inline(always)]
    pub(super) fn outermost(&self) -> Step {
        if self.loops.is_empty() { Step::ONCE } else { self.step(0) }
    }

    /// Takes the innermost loop away; one that runs once, if there is none.
    #[inline(always)]
    pub(super) fn take_innermost(&mut self) -> Step {
        let Some(last) = self.loops.len().checked_sub(1) else { return Step::ONCE };
        let step = self.step(last);
        self.loops = &self.loops[..last];
        step
    }

    /// Where the operands are when the loops have run `number` times together.
    pub(super) fn offsets(&self, mut number: usize) -> Offsets {
        let mut at = Offsets::ORIGIN;
        for i in (0..self.count()).rev() {
            let step = self.step(i);
            let mut position = number;
            // A division takes long; the outermost loop needs none.
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

    /// How often the loops run together.
    #[inline(always)]
    pub(super) fn runs(&self) -> usize {
        (0..self.count()).map(|i| self.step(i).extent).product()
    }
}

/// How far each operand has moved.
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

    /// With a loop inside the others.
    #[inline(always)]
    pub(super) fn with(outer: Nest<'a>, inner: Step) -> Self {
        if inner.extent == 1 { Side::new(outer) } else { Side { outer, inner } }
    }

    /// How often the loops run together.
    #[inline(always)]
    pub(super) fn runs(&self) -> usize {
        self.outer.runs() * self.inner.extent
    }

    /// Whether the loops lead to one element after the other.
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
