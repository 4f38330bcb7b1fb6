//! Plain data put together from parts: the structs of networks, and what workspaces are made of.

use super::{Element, Plain};

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
