//! The prelude. It lies in a private module, so that `lib.rs` can re-export it behind all other modules: messages of rustc
//! name an item by the first public module that has it, which should be its own.

/// The items that most programs need: `use nn_core::prelude::*;`.
///
/// The macros, [`Tensor`](struct@crate::Tensor) and [`Session`](crate::Session), the traits with the methods of networks and of
/// plain data, optimisers, [`Dataset`](crate::data::Dataset) and [`Trainer`](crate::train::Trainer), and the modules
/// `data`, `metrics`, `optim`, `schedule` and `train`. Sizes are in [`typenum`](crate::typenum).
///
/// ```
/// use nn_core::prelude::*;
/// use nn_core::typenum::U2;
/// let t = Tensor::<(U2,)>::from([1.0, 2.0]);
/// assert_eq!(t.flat(), [1.0, 2.0]);
/// ```
pub mod prelude {
    pub use crate::Plain as _;
    #[cfg(feature = "alloc")]
    pub use crate::Session;
    #[cfg(feature = "std")]
    pub use crate::data::{self, Dataset};
    #[doc(no_inline)]
    pub use crate::optim::{self, Adam, AdamW, Optimizer, RmsProp, Sgd};
    #[cfg(feature = "std")]
    #[doc(no_inline)]
    pub use crate::train::{self, Trainer};
    #[cfg(feature = "safetensors")]
    #[doc(no_inline)]
    pub use crate::weights::{Load, Weights};
    pub use crate::{
        Compiled, CompiledFold, CompiledLoss, CompiledStream, Derivatives, DerivedByInputs, Dim, Draw, Error, Fold,
        Network, Scalar, Streamed, Tensor, Train, formulas, network, size,
    };
    #[doc(no_inline)]
    pub use crate::{metrics, schedule};
}
