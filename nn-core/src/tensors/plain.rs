//! Memory that is nothing but numbers of one kind: what lets parameters and workspaces be seen as
//! one flat slice and be made in place, zeroed, wherever they are to live.

use core::fmt::{Debug, Display};

use generic_array::{ArrayLength, GenericArray};

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
    impl Sealed for usize {}
}

/// What a tensor can hold: `f32`, `f64`, or `usize` for classes and indices.
///
/// The trait is sealed: an element is plain data for which zero bits mean zero.
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

/// A type that consists of [`LEN`](Plain::LEN) elements of one type and of nothing else: tensors, arrays
/// of them, a network's parameters, its gradient, and workspaces.
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
/// The type begins with `LEN` elements, has nothing behind them but what a stricter alignment may ask
/// for, and every sequence of `LEN` elements is a valid value of it.
pub unsafe trait Plain: Sized + 'static {
    /// What it consists of.
    type Element: Element;
    /// How many of them.
    const LEN: usize = size_of::<Self>() / size_of::<Self::Element>();

    /// A value of zeros. A large one is better made in place: in a `static` by
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
    /// All elements, in memory order. For a network it is
    /// [`flat_params`](crate::Network::flat_params); its own type is aligned more strictly than its
    /// elements, and this does not compile for it.
    ///
    /// ```
    /// use nn_core::Plain;
    /// assert_eq!([[1.0, 2.0], [3.0, 4.0]].flat(), [1.0, 2.0, 3.0, 4.0]);
    /// ```
    fn flat(&self) -> &[Self::Element] {
        flatten(core::slice::from_ref(self))
    }
    /// All elements, in memory order, to be changed.
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
        // SAFETY: one element.
        unsafe impl Plain for $type {
            type Element = $type;
        }
    )+};
}

element!(f32, f64, usize);

// SAFETY: an array has no padding, and each of its items consists of such elements.
unsafe impl<P: Plain, N: ArrayLength + 'static> Plain for GenericArray<P, N> {
    type Element = P::Element;
}

// SAFETY: as above.
unsafe impl<P: Plain, const N: usize> Plain for [P; N] {
    type Element = P::Element;
}

/// Fails to compile where a type is not exactly its elements: where it cannot be seen as a slice of them.
const fn checked<P: Plain>() {
    assert!(size_of::<P>() == P::LEN * size_of::<P::Element>());
    assert!(P::LEN == 0 || align_of::<P>() == align_of::<P::Element>());
}

/// A value of zeros; usable in a `static`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// use std::sync::Mutex;
/// use nn_core::TrainWorkspace;
///
/// // all the memory for training, without an allocator
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

/// A value of no elements, which takes no memory and so can lie anywhere.
///
/// # Panics
/// If the type has elements.
pub(crate) fn nothing<'a, P: Plain>() -> &'a mut P {
    assert!(size_of::<P>() == 0, "a network with a state says where it is");
    // SAFETY: nothing is read or written, and `dangling` is aligned.
    unsafe { core::ptr::NonNull::dangling().as_mut() }
}

/// A slice of plain values as the elements they consist of.
pub fn flatten<P: Plain>(values: &[P]) -> &[P::Element] {
    const { checked::<P>() };
    // values of nothing need not be aligned like an element
    if P::LEN == 0 {
        return &[];
    }
    // SAFETY: `Plain`: the values are `LEN` elements each, without padding.
    unsafe { core::slice::from_raw_parts(values.as_ptr().cast(), size_of_val(values) / size_of::<P::Element>()) }
}

/// A slice of plain values as the elements they consist of.
pub fn flatten_mut<P: Plain>(values: &mut [P]) -> &mut [P::Element] {
    const { checked::<P>() };
    if P::LEN == 0 {
        return &mut [];
    }
    let len = size_of_val(values) / size_of::<P::Element>();
    // SAFETY: `Plain`: the values are `LEN` elements each, without padding, and any elements are valid.
    unsafe { core::slice::from_raw_parts_mut(values.as_mut_ptr().cast(), len) }
}

/// A slice of elements as plain values; elements that do not fill a last value are left out.
pub fn unflatten<P: Plain>(elements: &[P::Element]) -> &[P] {
    const { checked::<P>() };
    let Some(count) = elements.len().checked_div(P::LEN) else { return &[] };
    // SAFETY: `Plain`: `LEN` elements are a valid value, with the alignment of an element.
    unsafe { core::slice::from_raw_parts(elements.as_ptr().cast(), count) }
}

/// Makes one value equal to another, in place: nothing passes over the stack.
#[cfg(feature = "std")]
pub fn copy<P: Plain>(to: &mut P, from: &P) {
    const { assert!(P::LEN * size_of::<P::Element>() <= size_of::<P>()) };
    // SAFETY: both are valid for their size, they cannot overlap, and `Plain` values are plain memory.
    unsafe { core::ptr::copy_nonoverlapping(from, to, 1) }
}

/// A value of zeros, made in place on the heap: nothing passes over the stack.
#[cfg(feature = "alloc")]
#[must_use]
pub fn zeroed_box<P: Plain>() -> alloc::boxed::Box<P> {
    const { assert!(P::LEN * size_of::<P::Element>() <= size_of::<P>()) };
    // SAFETY: every sequence of elements is valid, and zero bits are a valid element.
    unsafe { alloc::boxed::Box::new_zeroed().assume_init() }
}

/// `count` values of zeros, made in place on the heap.
#[cfg(feature = "alloc")]
#[must_use]
pub fn zeroed_slice<P: Plain>(count: usize) -> alloc::boxed::Box<[P]> {
    const { checked::<P>() };
    // SAFETY: every sequence of elements is valid, and zero bits are a valid element.
    unsafe { alloc::boxed::Box::new_zeroed_slice(count).assume_init() }
}
