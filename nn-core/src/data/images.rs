//! Images as tensors.

use image::DynamicImage;
use image::imageops::FilterType;

use crate::error::{DataError, Error};
use crate::tensors::{Dim, Scalar, Tensor};

/// How an image of another size becomes a tensor (feature `image`).
///
/// ```
/// use image::DynamicImage;
/// use nn_core::data::Fit;
/// use nn_core::{Tensor, typenum::{U2, U3}};
/// let image = DynamicImage::new_rgb8(40, 30);
/// assert!(Tensor::<(U3, U2, U2)>::from_image(&image, Fit::Crop).is_ok());
/// assert!(Tensor::<(U3, U2, U2)>::from_image(&image, Fit::Exact).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It has the size of the tensor, or is an error.
    Exact,
    /// Its height and its width are scaled, each by a factor of its own.
    Stretch,
    /// It is scaled until it just covers the tensor, and what is too much is cut off at both sides.
    Crop,
}

impl<C: Dim, H: Dim, W: Dim, T: Scalar> Tensor<(C, H, W), T> {
    /// An image of the crate `image`, its channels in 0 ≤ x ≤ 1 (feature `image`). A tensor of one channel takes it in grey,
    /// one of three in red, green and blue; with another number of channels it does not compile. Transparency is left out.
    /// Scaling is linear, and takes the mean of pixels where an image becomes smaller.
    ///
    /// # Errors
    /// [`Error::Data`] if it has another size with [`Fit::Exact`], or no pixels.
    ///
    /// ```
    /// use image::{DynamicImage, Rgb, RgbImage};
    /// use nn_core::data::Fit;
    /// use nn_core::{Tensor, typenum::{U1, U2, U3}};
    /// let red = DynamicImage::from(RgbImage::from_pixel(8, 8, Rgb([255, 0, 51])));
    /// let tensor = Tensor::<(U3, U2, U2)>::from_image(&red, Fit::Stretch)?;
    /// assert_eq!(tensor.as_slice(), [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.2, 0.2, 0.2, 0.2]);
    ///
    /// let error = Tensor::<(U1, U2, U3)>::from_image(&red, Fit::Exact).unwrap_err();
    /// assert_eq!(error.to_string(), "the image: expected 3 × 2 pixels, found 8 × 8");
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn from_image(image: &DynamicImage, fit: Fit) -> Result<Self, Error> {
        let mut tensor = Self::zeros();
        copy(&mut tensor, image, fit, "the image")?;
        Ok(tensor)
    }
}

/// Sets a tensor in place. Errors name the file.
pub(super) fn copy<C: Dim, H: Dim, W: Dim, T: Scalar>(
    tensor: &mut Tensor<(C, H, W), T>,
    image: &DynamicImage,
    fit: Fit,
    file: &str,
) -> Result<(), DataError> {
    const { assert!(C::SIZE == 1 || C::SIZE == 3, "an image has one channel, which is grey, or three, red, green and blue") }
    let found = (image.width(), image.height());
    let wanted = u32::try_from(W::SIZE).ok().zip(u32::try_from(H::SIZE).ok());
    let fits = wanted == Some(found);
    let Some((width, height)) = wanted.filter(|_| fits || fit != Fit::Exact && found.0 > 0 && found.1 > 0) else {
        let expected = format!("{} × {} pixels", W::SIZE, H::SIZE);
        return Err(DataError::Size { file: file.into(), expected, found: format!("{} × {}", found.0, found.1) });
    };
    let scaled = match fit {
        _ if fits => None,
        Fit::Crop => Some(image.resize_to_fill(width, height, FilterType::Triangle)),
        Fit::Exact | Fit::Stretch => Some(image.resize_exact(width, height, FilterType::Triangle)),
    };
    let image = scaled.as_ref().unwrap_or(image);
    let pixels = if C::SIZE == 1 { image.to_luma32f().into_raw() } else { image.to_rgb32f().into_raw() };
    for (channel, plane) in tensor.as_mut_slice().chunks_mut(H::SIZE * W::SIZE).enumerate() {
        for (element, pixel) in plane.iter_mut().zip(pixels.chunks(C::SIZE)) {
            *element = T::from_f64(pixel[channel].into());
        }
    }
    Ok(())
}
