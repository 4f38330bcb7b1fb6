//! What several tiles add to, in the order of the tiles.

use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

use super::MAX_TERMS;
use crate::tensors::Plain;

/// The sum of each term of a loss.
pub type Sums = [f64; MAX_TERMS];

/// The sums of a loss or the gradient by the parameters: the tiles add to them one after the other, also where several
/// tiles are computed at once. So their bits do not depend on the number of threads.
///
/// The emitted code adds in groups, numbered in their order. A group begins its turn when the tile in front has finished
/// the last group with the same sums; two turns at the same time are of groups that have none in common.
pub struct Ordered<'a, V> {
    values: NonNull<V>,
    place: Place<'a>,
    exclusive: PhantomData<&'a mut V>,
}

/// The place of a tile among those that are computed at once, if there are others.
#[derive(Clone, Copy)]
struct Place<'a> {
    #[cfg(feature = "parallel")]
    among: Option<(&'a super::parallel::Finished, usize)>,
    counters: PhantomData<&'a ()>,
}

impl Place<'_> {
    #[inline(always)]
    const fn alone() -> Self {
        Place {
            #[cfg(feature = "parallel")]
            among: None,
            counters: PhantomData,
        }
    }

    #[inline(always)]
    fn wait(self, _group: usize) {
        #[cfg(feature = "parallel")]
        if let Some((finished, tile)) = self.among {
            finished.wait(_group, tile);
        }
    }

    #[inline(always)]
    fn finish(self, _group: usize) {
        #[cfg(feature = "parallel")]
        if let Some((finished, tile)) = self.among {
            finished.finish(_group, tile);
        }
    }
}

impl<'a, V> Ordered<'a, V> {
    /// For tiles that are computed one after the other.
    #[inline(always)]
    pub(crate) fn alone(values: &'a mut V) -> Self {
        Ordered { values: NonNull::from(values), place: Place::alone(), exclusive: PhantomData }
    }

    /// For the tile of a number among those that are computed at once.
    ///
    /// # Safety
    /// All that is at `values` must be used by tiles with these counters alone, and each tile must have another number.
    #[cfg(feature = "parallel")]
    pub(crate) unsafe fn among(values: NonNull<V>, finished: &'a super::parallel::Finished, tile: usize) -> Self {
        Ordered {
            values,
            place: Place { among: Some((finished, tile)), counters: PhantomData },
            exclusive: PhantomData,
        }
    }

    /// The same, for one stage of the work on the tile.
    #[inline(always)]
    pub(crate) fn reborrow(&mut self) -> Ordered<'_, V> {
        Ordered { exclusive: PhantomData, ..*self }
    }

    /// Waits for the turn of a group. `last` is the last group with some of the same sums.
    #[inline(always)]
    pub fn turn(&mut self, group: usize, last: usize) -> Turn<'_, V> {
        self.place.wait(last);
        Turn { values: self.values, place: self.place, group, exclusive: PhantomData }
    }
}

/// The turn of a group of one tile. It ends when it is dropped.
pub struct Turn<'t, V> {
    values: NonNull<V>,
    place: Place<'t>,
    group: usize,
    exclusive: PhantomData<&'t mut V>,
}

impl<V> Turn<'_, V> {
    /// The part of the sums that lies where `part` lies in `whole`. Emitted code asks once for each part in a turn.
    ///
    /// # Panics
    /// If it lies elsewhere.
    #[inline(always)]
    #[must_use]
    #[allow(clippy::mut_from_ref)] // other parts are in use at the same time
    pub fn part<T>(&self, whole: &V, part: &[T]) -> &mut [T]
    where
        V: Plain<Element = T>,
    {
        let begin = part.as_ptr().addr().wrapping_sub(core::ptr::from_ref(whole).addr());
        let fits = size_of::<V>().checked_sub(begin).is_some_and(|rest| size_of_val(part) <= rest);
        assert!(fits, "a tensor of another network");
        // SAFETY: it lies inside of the values, at the place of a tensor of this type. No other turn that has not ended
        // has it, and this one has it once.
        unsafe { core::slice::from_raw_parts_mut(self.values.as_ptr().byte_add(begin).cast(), part.len()) }
    }
}

impl Deref for Turn<'_, Sums> {
    type Target = Sums;
    #[inline(always)]
    fn deref(&self) -> &Sums {
        // SAFETY: all groups that add to a loss have it in common, so that there is no other turn before this one ends.
        unsafe { self.values.as_ref() }
    }
}

impl DerefMut for Turn<'_, Sums> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Sums {
        // SAFETY: as above.
        unsafe { self.values.as_mut() }
    }
}

impl<V> Drop for Turn<'_, V> {
    #[inline(always)]
    fn drop(&mut self) {
        self.place.finish(self.group);
    }
}
