//! How a file of weights is read.

use alloc::string::{String, ToString};

use nn_weights::{Archive, FormatError, Plan, Rules, Taken};

use super::source::Source;
use super::{Loaded, expected};
use crate::error::{Error, WeightsError};
use crate::networks::{Compiled, Network};
use crate::tensors::Scalar;

/// A file of weights and how to read it: an argument of `Net::load`, [`load_as`](super::Weights::load_as) and
/// [`load_from`](super::Weights::load_from), which take the path of a file, or bytes, as well.
///
/// ```
/// use nn_core::prelude::*;
/// use nn_core::weights::Load;
///
/// network! {
///     struct Net { body: Linear(4 => 8), head: Linear(8 => 3) }
///     fn forward(x: [4]) -> [3] { head(body(x).relu()) }
/// }
///
/// # fn main() -> Result<(), Error> {
/// # let path = std::env::temp_dir().join("nn-core-load-example.safetensors");
/// # Net::init(1).save(&path)?;
/// let mut network = Net::init(0); // a new head
/// let loaded = network.load_from(Load::file(&path).only("body"))?;
/// assert_eq!(loaded.kept, ["head.weight", "head.bias"]);
/// println!("{loaded}");
/// # Ok(()) }
/// ```
///
/// Nothing is changed before all is checked: that each tensor is there, and no other; that shapes and types fit; that all
/// numbers are finite. The [error](super::WeightsError::Mismatch) lists all that does not fit.
///
/// `f16`, `bf16`, `f32` and `f64` become the numbers of the network, rounded to the nearest. PyTorch's `num_batches_tracked`
/// is skipped.
#[must_use = "it says what to read, and reads nothing"]
pub struct Load<'l> {
    source: Source<'l>,
    rules: Rules<'l>,
}

impl<'l> Load<'l> {
    /// A file: a safetensors, with the feature `npz` a `.npz`, or with the feature `pth` what `torch.save` has written. Its
    /// contents tell which, and not its name.
    ///
    /// Of PyTorch's files the tensors are read, in whatever dictionaries and lists they are: `{"model": state_dict}` has the
    /// names `model.fc.weight`. Nothing is executed: a file with objects of other classes is refused.
    ///
    /// ```
    /// let load = nn_core::weights::Load::file("digits.safetensors");
    /// ```
    #[cfg(feature = "std")]
    pub fn file(path: impl AsRef<std::path::Path>) -> Self {
        Load { source: Source::File(path.as_ref().into()), rules: Rules::new() }
    }

    /// The contents of such a file, for example by `include_bytes!`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// use nn_core::weights::Load;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let bytes = Line::init(1).to_bytes();
    /// let network = Line::load(Load::bytes(&bytes))?; // or Line::load(&bytes)
    /// # assert_eq!(network.flat_params(), Line::init(1).flat_params());
    /// # Ok(()) }
    /// ```
    pub fn bytes(bytes: &'l [u8]) -> Self {
        Load { source: Source::Bytes(bytes), rules: Rules::new() }
    }

    /// Names in the file that begin with the path `from` begin with `to` in the network. `""` is the beginning of all names,
    /// and no beginning.
    ///
    /// ```
    /// use nn_core::weights::Load;
    /// let load = Load::file("resnet.safetensors")
    ///     .rename("module", "") // module.fc.weight is fc.weight here,
    ///     .rename("fc", "head"); // that is, head.weight
    /// ```
    pub fn rename(mut self, from: &str, to: &str) -> Self {
        self.rules.rename(from, to);
        self
    }

    /// The same for several beginnings at once, of which the first that fits is meant: two can be exchanged.
    ///
    /// ```
    /// use nn_core::weights::Load;
    /// let load = Load::file("net.safetensors").rename_table([("0", "conv1"), ("3", "conv2"), ("7", "fc")]);
    /// ```
    pub fn rename_table<'t>(mut self, table: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        self.rules.rename_table(table);
        self
    }

    /// The name in the network is a function of the name in the file.
    ///
    /// ```
    /// use nn_core::weights::Load;
    /// let load = Load::file("keras.npz")
    ///     .rename_with(|name| name.replace('/', ".").replace("kernel", "weight").replace("gamma", "weight"));
    /// ```
    pub fn rename_with(mut self, function: impl Fn(&str) -> String + 'l) -> Self {
        self.rules.rename_with(function);
        self
    }

    /// The tensors of the network that fit a pattern have their axes in another order in the file. Axis `i` of the network
    /// is axis `axes[i]` of the file, as in NumPy's `transpose`. In a pattern `*` stands for any text.
    ///
    /// ```
    /// use nn_core::weights::Load;
    /// // Keras: [inputs, outputs], and [height, width, input channels, output channels]
    /// let load = Load::file("keras.npz").transpose("fc*.weight", &[1, 0]).transpose("conv*.weight", &[3, 2, 0, 1]);
    /// ```
    pub fn transpose(mut self, pattern: &str, axes: &[usize]) -> Self {
        self.rules.transpose(pattern, axes);
        self
    }

    /// Shapes in the file may differ from those of the network in axes of size 1, as those of a `Conv1d` and of a `Conv2d` with
    /// a kernel of one row, or of a convolution by 1 and a dense layer.
    ///
    /// ```
    /// use nn_core::weights::Load;
    /// let load = Load::file("vad.safetensors").squeezed();
    /// ```
    pub fn squeezed(mut self) -> Self {
        self.rules.squeezed();
        self
    }

    /// Only tensors that fit this pattern by their names in the network, or another one given so, are read. The network
    /// keeps its other tensors, and others in the file are skipped.
    ///
    /// ```
    /// use nn_core::weights::Load;
    /// let load = Load::file("resnet.safetensors").only("conv1").only("blocks");
    /// ```
    pub fn only(mut self, pattern: &str) -> Self {
        self.rules.only(pattern);
        self
    }

    /// Tensors that fit this pattern are not read: neither those that the network has, nor others in the file.
    ///
    /// ```
    /// use nn_core::weights::Load;
    /// let load = Load::file("resnet.safetensors").except("fc");
    /// ```
    pub fn except(mut self, pattern: &str) -> Self {
        self.rules.except(pattern);
        self
    }

    /// Reads it into a network. `whole` asks for all tensors of the network.
    pub(super) fn read<N: Compiled>(self, network: &mut N, whole: bool) -> Result<Loaded, Error> {
        let (file, bytes) = (self.source.name(), self.source.bytes()?);
        let mut archive = open(&file, &bytes)?;
        if archive.text(CHECKPOINT).is_some() {
            archive = archive.part(MODEL);
        }
        let plan = check::<N>(&file, &archive, self.rules)?;
        if whole && !plan.kept.is_empty() {
            return Err(WeightsError::Partial { file, network: N::NAME }.into());
        }
        copy(&plan, &archive, network)?;
        let saved = archive.text("network").map(ToString::to_string);
        Ok(Loaded { file, network: saved, taken: plan.taken, skipped: plan.skipped, kept: plan.kept })
    }
}

/// What the metadata of a checkpoint has, and the beginning of the names of its network.
pub(crate) const CHECKPOINT: &str = "checkpoint";
pub(crate) const MODEL: &str = "model";

/// Reads the table of a file.
pub(crate) fn open<'b>(file: &str, bytes: &'b [u8]) -> Result<Archive<'b>, WeightsError> {
    let format = |error: FormatError| WeightsError::Format { file: file.into(), problem: error.to_string() };
    Archive::read(bytes).map_err(format)
}

/// Finds the tensors of a network in a file.
pub(crate) fn check<N: Compiled>(
    file: &str,
    archive: &Archive<'_>,
    mut rules: Rules<'_>,
) -> Result<Plan, WeightsError> {
    if N::Scalar::NAME == f32::NAME {
        rules.single();
    }
    nn_weights::plan(&expected::<N>(), archive, &rules).map_err(|problems| {
        let other = archive.text("network").filter(|saved| *saved != N::NAME).map(ToString::to_string);
        WeightsError::Mismatch { file: file.into(), network: N::NAME, other, problems }
    })
}

/// Copies what [`check`] has found.
pub(crate) fn copy<N: Compiled>(plan: &Plan, archive: &Archive<'_>, network: &mut N) -> Result<(), WeightsError> {
    for taken in &plan.taken {
        let (frozen, states) = (N::PARAMETERS.len(), N::PARAMETERS.len() + N::FROZEN.len());
        let (to, tensor) = match taken.at {
            at if at < frozen => (network.flat_params_mut(), &N::PARAMETERS[at]),
            at if at < states => (network.flat_frozen_mut(), &N::FROZEN[at - frozen]),
            at => (network.flat_state_mut(), &N::STATES[at - states]),
        };
        fill(&mut to[tensor.range()], taken, archive)?;
    }
    Ok(())
}

/// Sets the numbers of a tensor.
pub(crate) fn fill<T: Scalar>(to: &mut [T], taken: &Taken, archive: &Archive<'_>) -> Result<(), WeightsError> {
    let copied = taken.copy(archive, |at, number| to[at] = T::from_f64(number));
    copied.map_err(|problem| WeightsError::Format { file: taken.source.clone(), problem })
}

impl core::fmt::Debug for Load<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Load").field("source", &self.source.name()).field("rules", &self.rules).finish()
    }
}
