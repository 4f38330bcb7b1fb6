//! Walking loops: offsets of many elements at once, and odometers.

use core::mem::MaybeUninit;

use super::{Loop, MAX_LOOPS, StartSteps};

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
}

/// Nested loops, outermost first.
#[derive(Clone, Copy)]
pub(super) struct Nest {
    steps: [MaybeUninit<Step>; MAX_LOOPS],
    count: usize,
}

impl Nest {
    #[inline(always)]
    pub(super) fn new(loops: &[Loop], samples: usize, start: StartSteps) -> Self {
        let mut nest = Nest { steps: [MaybeUninit::uninit(); MAX_LOOPS], count: 0 };
        for l in loops {
            nest.push(Step::new(l, samples, start));
        }
        nest
    }

    #[inline(always)]
    pub(super) fn push(&mut self, step: Step) {
        self.steps[self.count] = MaybeUninit::new(step);
        self.count += 1;
    }

    #[inline(always)]
    pub(super) fn steps(&self) -> &[Step] {
        // SAFETY: the first `count` steps were written by `push`.
        unsafe { core::slice::from_raw_parts(self.steps.as_ptr().cast(), self.count) }
    }

    /// The same, but the outermost loop runs only `count` times.
    #[inline(always)]
    pub(super) fn shortened(&self, count: usize) -> Nest {
        let mut nest = *self;
        if let Some(outermost) = self.steps().first() {
            nest.steps[0] = MaybeUninit::new(Step { extent: count, ..*outermost });
        }
        nest
    }

    /// How often the loops run together.
    #[inline(always)]
    pub(super) fn runs(&self) -> usize {
        self.steps().iter().map(|step| step.extent).product()
    }
}

/// How far each operand has moved.
#[derive(Clone, Copy, Default)]
pub(super) struct Offsets {
    pub(super) out: usize,
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) start: usize,
}

/// Counts through nested loops.
pub(super) struct Odometer {
    position: [usize; MAX_LOOPS],
    pub(super) offsets: Offsets,
}

impl Odometer {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Odometer { position: [0; MAX_LOOPS], offsets: Offsets::default() }
    }

    /// Goes to the next position; false after the last one.
    #[inline(always)]
    pub(super) fn advance(&mut self, steps: &[Step]) -> bool {
        let at = &mut self.offsets;
        for (position, step) in self.position[..steps.len()].iter_mut().zip(steps).rev() {
            *position += 1;
            if *position < step.extent {
                at.out += step.out;
                at.left += step.left;
                at.right += step.right;
                at.start += step.start;
                return true;
            }
            *position = 0;
            let back = step.extent - 1;
            at.out -= step.out * back;
            at.left -= step.left * back;
            at.right -= step.right * back;
            at.start -= step.start * back;
        }
        false
    }
}

/// The most entries of a block.
pub(super) const BLOCK: usize = 64;

/// The offsets of a block of rows or columns.
pub(super) struct Entries {
    factor: [MaybeUninit<usize>; BLOCK],
    out: [MaybeUninit<usize>; BLOCK],
    start: [MaybeUninit<usize>; BLOCK],
    count: usize,
}

/// The offsets of one row or column.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) factor: usize,
    pub(super) out: usize,
    pub(super) start: usize,
}

impl Entries {
    #[inline(always)]
    pub(super) fn new() -> Self {
        let unknown = [MaybeUninit::uninit(); BLOCK];
        Entries { factor: unknown, out: unknown, start: unknown, count: 0 }
    }

    #[inline(always)]
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The entry at an index, or the last one if there are not so many: what a tile does more than once,
    /// it does with the same result.
    #[inline(always)]
    pub(super) fn get(&self, index: usize) -> Entry {
        let index = index.min(self.count - 1);
        // SAFETY: the first `count` entries were written by `fill`, which leaves at least one.
        unsafe {
            Entry {
                factor: self.factor.get_unchecked(index).assume_init(),
                out: self.out.get_unchecked(index).assume_init(),
                start: self.start.get_unchecked(index).assume_init(),
            }
        }
    }

    /// Writes the offsets of `count` positions from number `first` on; at least one, at most [`BLOCK`].
    #[inline(always)]
    pub(super) fn fill<const RIGHT: bool>(&mut self, steps: &[Step], first: usize, count: usize) {
        let count = count.clamp(1, BLOCK);
        self.count = count;
        let Some((inner, outer)) = steps.split_last() else { return self.line(0, 1, Entry::ZERO, Entry::ZERO) };
        let step = Entry { factor: if RIGHT { inner.right } else { inner.left }, out: inner.out, start: inner.start };
        let mut filled = 0;
        while filled < count {
            let number = first + filled;
            let (mut number, position) =
                if outer.is_empty() { (0, number) } else { (number / inner.extent, number % inner.extent) };
            let mut from =
                Entry { factor: position * step.factor, out: position * step.out, start: position * step.start };
            for s in outer.iter().rev() {
                let position = number % s.extent;
                number /= s.extent;
                from.factor += position * if RIGHT { s.right } else { s.left };
                from.out += position * s.out;
                from.start += position * s.start;
            }
            let run = (inner.extent - position).min(count - filled);
            self.line(filled, run, from, step);
            filled += run;
        }
    }

    /// Writes the offsets along one loop.
    #[inline(always)]
    fn line(&mut self, first: usize, count: usize, from: Entry, step: Entry) {
        let end = first + count;
        for (i, to) in self.factor[first..end].iter_mut().enumerate() {
            *to = MaybeUninit::new(from.factor + i * step.factor);
        }
        for (i, to) in self.out[first..end].iter_mut().enumerate() {
            *to = MaybeUninit::new(from.out + i * step.out);
        }
        for (i, to) in self.start[first..end].iter_mut().enumerate() {
            *to = MaybeUninit::new(from.start + i * step.start);
        }
    }
}

impl Entry {
    const ZERO: Entry = Entry { factor: 0, out: 0, start: 0 };
}

/// The loops that a register tile sums over: the two innermost apart, as they must cost nothing.
pub(super) struct Sums {
    pub(super) inner: Step,
    pub(super) middle: Step,
    pub(super) outer: Nest,
}

impl Step {
    const ONCE: Step = Step { extent: 1, out: 0, left: 0, right: 0, start: 0 };
}

impl Sums {
    /// From loops, outermost first. `inner` is the innermost, if it is not among them.
    #[inline(always)]
    pub(super) fn new(steps: &[Step], inner: Option<Step>) -> Self {
        let mut rest = steps;
        let mut take = || match rest.split_last() {
            Some((last, others)) => {
                rest = others;
                *last
            }
            None => Step::ONCE,
        };
        let inner = inner.unwrap_or_else(&mut take);
        let middle = take();
        let mut outer = Nest { steps: [MaybeUninit::uninit(); MAX_LOOPS], count: 0 };
        for step in rest {
            outer.push(*step);
        }
        Sums { inner, middle, outer }
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

/// Visits all terms.
///
/// # Safety
/// All places that the loops lead to must be valid for `tile`.
#[inline(always)]
pub(super) unsafe fn accumulate<T, A: Accumulate<T>>(sums: &Sums, tile: &mut A, left: *const T, right: *const T) {
    let mut odometer = Odometer::new();
    loop {
        let (mut left, mut right) =
            (left.wrapping_add(odometer.offsets.left), right.wrapping_add(odometer.offsets.right));
        for _ in 0..sums.middle.extent {
            let (mut inner_left, mut inner_right) = (left, right);
            for _ in 0..sums.inner.extent {
                // SAFETY: passed on.
                unsafe { tile.step(inner_left, inner_right) };
                inner_left = inner_left.wrapping_add(sums.inner.left);
                inner_right = inner_right.wrapping_add(sums.inner.right);
            }
            // SAFETY: passed on.
            unsafe { tile.finish(inner_left, inner_right) };
            left = left.wrapping_add(sums.middle.left);
            right = right.wrapping_add(sums.middle.right);
        }
        if !odometer.advance(sums.outer.steps()) {
            return;
        }
    }
}
