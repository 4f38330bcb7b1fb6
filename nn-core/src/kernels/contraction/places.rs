//! The offsets of rows and columns in the operands.

use core::mem::MaybeUninit;

use super::walk::{Offsets, Side, Step};

/// The most rows or columns of a block.
pub(super) const BLOCK: usize = 64;

/// The offsets of one row or column.
#[derive(Clone, Copy)]
#[repr(C, align(32))]
pub(super) struct Entry {
    pub(super) factor: isize,
    pub(super) out: usize,
    pub(super) start: usize,
    /// Padding: an entry has the size of a vector.
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
        Entry {
            factor: number.cast_signed() * self.factor,
            out: number * self.out,
            start: number * self.start,
            unused: 0,
        }
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
    /// The offsets of `K` of them from an index on. Where fewer are left, the last is repeated: a register tile
    /// computes the same result there again.
    ///
    /// # Safety
    /// The index is below `count()`.
    #[inline(always)]
    unsafe fn places<const K: usize>(&self, index: usize) -> [Entry; K] {
        // SAFETY: the caller vouches for it.
        let mut places = [unsafe { self.get(index) }; K];
        for (i, place) in places.iter_mut().enumerate() {
            // SAFETY: the caller vouches for it.
            *place = unsafe { self.get((index + i).min(self.count() - 1)) };
        }
        places
    }
}

/// Rows or columns along one loop, whose offsets are multiples of its strides.
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

/// Memory for the offsets of a block. It is not initialised, since that would take longer than a small contraction.
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
        // SAFETY: `fill` writes at most `BLOCK` entries.
        unsafe { self.entries.as_mut_ptr().cast::<Entry>().add(index).write(entry) }
    }

    /// Writes the offsets of `count` rows or columns, 1 to [`BLOCK`], from number `first` on.
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

impl<'a> Entries<'a> {
    /// Those of `rows`, whose results and initial values are in memory in which a row has `width` elements; the initial
    /// values only if they move along the columns.
    #[inline(always)]
    pub(super) fn dense(memory: &'a mut EntryMemory, rows: &Entries<'_>, width: usize, start_moves: bool) -> Self {
        let mut dense = Entries::new(memory);
        dense.count = rows.count;
        for index in 0..rows.count {
            // SAFETY: the index is below the number of rows.
            let row = unsafe { rows.get(index) };
            let start = if start_moves { index * width } else { row.start };
            dense.write(index, Entry { out: index * width, start, ..row });
        }
        dense
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
        // SAFETY: the index is below `count`, and `fill` wrote so many.
        unsafe { *self.entries.as_ptr().cast::<Entry>().add(index) }
    }
}
