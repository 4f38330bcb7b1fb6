//! What a network takes as a sample. A method that took a `&N::Input` would be answered with two towers of types where it
//! is given something else; this trait is answered with the words that the macro wrote for the network.

/// A network that takes an `X` as a sample. `network!` implements it for references to the network's own input alone.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::{Tensor, typenum::U2};
/// use nn_core::private::Accepts;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let sample = Tensor::<(U2,)>::filled(3.0);
/// assert_eq!(Line::<f32>::accept(&&sample).as_slice(), [3.0, 3.0]);
/// # }
/// ```
pub trait Accepts<X> {
    /// The input of the network.
    type Own;
    /// The sample as the network's own input.
    fn accept(sample: &X) -> &Self::Own;
}

/// A reference to a `Y`.
///
/// ```
/// use nn_core::private::Same;
/// assert_eq!(*(&3.0).same(), 3.0);
/// ```
pub trait Same<Y> {
    /// What it refers to.
    fn same(&self) -> &Y;
}

macro_rules! same {
    ($($(#[$feature:meta])? $reference:ty),*) => {$(
        $(#[$feature])?
        impl<Y> Same<Y> for $reference {
            #[inline(always)]
            fn same(&self) -> &Y {
                self
            }
        }
    )*};
}

// what Rust turns into a `&Y` where a function takes one
same!(&Y, &&Y, &mut Y, #[cfg(feature = "alloc")] &alloc::boxed::Box<Y>);
