//! Types that are memory of numbers of one type and nothing else. Parameters and workspaces can so be seen as one flat
//! slice, and be made of zeros in place.

use core::fmt::{Debug, Display};

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
    impl Sealed for usize {}
}

/// An element of a tensor: `f32`, `f64`, or `usize` for classes and indices.
///
/// The trait is sealed. An element is plain data, and zero bits mean zero.
///
/// ```
/// use nn_core::{Element, Shape, Tensor, typenum::U3};
///
/// fn zeros_in<S: Shape, T: Element>(tensor: &Tensor<S, T>) -> usize {
///     tensor.as_slice().iter().filter(|element| **element == T::default()).count()
/// }
///
/// assert_eq!(zeros_in(&Tensor::<(U3,)>::from([0.5, 0.0, 0.0])), 2);
/// assert_eq!(zeros_in(&Tensor::<(U3,), usize>::from([0, 7, 9])), 1);
/// ```
pub trait Element:
    sealed::Sealed + Plain<Element = Self> + Copy + Default + PartialEq + PartialOrd + Debug + Display + Send + Sync
{
}

impl Element for f32 {}
impl Element for f64 {}
impl Element for usize {}

/// A type that consists of [`LEN`](Plain::LEN) elements of one type and of nothing else: a tensor, an array of tensors,
/// the parameters of a network, their gradient, a workspace.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let mut gradient = nn_core::zero_gradient::<Line>();
/// gradient.fc.bias[[0]] = 3.0;
/// assert_eq!(gradient.flat(), [0.0, 0.0, 3.0]);
/// # }
/// ```
///
/// # Safety
/// The type begins with `LEN` elements. Behind them is nothing but the padding of a stricter alignment, and every
/// sequence of `LEN` elements is a valid value.
pub unsafe trait Plain: Sized + Send + Sync + 'static {
    /// The type of its elements.
    type Element: Element;
    /// The number of elements.
    const LEN: usize = size_of::<Self>() / size_of::<Self::Element>();

    /// A value of zeros. A large one is better made in place: in a `static`, by
    /// [`nn_core::zeroed`](crate::zeroed()), or on the heap.
    ///
    /// ```
    /// use nn_core::{Plain, Tensor, typenum::U3};
    /// let rows = <[Tensor<(U3,)>; 2]>::zeroed();
    /// assert_eq!(rows[1].as_slice(), [0.0; 3]);
    /// ```
    #[must_use]
    fn zeroed() -> Self {
        zeroed()
    }
    /// All elements, in memory order.
    ///
    /// It does not compile for a network itself, whose alignment is stricter than that of its elements: see
    /// [`flat_params`](crate::Network::flat_params).
    ///
    /// ```
    /// use nn_core::Plain;
    /// assert_eq!([[1.0, 2.0], [3.0, 4.0]].flat(), [1.0, 2.0, 3.0, 4.0]);
    /// ```
    fn flat(&self) -> &[Self::Element] {
        flatten(core::slice::from_ref(self))
    }
    /// All elements, in memory order, mutable.
    ///
    /// ```
    /// use nn_core::{Plain, Tensor, typenum::U2};
    /// let mut rows = [Tensor::<(U2,)>::zeros(), Tensor::zeros()];
    /// rows.flat_mut()[3] = 1.0;
    /// assert_eq!(rows[1].as_slice(), [0.0, 1.0]);
    /// ```
    fn flat_mut(&mut self) -> &mut [Self::Element] {
        flatten_mut(core::slice::from_mut(self))
    }
}

macro_rules! element {
    ($($type:ty),+) => {$(
        // SAFETY: the type is one element.
        unsafe impl Plain for $type {
            type Element = $type;
        }
    )+};
}

element!(f32, f64, usize);

// SAFETY: an array has no padding, and each item consists of such elements.
unsafe impl<P: Plain, const N: usize> Plain for [P; N] {
    type Element = P::Element;
}

/// Fails to compile for a type with padding or a stricter alignment, which cannot be seen as a slice of elements.
const fn checked<P: Plain>() {
    assert!(size_of::<P>() == P::LEN * size_of::<P::Element>());
    assert!(P::LEN == 0 || align_of::<P>() == align_of::<P::Element>());
}

/// A value of zeros, usable in a `static`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// use std::sync::Mutex;
/// use nn_core::TrainWorkspace;
///
/// // all memory for training, without an allocator
/// static NETWORK: Mutex<Line> = Mutex::new(nn_core::zeroed());
/// static WORKSPACE: Mutex<TrainWorkspace<Line, 8>> = Mutex::new(nn_core::zeroed());
/// static GRADIENT: Mutex<<Line as Compiled>::Params> = Mutex::new(nn_core::zeroed());
///
/// NETWORK.lock().unwrap().initialise(1);
/// # }
/// ```
#[must_use]
pub const fn zeroed<P: Plain>() -> P {
    const { assert!(P::LEN * size_of::<P::Element>() <= size_of::<P>()) };
    // SAFETY: every sequence of elements is valid, and zero bits are a valid element.
    unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
}

/// A value without elements. It takes no memory, and so it can lie anywhere.
///
/// # Panics
/// If the type has elements.
pub(crate) fn nothing<'a, P: Plain>() -> &'a mut P {
    assert!(size_of::<P>() == 0, "a network with a state says where it is");
    // SAFETY: nothing is read or written, and `dangling` is aligned.
    unsafe { core::ptr::NonNull::dangling().as_mut() }
}

/// A slice of plain values as the elements of which they consist.
pub fn flatten<P: Plain>(values: &[P]) -> &[P::Element] {
    const { checked::<P>() };
    // A type without elements need not be aligned like an element.
    if P::LEN == 0 {
        return &[];
    }
    // SAFETY: `Plain`: the values are `LEN` elements each, without padding.
    unsafe { core::slice::from_raw_parts(values.as_ptr().cast(), size_of_val(values) / size_of::<P::Element>()) }
}

/// A slice of plain values as the elements of which they consist, mutable.
pub fn flatten_mut<P: Plain>(values: &mut [P]) -> &mut [P::Element] {
    const { checked::<P>() };
    if P::LEN == 0 {
        return &mut [];
    }
    let len = size_of_val(values) / size_of::<P::Element>();
    // SAFETY: `Plain`: the values are `LEN` elements each, without padding, and any elements are valid.
    unsafe { core::slice::from_raw_parts_mut(values.as_mut_ptr().cast(), len) }
}

/// A type of the positions that a workspace holds besides numbers.
///
/// # Safety
/// Any bytes are a value of it, and it is aligned no more strictly than a number.
pub unsafe trait Position: Copy {}

// SAFETY: whole numbers of at most the size of an `f32`.
unsafe impl Position for u8 {}
// SAFETY: as above.
unsafe impl Position for u16 {}
// SAFETY: as above.
unsafe impl Position for u32 {}

/// A buffer as positions, as many as fit.
#[inline(always)]
pub fn positions<P: Position, T: Element>(buffer: &mut [T]) -> &mut [P] {
    const { assert!(align_of::<P>() <= align_of::<T>()) };
    let len = size_of_val(buffer) / size_of::<P>();
    // SAFETY: the memory is that of the buffer, it is aligned for both, and any bytes are a value of either: elements
    // are plain numbers, and so are positions.
    unsafe { core::slice::from_raw_parts_mut(buffer.as_mut_ptr().cast(), len) }
}

/// Several slices of a buffer, each from an offset on and of a length.
///
/// ```
/// let mut buffer = [1, 2, 3, 4, 5];
/// let [low, high] = nn_core::private::disjoint(&mut buffer, [(0, 2), (3, 2)]);
/// low.copy_from_slice(high);
/// assert_eq!(buffer, [4, 5, 3, 4, 5]);
/// ```
///
/// # Panics
/// If two of them overlap, or one ends behind the buffer.
#[inline(always)]
pub fn disjoint<T, const N: usize>(buffer: &mut [T], slices: [(usize, usize); N]) -> [&mut [T]; N] {
    match buffer.get_disjoint_mut(slices.map(|(begin, len)| begin..begin + len)) {
        Ok(slices) => slices,
        Err(_) => panic!("the slices of a loop overlap or end behind their buffer"),
    }
}

/// A slice of elements as plain values. Elements at the end that do not fill a value are left out.
pub fn unflatten<P: Plain>(elements: &[P::Element]) -> &[P] {
    const { checked::<P>() };
    let Some(count) = elements.len().checked_div(P::LEN) else { return &[] };
    // SAFETY: `Plain`: `LEN` elements are a valid value, with the alignment of an element.
    unsafe { core::slice::from_raw_parts(elements.as_ptr().cast(), count) }
}

/// Copies a value in place, without the stack.
#[cfg(feature = "alloc")]
pub fn copy<P: Plain>(to: &mut P, from: &P) {
    const { assert!(P::LEN * size_of::<P::Element>() <= size_of::<P>()) };
    // SAFETY: both are valid for their size, they cannot overlap, and `Plain` values are plain memory.
    unsafe { core::ptr::copy_nonoverlapping(from, to, 1) }
}

/// A value of zeros, made in place on the heap, without the stack.
#[cfg(feature = "alloc")]
#[must_use]
pub fn zeroed_box<P: Plain>() -> alloc::boxed::Box<P> {
    const { assert!(P::LEN * size_of::<P::Element>() <= size_of::<P>()) };
    // SAFETY: every sequence of elements is valid, and zero bits are a valid element.
    unsafe { alloc::boxed::Box::new_zeroed().assume_init() }
}

/// A copy on the heap, made without the stack.
#[cfg(feature = "alloc")]
#[must_use]
pub fn boxed<P: Plain>(of: &P) -> alloc::boxed::Box<P> {
    let mut to = zeroed_box::<P>();
    copy(&mut *to, of);
    to
}

/// `count` values of zeros, made in place on the heap.
#[cfg(feature = "alloc")]
#[must_use]
pub fn zeroed_slice<P: Plain>(count: usize) -> alloc::boxed::Box<[P]> {
    const { checked::<P>() };
    // SAFETY: every sequence of elements is valid, and zero bits are a valid element.
    unsafe { alloc::boxed::Box::new_zeroed_slice(count).assume_init() }
}
