//! Plain data that is composed of parts: the structs of networks, and their workspaces.

use super::{Element, Plain};

/// The fields of a struct of tensors. `network!` implements it for its structs, so that they are [`Plain`].
///
/// Size and alignment are checked: a struct with padding or with a field too many does not compile.
///
/// # Safety
/// The type is a struct whose fields are of the types in `Parts`, one behind the other in memory. `Parts` consists of
/// tuples of plain types. Other fields take no memory, and all of their values are valid.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not consist of numbers alone",
    label = "expected tensors, or the parameters of a network",
    note = "an optimiser changes parameters: `&mut network.params`, or `&mut session.network.params`"
)]
pub unsafe trait Fields: Send + Sync + Sized + 'static {
    /// The type of all elements.
    type Element: Element;
    /// The types of the fields in order: a tuple of at most eight, or a tree of such tuples.
    type Parts: Parts<Self::Element>;
    /// The alignment: that of an element, or a stricter one.
    const ALIGN: usize = align_of::<Self::Element>();
}

/// The types of some fields: a plain type, or a tuple of such types. They are a tree of tuples, not a list of pairs,
/// since rustc refuses types that are nested more than 128 deep.
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

// SAFETY: the contract of `Fields`: there is nothing but these parts, which are plain. The constant below asserts that
// the type has their size, so that there is no padding between them.
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

/// Two plain values, one behind the other: a part of the workspace of a network with generic sizes.
#[doc(hidden)]
#[derive(Clone)]
#[repr(C)]
pub struct Pair<A, B>(A, B);

// SAFETY: both consist of the same elements, so `repr(C)` puts no padding between or behind them.
unsafe impl<A: Plain, B: Plain<Element = A::Element>> Plain for Pair<A, B> {
    type Element = A::Element;
}

/// Memory for one of two plain values, as large as the larger.
#[doc(hidden)]
#[repr(C)]
pub union Either<A: Plain, B: Plain> {
    first: core::mem::ManuallyDrop<A>,
    second: core::mem::ManuallyDrop<B>,
}

// SAFETY: it is as large as the larger of two values of the same elements, and no field is ever read.
unsafe impl<A: Plain, B: Plain<Element = A::Element>> Plain for Either<A, B> {
    type Element = A::Element;
}
