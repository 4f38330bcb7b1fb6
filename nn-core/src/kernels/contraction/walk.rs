//! Walking loops: offsets of many elements at once, and odometers.

use core::mem::MaybeUninit;

use super::{Loop, StartSteps};

/// A loop at run time: the number of samples is known, and only the steps that matter are left.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) extent: usize,
    pub(super) out: usize,
    pub(super) left: usize,
    pub(super) right: usize,
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
            left: position * self.left,
            right: position * self.right,
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
            at.left += position * step.left;
            at.right += position * step.right;
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
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) start: usize,
}

impl Offsets {
    pub(super) const ORIGIN: Offsets = Offsets { out: 0, left: 0, right: 0, start: 0 };
}

/// The loops of one side of a block: rows or columns.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    outer: Nest<'a>,
    inner: Step,
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

/// The most entries of a block.
pub(super) const BLOCK: usize = 64;

/// The offsets of one row or column.
#[derive(Clone, Copy)]
#[repr(C, align(32))]
pub(super) struct Entry {
    pub(super) factor: usize,
    pub(super) out: usize,
    pub(super) start: usize,
    /// So that an entry is a vector.
    unused: usize,
}

impl Entry {
    #[inline(always)]
    fn new<const RIGHT: bool>(offsets: &Offsets) -> Self {
        let factor = if RIGHT { offsets.right } else { offsets.left };
        Entry { factor, out: offsets.out, start: offsets.start, unused: 0 }
    }

    #[inline(always)]
    fn times(self, number: usize) -> Self {
        Entry { factor: number * self.factor, out: number * self.out, start: number * self.start, unused: 0 }
    }

    #[inline(always)]
    fn moved(self, step: Entry) -> Self {
        Entry {
            factor: self.factor + step.factor,
            out: self.out + step.out,
            start: self.start + step.start,
            unused: self.unused + step.unused,
        }
    }
}

/// The offsets of rows or columns.
pub(super) trait Places {
    /// How many there are.
    fn count(&self) -> usize;
    /// The offsets of one.
    ///
    /// # Safety
    /// The index is below `count()`.
    unsafe fn get(&self, index: usize) -> Entry;
    /// The offsets of `K` of them from an index on. Where there are not so many, the last is repeated: what a
    /// register tile does again there has the same result.
    ///
    /// # Safety
    /// The index is below `count()`.
    #[inline(always)]
    unsafe fn places<const K: usize>(&self, index: usize) -> [Entry; K] {
        // SAFETY: an index that exists, here and below.
        let mut places = [unsafe { self.get(index) }; K];
        for (i, place) in places.iter_mut().enumerate() {
            *place = unsafe { self.get((index + i).min(self.count() - 1)) };
        }
        places
    }
}

/// Rows or columns along one loop: their offsets are products.
pub(super) struct Line {
    step: Entry,
    first: usize,
    count: usize,
}

impl Line {
    #[inline(always)]
    pub(super) fn new<const RIGHT: bool>(step: &Step, first: usize, count: usize) -> Self {
        Line { step: Entry::new::<RIGHT>(&step.offsets(1)), first, count }
    }
}

impl Places for Line {
    #[inline(always)]
    fn count(&self) -> usize {
        self.count
    }

    #[inline(always)]
    unsafe fn get(&self, index: usize) -> Entry {
        self.step.times(self.first + index)
    }

    #[inline(always)]
    unsafe fn places<const K: usize>(&self, index: usize) -> [Entry; K] {
        let mut places = [self.step.times(self.first + index); K];
        if index + K <= self.count {
            for i in 1..K {
                places[i] = places[i - 1].moved(self.step);
            }
        } else {
            for (i, place) in places.iter_mut().enumerate() {
                *place = self.step.times(self.first + (index + i).min(self.count - 1));
            }
        }
        places
    }
}

/// Where a block of rows or columns has its offsets; not initialised, as that would take longer than a small
/// contraction.
pub(super) type EntryMemory = MaybeUninit<[Entry; BLOCK]>;

/// The offsets of a block of rows or columns.
pub(super) struct Entries<'a> {
    entries: &'a mut EntryMemory,
    count: usize,
}

impl<'a> Entries<'a> {
    #[inline(always)]
    pub(super) fn new(entries: &'a mut EntryMemory) -> Self {
        Entries { entries, count: 0 }
    }

    #[inline(always)]
    fn write(&mut self, index: usize, entry: Entry) {
        debug_assert!(index < BLOCK);
        // SAFETY: `fill` writes at most that many.
        unsafe { self.entries.as_mut_ptr().cast::<Entry>().add(index).write(entry) }
    }

    /// Writes the offsets of `count` positions (at least one, at most [`BLOCK`]) from number `first` on.
    #[inline(never)]
    pub(super) fn fill<const RIGHT: bool>(&mut self, side: &Side<'_>, first: usize, count: usize) {
        let count = count.clamp(1, BLOCK);
        self.count = count;
        let inner = &side.inner;
        let step = Entry::new::<RIGHT>(&inner.offsets(1));
        let mut filled = 0;
        while filled < count {
            let (mut number, mut position) = (0, first + filled);
            if side.outer.count() > 0 {
                (number, position) = (position / inner.extent, position % inner.extent);
            }
            let mut entry = Entry::new::<RIGHT>(&inner.offsets(position));
            if number > 0 {
                entry = entry.moved(Entry::new::<RIGHT>(&side.outer.offsets(number)));
            }
            let run = (inner.extent - position).min(count - filled);
            for index in filled..filled + run {
                self.write(index, entry);
                entry = entry.moved(step);
            }
            filled += run;
        }
    }
}

impl Places for Entries<'_> {
    #[inline(always)]
    fn count(&self) -> usize {
        self.count
    }

    #[inline(always)]
    unsafe fn get(&self, index: usize) -> Entry {
        debug_assert!(index < self.count);
        // SAFETY: `fill` wrote them.
        unsafe { *self.entries.as_ptr().cast::<Entry>().add(index) }
    }
}

/// The loops that a register tile sums over: the two innermost apart, as they must cost nothing.
pub(super) struct Sums<'a> {
    inner: Step,
    middle: Step,
    outer: Nest<'a>,
    outer_runs: usize,
}

impl<'a> Sums<'a> {
    /// Of the nest alone.
    #[inline(always)]
    pub(super) fn new(mut outer: Nest<'a>) -> Self {
        let inner = outer.take_innermost();
        Sums::with(outer, inner)
    }

    /// With a loop inside the others.
    #[inline(always)]
    pub(super) fn with(mut outer: Nest<'a>, inner: Step) -> Self {
        let middle = outer.take_innermost();
        Sums { inner, middle, outer, outer_runs: outer.runs() }
    }
}

/// Register sums that take in one term after the other.
pub(super) trait Accumulate<T> {
    /// Adds the products at these places.
    unsafe fn step(&mut self, left: *const T, right: *const T);
    /// Called where an innermost loop has ended.
    #[inline(always)]
    unsafe fn finish(&mut self, _left: *const T, _right: *const T) {}
}

/// The terms of a sum.
pub(super) trait Terms<T> {
    /// Visits all terms.
    ///
    /// # Safety
    /// All places that the loops lead to must be valid for `tile`.
    unsafe fn visit<A: Accumulate<T>>(&self, tile: &mut A, left: *const T, right: *const T);
}

impl<T> Terms<T> for Step {
    #[inline(always)]
    unsafe fn visit<A: Accumulate<T>>(&self, tile: &mut A, mut left: *const T, mut right: *const T) {
        for _ in 0..self.extent {
            // SAFETY: passed on.
            unsafe { tile.step(left, right) };
            left = left.wrapping_add(self.left);
            right = right.wrapping_add(self.right);
        }
        // SAFETY: passed on.
        unsafe { tile.finish(left, right) };
    }
}

impl<T> Terms<T> for Sums<'_> {
    #[inline(always)]
    unsafe fn visit<A: Accumulate<T>>(&self, tile: &mut A, left: *const T, right: *const T) {
        let mut at = Offsets::ORIGIN;
        let mut number = 0;
        loop {
            let (mut left, mut right) = (left.wrapping_add(at.left), right.wrapping_add(at.right));
            for _ in 0..self.middle.extent {
                // SAFETY: passed on.
                unsafe { self.inner.visit(tile, left, right) };
                left = left.wrapping_add(self.middle.left);
                right = right.wrapping_add(self.middle.right);
            }
            number += 1;
            if number == self.outer_runs {
                return;
            }
            at = self.outer.offsets(number);
        }
    }
}
