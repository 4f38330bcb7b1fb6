//! All that emitted code may name. Not for users: it changes without notice.
//!
//! Only code that `network!` emits uses it. Calls and implementations by hand may panic or give wrong numbers, but
//! without `unsafe` they cannot break memory. What cannot be checked, such as that a struct consists of what [`Fields`]
//! says, is an `unsafe` trait, whose contract the macro keeps.

#[cfg(feature = "alloc")]
pub use alloc::boxed::Box;

pub use crate::description::{Layer, Parameter, Summary};
pub use crate::elsewhere::NewNetwork;
pub use crate::error::Error;
pub use crate::kernels::contraction::{Contraction, Loop, Operands, Start};
pub use crate::kernels::instruction_set::{Debugged, InstructionSet};
pub use crate::networks::embedded::{Embedded, has_shape};
pub use crate::networks::samples::{Checked, check_indices, check_indices_or, denominators, tile};
pub use crate::networks::stage::{TileStage, run_one_or_more, run_stage};
pub use crate::networks::{
    Accepts, Compiled, CompiledDerivative, CompiledFold, CompiledLoss, CompiledStream, DerivativeTile, DerivedByInputs,
    ForwardTile, GradientTile, Hvp, Is, Jvp, MAX_TERMS, Memory, Network, Pass, Pullback, Same, StepTile, Takes, Train,
    Vjp, role,
};
#[cfg(feature = "alloc")]
pub use crate::networks::{Session, init};
pub use crate::random::Init;
pub use crate::size;
pub use crate::tensors::constant_size::{FromDigits, PushDigit, hexadecimal_digit};
pub use crate::tensors::extremum::{greatest, least, only};
#[cfg(feature = "alloc")]
pub use crate::tensors::plain::boxed;
pub use crate::tensors::plain::{disjoint, flatten, flatten_mut, positions};
pub use crate::tensors::size_message::{Text, with_sizes};
pub use crate::tensors::{Dim, Either, Fields, Pair, Plain, Sample, Scalar, Tensor, zeroed};
pub use typenum;

/// The names that emitted code uses without a path, whatever the types of the user are called.
pub mod scope {
    pub use core::option::Option::{self, None, Some};
    pub use core::primitive::*;
}

/// The trip count of a loop over the samples.
pub const SAMPLES: isize = isize::MAX;

/// One of two values. Both have been computed.
#[inline(always)]
pub fn select<T>(condition: bool, then: T, otherwise: T) -> T {
    if condition { then } else { otherwise }
}

/// An array for a row of numbers. Its length is an argument here, so that the compiler of networks sees it as a size.
#[inline(always)]
#[must_use]
pub fn row<T: Scalar, const LEN: usize>() -> [T; LEN] {
    [T::ZERO; LEN]
}

/// Whether two positions are the same, compared as numbers of the type `T` that differ in their last bits: a selection
/// between numbers then needs no branch, which a comparison of integers becomes outside of vectors.
///
/// ```
/// assert!(nn_core::private::same_position::<f32>(255, 255));
/// assert!(!nn_core::private::same_position::<f64>(3, 1));
/// ```
#[inline(always)]
#[allow(clippy::float_cmp)] // both are exact
pub fn same_position<T>(a: u8, b: u8) -> bool {
    // 2^23 and 2^52, whose last bit counts ones
    if size_of::<T>() == size_of::<f32>() {
        let [a, b] = [a, b].map(|position| f32::from_bits(0x4B00_0000 | u32::from(position)));
        a == b
    } else {
        let [a, b] = [a, b].map(|position| f64::from_bits(0x4330_0000_0000_0000 | u64::from(position)));
        a == b
    }
}

/// A position below 2^16 as a number that has it in its last bits: selected by the lanes of the numbers beside it.
///
/// ```
/// # use nn_core::private::{as_position, from_position};
/// assert_eq!(as_position(from_position::<f32>(65_535)), 65_535);
/// assert_eq!(as_position(from_position::<f64>(3)), 3);
/// assert_eq!(as_position(0.0_f32), 0);
/// ```
#[inline(always)]
#[must_use]
#[allow(clippy::cast_precision_loss)] // the sum is exact
pub fn from_position<T: Scalar>(position: usize) -> T {
    // above 2^23 and 2^52 the last bit of a number counts ones
    let first = if size_of::<T>() == size_of::<f32>() { 8_388_608.0 } else { 4_503_599_627_370_496.0 };
    T::from_f64(first + position as f64)
}

/// The position of a number that [`from_position`] made; 0 of 0.
#[inline(always)]
#[must_use]
#[allow(clippy::cast_possible_truncation)] // the conversion to f32 undoes that from f32; of the bits, the last count
pub fn as_position<T: Scalar>(value: T) -> u16 {
    let value = value.to_f64();
    if size_of::<T>() == size_of::<f32>() { (value as f32).to_bits() as u16 } else { value.to_bits() as u16 }
}

pub use crate::networks::unknown::{Unknown, UnknownTensor};

mod plan;
pub use plan::{Plan, contract, operands};

/// What is known of a network beforehand, as items of the network of `f32`: `Net::PARAMS` needs no type of its numbers.
#[doc(hidden)]
#[macro_export]
macro_rules! __figures {
    ($visibility:vis, $($train:ident)?) => {
        /// The number of trainable parameters.
        $visibility const PARAMS: ::core::primitive::usize = <Self as $crate::Network>::PARAMS;
        /// The multiplications with addition of one prediction.
        $visibility const MACS: ::core::primitive::usize = <Self as $crate::Compiled>::MACS;
        /// The bytes of workspace for the prediction of one sample.
        $visibility const INFER_BYTES: ::core::primitive::usize = <Self as $crate::Network>::INFER_BYTES;
        $(
            /// The bytes of workspace for training.
            $visibility const TRAIN_BYTES: ::core::primitive::usize = <Self as $crate::$train>::TRAIN_BYTES;
        )?
        /// The name, shape and place of each parameter, in the order of the flat view.
        $visibility const PARAMETERS: &'static [$crate::Parameter] = <Self as $crate::Compiled>::PARAMETERS;
        /// The same of each parameter of a frozen layer.
        $visibility const FROZEN: &'static [$crate::Parameter] = <Self as $crate::Compiled>::FROZEN;
        /// The same of each state.
        $visibility const STATES: &'static [$crate::Parameter] = <Self as $crate::Compiled>::STATES;
        /// The steps of the forward pass.
        $visibility const LAYERS: &'static [$crate::Layer] = <Self as $crate::Compiled>::LAYERS;
        #[doc(hidden)]
        $visibility fn default() -> Self
        where
            for<'a> Self: $crate::private::NewNetwork<'a>,
        {
            ::core::panic!("the bound of this function is never met")
        }
        /// A table of the layers with their shapes, parameters and work.
        #[must_use]
        $visibility fn summary() -> $crate::Summary {
            <Self as $crate::Network>::summary()
        }
    };
}
pub use crate::__figures as figures;

/// What makes a network on the heap, as items of the network of `f32`.
#[doc(hidden)]
#[macro_export]
macro_rules! __on_heap {
    ($visibility:vis,) => {
        /// A network on the heap, its parameters drawn from a seed.
        #[must_use]
        $visibility fn init(seed: ::core::primitive::u64) -> $crate::private::Box<Self> {
            $crate::private::init(seed)
        }
        /// A network with its workspace and output on the heap, its parameters drawn from a seed.
        #[must_use]
        $visibility fn session(seed: ::core::primitive::u64) -> $crate::private::Session<Self> {
            $crate::private::Session::from_seed(seed)
        }
        #[doc(hidden)]
        #[must_use]
        #[deprecated(
            note = "a network is made from a seed: `init(42)` makes the network alone, and `session(42)` one that can predict and be trained"
        )]
        $visibility fn new(seed: ::core::primitive::u64) -> $crate::private::Box<Self> {
            $crate::private::init(seed)
        }
        $crate::private::from_files! { $visibility, }
    };
}
pub use crate::__on_heap as on_heap;

/// What makes a network from a file, as items of the network of `f32`. Emitted code cannot ask which features are on, so that
/// this crate has the items or has none.
#[cfg(feature = "safetensors")]
#[doc(hidden)]
#[macro_export]
macro_rules! __from_files {
    ($visibility:vis,) => {
        /// A network on the heap from the path of a file of weights, from bytes, or from a `Load`.
        $visibility fn load<'l>(
            from: impl ::core::convert::Into<$crate::weights::Load<'l>>,
        ) -> ::core::result::Result<$crate::private::Box<Self>, $crate::Error> {
            $crate::weights::Weights::load_as(from)
        }
    };
}
#[cfg(not(feature = "safetensors"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __from_files {
    ($visibility:vis,) => {};
}
pub use crate::__from_files as from_files;

/// `Accepts` and `Takes` for a network, by traits whose messages say what the network takes and gives.
#[doc(hidden)]
#[macro_export]
macro_rules! __accepts {
    (one $role:ident, $words:ident, $message:tt, $label:tt, [$($generics:tt)*] $network:ty, $input:ty, [$($bounds:tt)*]) => {
        #[diagnostic::on_unimplemented(
            message = $message,
            label = $label,
            note = "`Tensor::from([…])` makes a tensor of an array, and `Tensor::try_from(numbers)?` of a slice or a vector",
            note = "of a tensor in a box `&*x` is a reference, and of a reference `x` to a reference `*x`"
        )]
        #[allow(non_camel_case_types)]
        pub trait $words<Own> {
            fn own(&self) -> &Own;
        }
        #[diagnostic::do_not_recommend]
        impl<Own, X: $crate::private::Same<Own>> $words<Own> for X {
            #[inline(always)]
            fn own(&self) -> &Own {
                self.same()
            }
        }
        #[automatically_derived]
        impl<$($generics)* X: $words<$input>> $crate::private::Accepts<X, $crate::private::role::$role>
            for $network $($bounds)*
        {
            type Own = $input;
            #[inline(always)]
            fn accept(sample: &X) -> &$input {
                sample.own()
            }
        }
    };
    // without a loss, any target: that there is no loss is said by another bound
    (any target, [$($generics:tt)*] $network:ty, [$($bounds:tt)*]) => {
        #[automatically_derived]
        impl<$($generics)* X> $crate::private::Takes<$crate::private::role::Target, X> for $network $($bounds)* {
            type Own = X;
            #[inline(always)]
            fn own(values: &[X]) -> &[X] {
                values
            }
            #[inline(always)]
            fn own_mut(values: &mut [X]) -> &mut [X] {
                values
            }
            #[inline(always)]
            fn given_mut(value: &mut X) -> &mut X {
                value
            }
        }
    };
    ($role:ident, $words:ident, $message:tt, $label:tt, $note:tt, [$($generics:tt)*] $network:ty, $own:ty, [$($bounds:tt)*]) => {
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        #[allow(non_camel_case_types)]
        pub trait $words<Own>: $crate::private::Is<Own> {}
        // for what is given, not for what the network has: rustc would take the one for the other before it looks
        #[diagnostic::do_not_recommend]
        impl<Own, X: $crate::private::Is<Own>> $words<Own> for X {}
        #[automatically_derived]
        impl<$($generics)* X: $words<$own>> $crate::private::Takes<$crate::private::role::$role, X>
            for $network $($bounds)*
        {
            type Own = $own;
            #[inline(always)]
            fn own(values: &[X]) -> &[$own] {
                X::all(values)
            }
            #[inline(always)]
            fn own_mut(values: &mut [X]) -> &mut [$own] {
                X::all_mut(values)
            }
            #[inline(always)]
            fn given_mut(value: &mut $own) -> &mut X {
                X::one_mut(value)
            }
        }
    };
}
pub use crate::__accepts as accepts;
