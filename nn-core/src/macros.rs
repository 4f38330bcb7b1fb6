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
/// assert_eq!(Xor::PARAMS, 17);
/// ```
///
/// # What it generates
///
/// - `struct Xor<T = f32>` with the field `params`; it implements [`Network`](crate::Network), and
///   [`Train`](crate::Train) if it has a loss;
/// - `Xor::init(seed)`, a network of `f32` on the heap, and `Xor::session(seed)`, a
///   [`Session`](crate::Session); for `f64` there is [`Network::init_as`](crate::Network::init_as);
/// - `struct XorParams` with a field for each layer, which is the type of a gradient too, and
///   `XorParams_hidden`, `XorParams_out` with the tensors of each: `network.params.hidden.weight`;
/// - `struct XorInput`, `XorOutput`, `XorTarget`, `XorInputGradient` where there are several inputs,
///   outputs or targets, with their names as fields. A single one is a [`Tensor`](struct@crate::Tensor), or a
///   `usize` for a class;
/// - `trait XorDims`, the bound of networks with sizes that are not numbers;
/// - `type XorU_6272` for each size above 1024 that occurs in these types.
///
/// They have the visibility of the struct. There is no `unsafe` block in them; that these structs consist of tensors
/// alone, which the macro knows since it writes them, is an `unsafe impl`. `#![forbid(unsafe_code)]` allows it.
///
/// # The language
///
/// [`guide::language`](crate::guide::language) describes all of it, and [`library`](crate::library) has a page for
/// each layer, function and loss. In short:
///
/// - Layers are declared in the struct, `Linear(2 => 4)`, `Conv2d(1 => 8, kernel = 3, padding = 1)`, and
///   called in `forward`. `x.f(a)` means `f(x, a)`.
/// - Shapes are those of one sample: `[1, 28, 28]`. `[]` is a number, `index<10>` a class below 10.
/// - Sizes are numbers, typenum types or type parameters: `struct Mlp<In, Hidden, Out>`. `_` is the
///   size that the input has.
/// - Several inputs are `forward(x: [2], y: [3])`, several outputs `-> (a: [1], b: [5])`.
/// - The loss is `loss = name;`, or `loss(t: [1]) = mse(output, t) + 0.1 * l1(output, t);`, or left out.
/// - Functions, layers and losses of your own stand beside the struct; [`formulas!`](crate::formulas)
///   holds those for many networks.
///
/// # Errors
///
/// Mistakes are errors of compilation, each where it was made: a size that does not fit is shown with the
/// way of the shapes up to it.
///
/// ```compile_fail
/// nn_core::network! {
///     struct Net { fc1: Linear(4 => 3), fc2: Linear(2 => 1) } // 3 do not fit 2
///     fn forward(x: [4]) -> [1] { fc2(fc1(x)) }
/// }
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

/// Functions, layers and losses of your own for many networks, which `use` them; with `pub`, those of
/// other crates too. They are written as in [`network!`](macro@crate::network).
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
/// assert_eq!(Net::PARAMS, 8);
/// ```
#[macro_export]
macro_rules! formulas {
    ($($tokens:tt)*) => { $crate::__formulas! { [$crate] $($tokens)* } };
}

/// A size as a type, for numbers that typenum has no name for, such as most above 1024.
///
/// ```
/// use nn_core::{Dim, size};
/// assert_eq!(<size!(6272) as Dim>::SIZE, 6272);
/// ```
#[macro_export]
macro_rules! size {
    ($($tokens:tt)*) => { $crate::__size! { [$crate] $($tokens)* } };
}

/// The type of a tensor of some sizes, written as in [`network!`](macro@crate::network): `Tensor![3, 28, 28]`. Sizes may
/// be constants and types of the program too. The type of the numbers may follow: `Tensor![3; f64]`.
///
/// ```
/// use nn_core::prelude::*;
///
/// const SIDE: usize = 32;
///
/// fn grey(image: &Tensor![3, SIDE, SIDE]) -> Tensor![1, SIDE, SIDE] {
///     let mut grey = Tensor::zeros();
///     for (at, value) in grey.iter_mut().enumerate() {
///         *value = (0..3).map(|channel| image.as_slice()[channel * SIDE * SIDE + at]).sum::<f32>() / 3.0;
///     }
///     grey
/// }
///
/// assert_eq!(grey(&Tensor::filled(0.5))[[0, 1, 2]], 0.5);
/// assert_eq!(<Tensor![{ 2 * SIDE }; f64]>::DIMS, [64]);
/// ```
#[macro_export]
macro_rules! Tensor {
    ($($tokens:tt)*) => { $crate::__tensor! { [$crate] $($tokens)* } };
}
