//! Where the lanes of a vector are read and written.

use core::marker::PhantomData;

use crate::kernels::vector::Vector;

/// The number in a lane.
pub(super) type Scalar<L> = <<L as Lanes>::Vector as Vector>::Scalar;

/// The lanes of a vector that are in use, and where they are read from.
pub(super) trait Lanes: Copy {
    /// The vector.
    type Vector: Vector;

    /// Reads a vector of the right factor. Lanes that are not in use become zero.
    ///
    /// # Safety
    /// The pointer must be valid for reads of the lanes in use, and the processor must have the instruction set of `V`.
    unsafe fn factor(self, from: *const Scalar<Self>) -> Self::Vector;
    /// Reads the initial values.
    ///
    /// # Safety
    /// As for [`factor`](Lanes::factor).
    unsafe fn load(self, from: *const Scalar<Self>) -> Self::Vector;
    /// Writes the lanes in use.
    ///
    /// # Safety
    /// As for [`factor`](Lanes::factor), for writes.
    unsafe fn store(self, vector: Self::Vector, to: *mut Scalar<Self>);
}

/// How the lanes of a loop are read: in whole vectors, and in a part of one.
pub(super) trait Along {
    /// The vector.
    type Vector: Vector;
    /// The lanes of a whole vector.
    type Whole: Lanes<Vector = Self::Vector>;
    /// The lanes of a part.
    type Part: Lanes<Vector = Self::Vector>;

    /// # Safety
    /// The processor must have the instruction set of the vector.
    unsafe fn whole() -> Self::Whole;
    /// The first `count` lanes.
    ///
    /// # Safety
    /// The processor must have the instruction set of the vector, which has so many lanes.
    unsafe fn part(count: usize) -> Self::Part;
}

/// Adjacent elements.
pub(super) struct Adjacent<V>(PhantomData<V>);

impl<V: Vector> Along for Adjacent<V> {
    type Vector = V;
    type Whole = All<V>;
    type Part = First<V>;

    #[inline(always)]
    unsafe fn whole() -> All<V> {
        All::new()
    }
    #[inline(always)]
    unsafe fn part(count: usize) -> First<V> {
        // SAFETY: the caller vouches for it.
        unsafe { First::new(count) }
    }
}

/// Every second element.
pub(super) struct Alternate<V>(PhantomData<V>);

impl<V: Vector> Along for Alternate<V> {
    type Vector = V;
    type Whole = EverySecond<V>;
    type Part = EverySecond<V>;

    #[inline(always)]
    unsafe fn whole() -> EverySecond<V> {
        // SAFETY: the caller vouches for it.
        unsafe { EverySecond::new(V::LANES) }
    }
    #[inline(always)]
    unsafe fn part(count: usize) -> EverySecond<V> {
        // SAFETY: the caller vouches for it.
        unsafe { EverySecond::new(count) }
    }
}

/// All lanes, from adjacent elements.
#[derive(Clone, Copy)]
pub(super) struct All<V>(PhantomData<V>);

impl<V> All<V> {
    #[inline(always)]
    pub(super) fn new() -> Self {
        All(PhantomData)
    }
}

impl<V: Vector> Lanes for All<V> {
    type Vector = V;

    #[inline(always)]
    unsafe fn factor(self, from: *const V::Scalar) -> V {
        // SAFETY: the caller vouches for it.
        unsafe { V::load(from) }
    }
    #[inline(always)]
    unsafe fn load(self, from: *const V::Scalar) -> V {
        // SAFETY: the caller vouches for it.
        unsafe { V::load(from) }
    }
    #[inline(always)]
    unsafe fn store(self, vector: V, to: *mut V::Scalar) {
        // SAFETY: the caller vouches for it.
        unsafe { vector.store(to) }
    }
}

/// The first lanes, from adjacent elements.
#[derive(Clone, Copy)]
pub(super) struct First<V: Vector>(V::Mask);

impl<V: Vector> First<V> {
    /// # Safety
    /// The processor must have the instruction set of `V`, which has so many lanes.
    #[inline(always)]
    pub(super) unsafe fn new(count: usize) -> Self {
        // SAFETY: the caller vouches for it.
        First(unsafe { V::mask(count) })
    }
}

impl<V: Vector> Lanes for First<V> {
    type Vector = V;

    #[inline(always)]
    unsafe fn factor(self, from: *const V::Scalar) -> V {
        // SAFETY: the caller vouches for it.
        unsafe { V::load_masked(from, self.0) }
    }
    #[inline(always)]
    unsafe fn load(self, from: *const V::Scalar) -> V {
        // SAFETY: the caller vouches for it.
        unsafe { V::load_masked(from, self.0) }
    }
    #[inline(always)]
    unsafe fn store(self, vector: V, to: *mut V::Scalar) {
        // SAFETY: the caller vouches for it.
        unsafe { vector.store_masked(to, self.0) }
    }
}

/// The first lanes, from every second element, as those of a convolution of stride 2.
#[derive(Clone, Copy)]
pub(super) struct EverySecond<V: Vector> {
    pairs: V::Pairs,
    first: First<V>,
}

impl<V: Vector> EverySecond<V> {
    /// # Safety
    /// The processor must have the instruction set of `V`, which has so many lanes.
    #[inline(always)]
    pub(super) unsafe fn new(count: usize) -> Self {
        // SAFETY: the caller vouches for it.
        unsafe { EverySecond { pairs: V::pairs(count), first: First::new(count) } }
    }
}

impl<V: Vector> Lanes for EverySecond<V> {
    type Vector = V;

    #[inline(always)]
    unsafe fn factor(self, from: *const V::Scalar) -> V {
        // SAFETY: the caller vouches for it.
        unsafe { V::load_every_second(from, self.pairs) }
    }
    #[inline(always)]
    unsafe fn load(self, from: *const V::Scalar) -> V {
        // SAFETY: the caller vouches for it.
        unsafe { self.first.load(from) }
    }
    #[inline(always)]
    unsafe fn store(self, vector: V, to: *mut V::Scalar) {
        // SAFETY: the caller vouches for it.
        unsafe { self.first.store(vector, to) }
    }
}

/// The first lanes, from elements at any distance.
#[derive(Clone, Copy)]
pub(super) struct Apart<V: Vector> {
    stride: isize,
    count: usize,
    first: First<V>,
}

impl<V: Vector> Apart<V> {
    /// # Safety
    /// The processor must have the instruction set of `V`, which has so many lanes.
    #[inline(always)]
    pub(super) unsafe fn new(stride: isize, count: usize) -> Self {
        // SAFETY: the caller vouches for it.
        Apart { stride, count, first: unsafe { First::new(count) } }
    }
}

impl<V: Vector> Lanes for Apart<V> {
    type Vector = V;

    #[inline(always)]
    unsafe fn factor(self, from: *const V::Scalar) -> V {
        // SAFETY: the caller vouches for it.
        unsafe { V::gather(from, self.stride, self.count) }
    }
    #[inline(always)]
    unsafe fn load(self, from: *const V::Scalar) -> V {
        // SAFETY: the caller vouches for it.
        unsafe { self.first.load(from) }
    }
    #[inline(always)]
    unsafe fn store(self, vector: V, to: *mut V::Scalar) {
        // SAFETY: the caller vouches for it.
        unsafe { self.first.store(vector, to) }
    }
}
