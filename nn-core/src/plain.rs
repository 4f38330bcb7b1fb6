//! Memory that is nothing but numbers of one kind: what lets parameters and workspaces be seen as
//! one flat slice and be made in place, zeroed, wherever they are to live.

use generic_array::{ArrayLength, GenericArray};

use crate::scalar::Element;

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

/// What `network!` implements for its structs of tensors, so that they are [`Plain`].
///
/// Size and alignment are checked, so that a struct with padding or with a field too many does not compile.
///
/// # Safety
/// The type is a struct whose fields are of the types in `Parts`, one behind the other in memory. `Parts` is made of
/// tuples of plain types. What else there is are fields without memory, of which every value is valid.
#[doc(hidden)]
pub unsafe trait Fields: Sized + 'static {
    /// What all fields consist of.
    type Element: Element;
    /// The types of the fields in order, as a tuple or as a tree of tuples of at most eight.
    type Parts: Parts<Self::Element>;
    /// The alignment: that of an element, or a stricter one.
    const ALIGN: usize = align_of::<Self::Element>();
}

/// The types of some fields: one of them, or a tuple of such types. A tree of tuples, and not a list of pairs, since rustc
/// goes as deep for these types as they are nested, and refuses a depth of 128.
#[doc(hidden)]
pub trait Parts<T: Element> {
    /// The elements of all of them together.
    const LEN: usize;
}

impl<P: Plain> Parts<P::Element> for P {
    const LEN: usize = P::LEN;
}

macro_rules! parts {
    ($($part:ident)*) => {
        impl<T: Element, $($part: Parts<T>),*> Parts<T> for ($($part,)*) {
            const LEN: usize = 0 $(+ $part::LEN)*;
        }
    };
}

parts!();
parts!(A);
parts!(A B);
parts!(A B C);
parts!(A B C D);
parts!(A B C D E);
parts!(A B C D E F);
parts!(A B C D E F G);
parts!(A B C D E F G H);

// SAFETY: `Fields`: there is nothing but these parts, which are plain; the constant below holds the type to their size,
// so that there is no padding between them.
unsafe impl<F: Fields> Plain for F {
    type Element = F::Element;
    const LEN: usize = {
        let len = <F::Parts as Parts<F::Element>>::LEN;
        assert!(
            size_of::<F>() == (len * size_of::<F::Element>()).next_multiple_of(F::ALIGN),
            "the parts of a network's struct are not all there is in it"
        );
        assert!(len == 0 || align_of::<F>() == F::ALIGN, "a network's struct has another alignment than it says");
        len
    };
}

// SAFETY: an array has no padding, and each of its items consists of such elements.
unsafe impl<P: Plain, N: ArrayLength + 'static> Plain for GenericArray<P, N> {
    type Element = P::Element;
}

// SAFETY: as above.
unsafe impl<P: Plain, const N: usize> Plain for [P; N] {
    type Element = P::Element;
}

/// Two plain values side by side: how workspaces of networks with generic sizes are put together.
#[doc(hidden)]
#[derive(Clone)]
#[repr(C)]
pub struct Pair<A, B>(A, B);

// SAFETY: both consist of the same elements, so `repr(C)` puts no padding between or behind them.
unsafe impl<A: Plain, B: Plain<Element = A::Element>> Plain for Pair<A, B> {
    type Element = A::Element;
}

/// One of two plain values in the same place, as large as the larger.
#[doc(hidden)]
#[repr(C)]
pub union Either<A: Plain, B: Plain> {
    first: core::mem::ManuallyDrop<A>,
    second: core::mem::ManuallyDrop<B>,
}

// SAFETY: as large as the larger of two values that consist of the same elements; never read by field.
unsafe impl<A: Plain, B: Plain<Element = A::Element>> Plain for Either<A, B> {
    type Element = A::Element;
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
