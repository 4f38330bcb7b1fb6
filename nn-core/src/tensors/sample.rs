//! What samples are made of, so that they can be made and copied in place, however large they are.

use super::Plain;

/// An input or target of a network: a tensor, a class (`usize`), or the struct of several that
/// [`network!`](macro@crate::network) writes.
///
/// Sets of them are made in place, on the heap ([`Dataset::from_fn`](crate::data::Dataset::from_fn)), and batches are
/// copied in place.
///
/// # Safety
/// Zero bits are a valid value, and a value may be copied bit by bit.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not made of numbers",
    label = "expected a tensor, a class (`usize`), or the `NameInput` or `NameTarget` of a network"
)]
pub unsafe trait Sample: Clone + Send + Sync + 'static {}

// SAFETY: `Plain`: every sequence of elements is valid, and zero bits are an element.
unsafe impl<P: Plain + Clone + Send + Sync> Sample for P {}

/// `count` zero values, made in place on the heap.
#[cfg(feature = "std")]
pub(crate) fn zeroed<S: Sample>(count: usize) -> Vec<S> {
    // SAFETY: `Sample`: zero bits are a valid value.
    unsafe { Box::new_zeroed_slice(count).assume_init() }.into_vec()
}

/// Makes one value equal to another, in place: nothing passes over the stack.
#[cfg(feature = "std")]
pub(crate) fn copy<S: Sample>(to: &mut S, from: &S) {
    // SAFETY: both are valid for their size, they cannot overlap, and `Sample` values may be copied bit by bit.
    unsafe { core::ptr::copy_nonoverlapping(from, to, 1) }
}
