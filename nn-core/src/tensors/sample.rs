//! Samples, which are made and copied in place, however large they are.

use super::Plain;

/// An input or target of a network: a tensor, a class (`usize`), or the struct of several that
/// [`network!`](macro@crate::network) writes.
///
/// Sets of samples are made in place on the heap ([`Dataset::from_fn`](crate::data::Dataset::from_fn)), and batches are
/// copied in place.
///
/// # Safety
/// Zero bits are a valid value, and a value may be copied bit by bit.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not made of numbers",
    label = "expected a tensor, a class (`usize`), or the `NameInput` or `NameTarget` of a network"
)]
pub unsafe trait Sample: Clone + Send + Sync + 'static {}

// SAFETY: the contract of `Plain`: every sequence of elements is valid, and zero bits are a valid element.
unsafe impl<P: Plain + Clone + Send + Sync> Sample for P {}

/// `count` values of zeros, made in place on the heap.
#[cfg(feature = "std")]
pub(crate) fn zeroed<S: Sample>(count: usize) -> Vec<S> {
    // SAFETY: the contract of `Sample`: zero bits are a valid value.
    unsafe { Box::new_zeroed_slice(count).assume_init() }.into_vec()
}

/// Copies a value in place, without the stack.
#[cfg(feature = "std")]
pub(crate) fn copy<S: Sample>(to: &mut S, from: &S) {
    // SAFETY: both are valid for their size, they cannot overlap, and `Sample` values may be copied bit by bit.
    unsafe { core::ptr::copy_nonoverlapping(from, to, 1) }
}
