//! The methods of networks for files of weights.

use alloc::boxed::Box;
use alloc::vec::Vec;

use nn_weights::{Dtype, Expected, Written, safetensors, signature};

use super::{Load, Loaded};
use crate::error::Error;
#[cfg(feature = "std")]
use crate::error::WeightsError;
use crate::networks::{Compiled, Network};
use crate::tensors::{Scalar, plain};

/// The methods of networks for files of weights: every network has them. The prelude brings them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() -> Result<(), nn_core::Error> {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let path = std::env::temp_dir().join("nn-core-line.safetensors");
/// let trained = Line::init(1);
/// trained.save(&path)?;
/// let loaded = Line::load(&path)?;
/// assert_eq!(loaded.flat_params(), trained.flat_params());
/// # Ok(()) }
/// ```
pub trait Weights: Network {
    /// Saves parameters and states. The file is a `.npz` if the path ends so, else a safetensors: readable by
    /// `safetensors.torch.load_file`, with the names of PyTorch's `state_dict`.
    ///
    /// The file is written beside the old one and takes its place when it is complete: whatever happens, one finds the old
    /// file or the new one.
    ///
    /// # Errors
    /// [`WeightsError::File`] with what the operating system says, or if the path ends in `.pt` or `.pth`: these files are read
    /// alone. The old file is then as it was.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let error = Line::init(1).save("no/such/folder/line.safetensors").unwrap_err();
    /// assert!(error.to_string().starts_with("no/such/folder/line.safetensors: "));
    /// # Ok(()) }
    /// ```
    #[cfg(feature = "std")]
    fn save(&self, path: impl AsRef<std::path::Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let bytes = match path.extension().and_then(std::ffi::OsStr::to_str) {
            Some("npz") => self.to_npz(path)?,
            Some("pt" | "pth") => {
                return Err(failed(path, &"files of PyTorch are read and not written: save a `.safetensors`"));
            }
            _ => self.to_bytes(),
        };
        write(path, &bytes)
    }

    /// The contents of the file that [`save`](Weights::save) writes, a safetensors. They depend on the network alone.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let bytes = Line::init(1).to_bytes();
    /// assert_eq!(Line::load(&bytes)?.to_bytes(), bytes);
    /// # Ok(()) }
    /// ```
    #[must_use]
    fn to_bytes(&self) -> Vec<u8> {
        let signature = signature(&expected::<Self>());
        let metadata = [
            ("format", "pt"), // of names and shapes: some readers ask for it
            ("network", Self::NAME),
            ("signature", &signature),
            ("version", env!("CARGO_PKG_VERSION")),
        ];
        safetensors::write(&metadata, tensors(self, ""))
    }

    /// A network on the heap from the path of a file, from bytes, or from a [`Load`]: for `f64`, or where the type is
    /// inferred. `Net::load(path)` does the same for `f32`.
    ///
    /// # Errors
    /// [`WeightsError`](super::WeightsError), with all that does not fit.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let bytes = Line::init(1).to_bytes();
    /// let double = Line::<f64>::load_as(&bytes)?;
    /// assert_eq!(double.flat_params()[0] as f32, Line::init(1).flat_params()[0]);
    /// # Ok(()) }
    /// ```
    fn load_as<'l>(from: impl Into<Load<'l>>) -> Result<Box<Self>, Error> {
        let mut network = plain::zeroed_box::<Self>();
        from.into().read(&mut *network, true)?;
        Ok(network)
    }

    /// Loads parameters and states from the path of a file, from bytes, or from a [`Load`].
    ///
    /// # Errors
    /// [`WeightsError`](super::WeightsError), with all that does not fit. The network is then as it was.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut session = Line::session(1);
    /// session.network.load_from(&Line::init(2).to_bytes())?;
    /// assert_eq!(session.network.flat_params(), Line::init(2).flat_params());
    /// # Ok(()) }
    /// ```
    fn load_from<'l>(&mut self, from: impl Into<Load<'l>>) -> Result<Loaded, Error> {
        from.into().read(self, false)
    }

    #[doc(hidden)]
    #[cfg(all(feature = "std", feature = "npz"))]
    fn to_npz(&self, path: &std::path::Path) -> Result<Vec<u8>, Error> {
        let failed = |error| failed(path, &error);
        nn_weights::npz::write(tensors(self, "")).map_err(failed)
    }

    #[doc(hidden)]
    #[cfg(all(feature = "std", not(feature = "npz")))]
    fn to_npz(&self, path: &std::path::Path) -> Result<Vec<u8>, Error> {
        Err(failed(path, &"a `.npz` needs the feature `npz` of this crate"))
    }
}

impl<N: Network> Weights for N {}

/// Replaces a file.
#[cfg(feature = "std")]
pub(crate) fn write(path: &std::path::Path, bytes: &[u8]) -> Result<(), Error> {
    nn_weights::files::replace(path, bytes).map_err(|error| failed(path, &error))
}

#[cfg(feature = "std")]
fn failed(path: &std::path::Path, problem: &dyn core::fmt::Display) -> Error {
    WeightsError::File { file: path.display().to_string(), problem: problem.to_string() }.into()
}

/// The tensors of a network: its parameters, then the frozen ones, then its states.
pub(crate) fn expected<N: Compiled>() -> Vec<Expected<'static>> {
    let all = N::PARAMETERS.iter().chain(N::FROZEN).chain(N::STATES);
    all.map(|tensor| Expected { name: tensor.name, shape: tensor.shape }).collect()
}

/// The tensors of a network with their numbers, in the order of [`expected`]. Their names follow `front`.
pub(crate) fn tensors<'n, N: Network>(network: &'n N, front: &str) -> Vec<Written<'n>> {
    let params = N::PARAMETERS.iter().map(|tensor| (tensor, network.flat_params()));
    let frozen = N::FROZEN.iter().map(|tensor| (tensor, network.flat_frozen()));
    let states = N::STATES.iter().map(|tensor| (tensor, network.flat_state()));
    let written = |(tensor, flat): (&'static crate::Parameter, &'n [N::Scalar])| {
        let numbers = flat[tensor.range()].iter().map(|number| number.to_f64());
        Written::new(alloc::format!("{front}{}", tensor.name), dtype::<N::Scalar>(), tensor.shape, numbers)
    };
    params.chain(frozen).chain(states).map(written).collect()
}

/// The type of numbers in a file.
pub(crate) fn dtype<T: Scalar>() -> Dtype {
    if T::NAME == f64::NAME { Dtype::F64 } else { Dtype::F32 }
}
