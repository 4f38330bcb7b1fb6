//! Folders of images, one for each class.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use image::ImageReader;

use super::{Dataset, Fit, Lazy, images};
use crate::error::{DataError, Error};
use crate::tensors::{Dim, Scalar, Tensor};

/// Images with their classes.
type Images<C, H, W, T> = Dataset<Tensor<(C, H, W), T>, usize>;

/// The endings of files that are images.
const ENDINGS: [&str; 3] = ["png", "jpg", "jpeg"];

/// A folder with a folder of images for each class: `root/cat/1.png`, `root/dog/1.jpg` (feature `image`). The classes are
/// numbered in the order of their names. Files that end neither in `.png` nor in `.jpg` or `.jpeg` are left out, and so is
/// what begins with a dot.
///
/// ```
/// use image::{GrayImage, Luma};
/// use nn_core::data::{Dataset, Fit, ImageFolder};
/// use nn_core::Tensor;
/// let root = std::env::temp_dir().join("nn-core-image-folder-example");
/// for (class, grey) in [("dark", 51), ("bright", 204)] {
///     std::fs::create_dir_all(root.join(class)).unwrap();
///     GrayImage::from_pixel(9, 6, Luma([grey])).save(root.join(class).join("1.png")).unwrap();
/// }
///
/// let folder = ImageFolder::open(&root)?;
/// assert_eq!(folder.classes(), ["bright", "dark"]);
/// let data: Dataset<Tensor![1, 4, 4], usize> = folder.dataset(Fit::Crop)?;
/// assert_eq!((data.len(), data.targets(), data.inputs()[1][[0, 3, 3]]), (2, &[0, 1][..], 0.2));
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageFolder {
    classes: Vec<String>,
    /// The files with their classes, in the order of both.
    files: Vec<(PathBuf, usize)>,
}

impl ImageFolder {
    /// Lists the images of a folder. None is read yet.
    ///
    /// # Errors
    /// [`Error::Data`] with the path, if a folder cannot be read, has no folder of a class, or if a class has no image.
    ///
    /// ```
    /// let error = nn_core::data::ImageFolder::open("no/such/folder").unwrap_err();
    /// assert!(error.to_string().starts_with("no/such/folder: "));
    /// ```
    pub fn open(root: impl AsRef<Path>) -> Result<Self, Error> {
        let root = root.as_ref();
        let folders: Vec<PathBuf> = entries(root)?.into_iter().filter(|path| path.is_dir()).collect();
        let mut folder = ImageFolder { classes: Vec::new(), files: Vec::new() };
        for (class, path) in folders.iter().enumerate() {
            let images: Vec<_> = entries(path)?.into_iter().filter(|path| is_image(path)).collect();
            found(path, "images, `.png` or `.jpg`", images.len())?;
            folder.files.extend(images.into_iter().map(|image| (image, class)));
            folder.classes.push(name(path).into_owned());
        }
        found(root, "a folder of images for each class", folders.len())?;
        Ok(folder)
    }

    /// The names of the classes, by their numbers. See [`ImageFolder`] for an example.
    #[must_use]
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// The files with their classes, in the order of the samples.
    ///
    /// ```
    /// # let root = std::env::temp_dir().join("nn-core-image-folder-files");
    /// # std::fs::create_dir_all(root.join("cat")).unwrap();
    /// # image::GrayImage::new(2, 2).save(root.join("cat/1.png")).unwrap();
    /// let folder = nn_core::data::ImageFolder::open(&root)?;
    /// assert_eq!(folder.files(), [(root.join("cat/1.png"), 0)]);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    #[must_use]
    pub fn files(&self) -> &[(PathBuf, usize)] {
        &self.files
    }

    /// Reads all images, as [`Tensor::from_image`] does.
    ///
    /// # Errors
    /// [`Error::Read`] with the number and the path of the first that cannot be read.
    ///
    /// See [`ImageFolder`] for an example.
    pub fn dataset<C: Dim, H: Dim, W: Dim, T: Scalar>(&self, fit: Fit) -> Result<Images<C, H, W, T>, Error> {
        self.lazy(fit).in_memory()
    }

    /// The images, to be read while a network is trained on them.
    ///
    /// ```
    /// # let root = std::env::temp_dir().join("nn-core-image-folder-lazy");
    /// # std::fs::create_dir_all(root.join("cat")).unwrap();
    /// # image::GrayImage::new(2, 2).save(root.join("cat/1.png")).unwrap();
    /// use nn_core::data::{Fit, ImageFolder, Lazy};
    /// use nn_core::prelude::*;
    ///
    /// network! {
    ///     struct Net { fc: Linear(16 => 2) }
    ///     fn forward(image: [1, 4, 4]) -> [2] { fc(image.flatten()) }
    ///     loss = cross_entropy;
    /// }
    ///
    /// let folder = ImageFolder::open(&root)?;
    /// Trainer::new(Adam::new(0.01)).quiet().fit(&mut Net::session(1), &folder.lazy(Fit::Stretch), None)?;
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    #[must_use]
    pub fn lazy<C: Dim, H: Dim, W: Dim, T: Scalar>(&self, fit: Fit) -> Lazy<'_, Tensor<(C, H, W), T>, usize> {
        Lazy::new(self.files.len(), move |number, tensor: &mut Tensor<(C, H, W), T>, class: &mut usize| {
            let (path, own) = &self.files[number];
            *class = *own;
            let unreadable = |problem: &dyn std::fmt::Display| failed(path, problem);
            let reader = ImageReader::open(path).and_then(ImageReader::with_guessed_format);
            let image =
                reader.map_err(|problem| unreadable(&problem))?.decode().map_err(|problem| unreadable(&problem))?;
            images::copy(tensor, &image, fit, &path.display().to_string())?;
            Ok(())
        })
    }
}

/// What is in a folder, sorted.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    let list = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    let mut paths = list().map_err(|problem| failed(folder, &problem))?;
    paths.retain(|path| !name(path).starts_with('.'));
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> std::borrow::Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

fn is_image(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) && path.is_file()
}

/// Refuses a folder in which nothing was found.
fn found(folder: &Path, expected: &str, count: usize) -> Result<(), DataError> {
    if count > 0 {
        return Ok(());
    }
    Err(DataError::Size { file: folder.display().to_string(), expected: expected.into(), found: "none".into() })
}

fn failed(path: &Path, problem: &dyn std::fmt::Display) -> DataError {
    DataError::File { file: path.display().to_string(), problem: problem.to_string() }
}
