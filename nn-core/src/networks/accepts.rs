//! What a network takes and gives. A method that took a `&N::Input` would be answered with two towers of types where it
//! is given something else; these traits are answered with the words that the macro wrote for the network.

/// A network that takes an `X` as a sample, or as a frame where it is a stream. `network!` implements it for references to
/// the network's own input or frame alone.
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
pub trait Accepts<X, Role = role::Input> {
    /// The input of the network, or its frame.
    type Own;
    /// The sample as the network's own.
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
    ($($reference:ty),*) => {$(
        impl<Y> Same<Y> for $reference {
            #[inline(always)]
            fn same(&self) -> &Y {
                self
            }
        }
    )*};
}

// Of one kind of reference rustc would take what is given for what the network has before it looks, and of several kinds
// of `&` it could not tell what `&numbers.into()` is.
same!(&Y, &mut Y);

/// A network of which an `X` is the input, the target or the output, as `Role` says. `network!` implements it for the
/// network's own types alone.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::{Tensor, typenum::U2};
/// use nn_core::private::{Takes, role};
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let samples = [Tensor::<(U2,)>::filled(3.0)];
/// assert_eq!(<Line as Takes<role::Input, _>>::own(&samples)[0].as_slice(), [3.0, 3.0]);
/// # }
/// ```
pub trait Takes<Role, X> {
    /// The type of the network's own input, target or output.
    type Own;
    /// Values as the network's own.
    fn own(values: &[X]) -> &[Self::Own];
    /// The same, mutable.
    fn own_mut(values: &mut [X]) -> &mut [Self::Own];
    /// One of the network's own as what is given.
    fn given_mut(value: &mut Self::Own) -> &mut X;
}

/// What a value is to a network.
pub mod role {
    /// A sample.
    #[derive(Debug)]
    pub enum Input {}
    /// A frame of a stream.
    #[derive(Debug)]
    pub enum Frame {}
    /// What a sample's output should be.
    #[derive(Debug)]
    pub enum Target {}
    /// A prediction.
    #[derive(Debug)]
    pub enum Output {}
}

/// A `Y`.
///
/// ```
/// use nn_core::private::Is;
/// assert_eq!(f32::all(&[3.0]), [3.0]);
/// ```
pub trait Is<Y>: Sized {
    /// Values as what they are.
    fn all(values: &[Self]) -> &[Y];
    /// The same, mutable.
    fn all_mut(values: &mut [Self]) -> &mut [Y];
    /// A value as what it is.
    fn one_mut(value: &mut Y) -> &mut Self;
}

impl<Y> Is<Y> for Y {
    #[inline(always)]
    fn all(values: &[Y]) -> &[Y] {
        values
    }
    #[inline(always)]
    fn all_mut(values: &mut [Y]) -> &mut [Y] {
        values
    }
    #[inline(always)]
    fn one_mut(value: &mut Y) -> &mut Y {
        value
    }
}
