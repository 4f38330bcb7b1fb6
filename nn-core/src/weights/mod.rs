//! Files of weights: what was trained, here or elsewhere.
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net { fc: Linear(2 => 8), norm: BatchNorm1d(8), out: Linear(8 => 1) }
//!     fn forward(x: [2]) -> [1] { out(norm(fc(x)).relu()) }
//! }
//!
//! # fn main() -> Result<(), Error> {
//! let path = std::env::temp_dir().join("nn-core-weights-example.safetensors");
//! let trained = Net::init(1);
//! trained.save(&path)?; // parameters and running statistics
//!
//! let mut session = Session::new(Net::load(&path)?);
//! assert_eq!(session.network.flat_params(), trained.flat_params());
//! println!("{:?}", session.forward(&Tensor::from([0.5, 0.25])));
//! # Ok(()) }
//! ```
//!
//! The names of the tensors are those of [`PARAMETERS`](crate::Compiled::PARAMETERS) and
//! [`STATES`](crate::Compiled::STATES), which are PyTorch's for the same layers: a `state_dict` that
//! `safetensors.torch.save_file` has written is loaded by the same call, and with the feature `pth` one of `torch.save`. For files whose names or axes differ, and for a part
//! of the tensors, there is [`Load`].

mod load;
mod loaded;
mod methods;
mod source;

pub use crate::error::{Difference, Problem, WeightsError};
pub use load::Load;
#[cfg(feature = "std")]
pub(crate) use load::{CHECKPOINT, MODEL, check, copy, fill, open};
pub use loaded::Loaded;
pub use methods::Weights;
pub(crate) use methods::expected;
#[cfg(feature = "std")]
pub(crate) use methods::{dtype, tensors, write};
pub use nn_weights::{Dtype, Nearest, Shape, Skipped, Taken};
