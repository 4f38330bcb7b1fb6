//! MNIST, and sets of the same form.

use std::path::{Path, PathBuf};

use crate::error::{DataError, Error};
use crate::tensors::{Scalar, Shape, Tensor};

use super::{Dataset, Idx};

type Images<S, T> = Dataset<Tensor<S, T>, usize>;
type Both<S, T> = (Images<S, T>, Images<S, T>);

/// Reads the training set and the test set of MNIST from a folder with its four files, each plain or as `.gz`. The sets
/// may be Fashion-MNIST or KMNIST as well: 28×28 grey images in 10 classes.
///
/// Pixels are in 0 ≤ x ≤ 1. The tensors may have any shape of 784 elements, such as `(U784,)` or `(U1, U28, U28)`;
/// another number of elements does not compile.
///
/// # Errors
/// [`Error::Data`], with the file, if one is missing, damaged, or not of the size that it should have.
///
/// ```no_run
/// use nn_core::typenum::{U1, U28};
/// let (train, test) = nn_core::data::mnist::<(U1, U28, U28), f32>("data/mnist")?;
/// # Ok::<(), nn_core::Error>(())
/// ```
pub fn mnist<S: Shape, T: Scalar>(folder: impl AsRef<Path>) -> Result<Both<S, T>, Error> {
    const { assert!(S::LEN == 784, "an image of MNIST has 784 elements, and the tensor's shape has not") }
    let folder = folder.as_ref();
    Ok((read(folder, "train")?, read(folder, "t10k")?))
}

fn read<S: Shape, T: Scalar>(folder: &Path, set: &str) -> Result<Images<S, T>, Error> {
    let (images, labels) = (find(folder, set, "images", 3)?, find(folder, set, "labels", 1)?);
    let (image_file, label_file) = (Idx::read(&images)?, Idx::read(&labels)?);
    let size = |file: &Path, expected: String, found: &[usize]| {
        Err(DataError::Size { file: file.display().to_string(), expected, found: format!("{found:?}") }.into())
    };
    let (count, image) = image_file.items();
    if image != [28, 28] {
        return size(&images, "images of 28×28 pixels, sizes [count, 28, 28]".into(), image_file.sizes());
    }
    if label_file.sizes() != [count] {
        return size(&labels, format!("a label for each image, sizes [{count}]"), label_file.sizes());
    }
    Dataset::new(image_file.tensors(255.0)?, label_file.classes(10)?)
}

/// The path of a file of a set, which has one of several usual names.
fn find(folder: &Path, set: &str, what: &str, sizes: u8) -> Result<PathBuf, DataError> {
    let usual = format!("{set}-{what}-idx{sizes}-ubyte");
    let dotted = format!("{set}-{what}.idx{sizes}-ubyte");
    let names = [&usual, &dotted].into_iter().flat_map(|name| [name.clone(), format!("{name}.gz")]);
    names.map(|name| folder.join(name)).find(|path| path.is_file()).ok_or_else(|| DataError::File {
        file: folder.display().to_string(),
        problem: format!("there is no file `{usual}` or `{usual}.gz` in this folder"),
    })
}
