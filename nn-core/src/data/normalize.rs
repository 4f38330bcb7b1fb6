//! Standardisation: features with mean 0 and standard deviation 1.

use crate::error::Error;
use crate::tensors::loops::{Loop, Real, compile_here, run};
use crate::tensors::{Scalar, Shape, Tensor, plain};

use super::Dataset;

/// Subtracts a mean from each element and divides by a standard deviation, as torchvision's `transforms.Normalize` and
/// scikit-learn's `StandardScaler`.
///
/// Fit it to the training set, and apply it to both sets:
///
/// ```
/// use nn_core::data::{Dataset, Normalize};
/// use nn_core::{Tensor, typenum::U2};
/// let row = |a, b| (Tensor::<(U2,)>::from([a, b]), 0usize);
/// let mut train = Dataset::from_iter([row(1.0, 10.0), row(3.0, 30.0)]);
/// let normalize = Normalize::fit(&train)?;
/// normalize.apply(&mut train);
/// assert_eq!(train.inputs()[0].as_slice(), [-1.0, -1.0]);
/// assert_eq!(train.inputs()[1].as_slice(), [1.0, 1.0]);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Normalize<S: Shape, T: Scalar = f32> {
    mean: Box<Tensor<S, T>>,
    deviation: Box<Tensor<S, T>>,
}

impl<S: Shape, T: Scalar> Normalize<S, T> {
    /// The same mean and standard deviation for every element, such as 0.1307 and 0.3081 for MNIST.
    ///
    /// # Errors
    /// [`Error::Setting`] if the mean is not finite, or the deviation is not a finite number above 0.
    ///
    /// ```
    /// use nn_core::data::Normalize;
    /// use nn_core::{Tensor, typenum::U1};
    /// let normalize = Normalize::constant(0.5, 0.25)?;
    /// let mut pixel = Tensor::<(U1,)>::from([1.0]);
    /// normalize.apply_to(&mut pixel);
    /// assert_eq!(pixel[[0]], 2.0);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn constant(mean: f64, deviation: f64) -> Result<Self, Error> {
        if !mean.is_finite() {
            return Err(Error::Setting { setting: "mean", must: "be finite" });
        }
        if !(deviation > 0.0 && deviation.is_finite()) {
            return Err(Error::Setting { setting: "deviation", must: "be a finite number above 0" });
        }
        let mut normalize = Normalize { mean: Tensor::zeros_boxed(), deviation: Tensor::zeros_boxed() };
        normalize.mean.as_mut_slice().fill(T::from_f64(mean));
        normalize.deviation.as_mut_slice().fill(T::from_f64(deviation));
        Ok(normalize)
    }

    /// The mean and the standard deviation of each element over all samples, computed in `f64`. The variance is that of
    /// the samples: a sum that is divided by their number. A deviation of 0 becomes 1.
    ///
    /// # Errors
    /// [`Error::Empty`] if there is no sample.
    ///
    /// ```
    /// use nn_core::data::{Dataset, Normalize};
    /// use nn_core::{Tensor, typenum::U1};
    /// let nothing = Dataset::<Tensor<(U1,)>, usize>::from_iter([]);
    /// assert!(Normalize::fit(&nothing).is_err());
    /// ```
    #[allow(clippy::cast_precision_loss)] // samples are far fewer than 2^53
    pub fn fit<Y>(data: &Dataset<Tensor<S, T>, Y>) -> Result<Self, Error> {
        if data.is_empty() {
            return Err(Error::Empty { what: "mean and standard deviation" });
        }
        let share = 1.0 / data.len() as f64;
        let mut mean = plain::zeroed_slice::<f64>(S::LEN);
        let mut variance = plain::zeroed_slice::<f64>(S::LEN);
        for sample in data.inputs() {
            for (mean, x) in mean.iter_mut().zip(sample.as_slice()) {
                *mean += share * x.to_f64();
            }
        }
        for sample in data.inputs() {
            for ((variance, mean), x) in variance.iter_mut().zip(&mean).zip(sample.as_slice()) {
                let distance = x.to_f64() - mean;
                *variance += share * distance * distance;
            }
        }
        let mut normalize = Normalize { mean: Tensor::zeros_boxed(), deviation: Tensor::zeros_boxed() };
        for (element, mean) in normalize.mean.as_mut_slice().iter_mut().zip(mean) {
            *element = T::from_f64(mean);
        }
        for (element, variance) in normalize.deviation.as_mut_slice().iter_mut().zip(variance) {
            *element = T::from_f64(if variance == 0.0 { 1.0 } else { variance.sqrt() });
        }
        Ok(normalize)
    }

    /// Normalises every input of a set in place.
    ///
    /// ```
    /// use nn_core::data::{Dataset, Normalize};
    /// use nn_core::{Tensor, typenum::U1};
    /// let mut data = Dataset::from_iter([(Tensor::<(U1,)>::from([3.0]), 0usize)]);
    /// Normalize::constant(1.0, 2.0)?.apply(&mut data);
    /// assert_eq!(data.inputs()[0][[0]], 1.0);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn apply<Y>(&self, data: &mut Dataset<Tensor<S, T>, Y>) {
        for sample in data.inputs_mut() {
            self.apply_to(sample);
        }
    }

    /// Normalises one sample in place, as for a prediction.
    ///
    /// ```
    /// use nn_core::data::Normalize;
    /// use nn_core::{Tensor, typenum::U2};
    /// let mut sample = Tensor::<(U2,)>::from([3.0, 5.0]);
    /// Normalize::constant(1.0, 2.0)?.apply_to(&mut sample);
    /// assert_eq!(sample.as_slice(), [1.0, 2.0]);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn apply_to(&self, sample: &mut Tensor<S, T>) {
        run(&Standardise, [sample.as_mut_slice()], [self.mean.as_slice(), self.deviation.as_slice()]);
    }

    /// The mean of each element.
    ///
    /// ```
    /// use nn_core::{data::Normalize, typenum::U2};
    /// let normalize = Normalize::<(U2,)>::constant(0.5, 2.0)?;
    /// assert_eq!(normalize.mean().as_slice(), [0.5, 0.5]);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> &Tensor<S, T> {
        &self.mean
    }

    /// The standard deviation of each element.
    ///
    /// ```
    /// use nn_core::{data::Normalize, typenum::U2};
    /// let normalize = Normalize::<(U2,)>::constant(0.5, 2.0)?;
    /// assert_eq!(normalize.deviation().as_slice(), [2.0, 2.0]);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    #[must_use]
    pub fn deviation(&self) -> &Tensor<S, T> {
        &self.deviation
    }
}

struct Standardise;

impl Loop<1, 2> for Standardise {
    type Output = ();
    #[inline(always)]
    fn run<T: Real>(&self, [sample]: [&mut [T]; 1], [mean, deviation]: [&[T]; 2]) {
        for ((x, mean), deviation) in sample.iter_mut().zip(mean).zip(deviation) {
            *x = (*x - *mean) / *deviation;
        }
    }
}

compile_here!(Standardise, 1, 2);
