//! The macros as users call them: they tell the compiler under which name this crate is known.

/// Declares a neural network: its layers, its forward pass and its loss.
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     /// Two inputs, four hidden neurons, one output.
///     pub struct Xor {
///         hidden: Linear(2 => 4),
///         out: Linear(4 => 1),
///     }
///
///     fn forward(x: [2]) -> [1] {
///         out(hidden(x).tanh()).sigmoid()
///     }
///
///     loss = bce;
/// }
///
/// let mut session = Xor::session(42);
/// let y = session.forward(&Tensor::from([0.0, 1.0]));
/// assert!(y[[0]] > 0.0 && y[[0]] < 1.0);
/// assert_eq!(Xor::<f32>::PARAMS, 17);
/// ```
#[cfg(feature = "alloc")]
#[macro_export]
macro_rules! network {
    ($($tokens:tt)*) => { $crate::__network! { [$crate] [alloc] [] $($tokens)* } };
}

/// Declares a neural network: its layers, its forward pass and its loss.
#[cfg(not(feature = "alloc"))]
#[macro_export]
macro_rules! network {
    ($($tokens:tt)*) => { $crate::__network! { [$crate] [] [] $($tokens)* } };
}

/// Functions, layers and losses of your own for many networks.
///
/// ```
/// use nn_core::prelude::*;
///
/// formulas! {
///     mod acts {
///         fn swish3(x) = x * sigmoid(3 * x);
///     }
/// }
///
/// network! {
///     use acts;
///     struct Net { fc: Linear(3 => 2) }
///     fn forward(x: [3]) -> [2] { fc(x).swish3() }
/// }
///
/// assert_eq!(Net::<f32>::PARAMS, 8);
/// ```
#[macro_export]
macro_rules! formulas {
    ($($tokens:tt)*) => { $crate::__formulas! { [$crate] $($tokens)* } };
}

/// A size as a type, for numbers that typenum has no name for.
///
/// ```
/// use nn_core::{Dim, size};
/// assert_eq!(<size!(6272) as Dim>::SIZE, 6272);
/// ```
#[macro_export]
macro_rules! size {
    ($($tokens:tt)*) => { $crate::__size! { [$crate] $($tokens)* } };
}
