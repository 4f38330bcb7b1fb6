//! Random changes of images.

use crate::random::Draw;
use crate::tensors::loops::run;
use crate::tensors::{Dim, Scalar, Tensor};

use super::resample::{Noise, Resample};

/// An input that can be augmented: a tensor of shape `[C, H, W]`. Implement it for an input of several tensors of which
/// one is an image.
///
/// ```
/// use nn_core::data::Image;
/// use nn_core::{Tensor, typenum::{U1, U28}};
/// assert_eq!(Tensor::<(U1, U28, U28)>::SIZES, [1, 28, 28]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an image, and cannot be augmented",
    label = "augmentation is for networks whose input has the shape `[C, H, W]`",
    note = "implement `nn_core::data::Image` for an input of several tensors one of which is an image"
)]
pub trait Image: Clone {
    /// The type of the pixels.
    type Scalar: Scalar;
    /// Channels, height and width.
    const SIZES: [usize; 3];
    /// The pixels, channel by channel and row by row.
    fn pixels(&self) -> &[Self::Scalar];
    /// The pixels, mutable.
    fn pixels_mut(&mut self) -> &mut [Self::Scalar];
}

impl<C: Dim, H: Dim, W: Dim, T: Scalar> Image for Tensor<(C, H, W), T> {
    type Scalar = T;
    const SIZES: [usize; 3] = [C::SIZE, H::SIZE, W::SIZE];
    fn pixels(&self) -> &[T] {
        self.as_slice()
    }
    fn pixels_mut(&mut self) -> &mut [T] {
        self.as_mut_slice()
    }
}

/// Random changes of images, the same for all channels. [`Trainer::augment`](crate::train::Trainer::augment) applies
/// them to the samples that it trains on.
///
/// An image is flipped, rotated about its centre, scaled and shifted, in this order but in one step with bilinear
/// interpolation. Then noise is added. The changes depend on seed, epoch and sample alone.
///
/// ```
/// use nn_core::data::Augment;
/// use nn_core::{Tensor, typenum::{U1, U4}};
/// let augment = Augment::new().shift(1).rotate(10.0).scale(0.9, 1.1).flip_horizontal(0.5).noise(0.01);
/// let image = Tensor::<(U1, U4, U4)>::filled(1.0);
/// let (mut a, mut b) = (Tensor::zeros(), Tensor::zeros());
/// augment.apply(&image, &mut a, 42, 1, 7); // seed 42, epoch 1, sample 7
/// augment.apply(&image, &mut b, 42, 1, 7);
/// assert_eq!(a, b);
/// augment.apply(&image, &mut b, 42, 2, 7);
/// assert_ne!(a, b);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[must_use]
pub struct Augment {
    shift: usize,
    degrees: f64,
    scale: (f64, f64),
    flips: [f64; 2],
    deviation: f64,
    fill: Option<f64>,
}

impl Default for Augment {
    fn default() -> Self {
        Self::new()
    }
}

impl Augment {
    /// No change.
    ///
    /// ```
    /// assert_eq!(nn_core::data::Augment::new(), Default::default());
    /// ```
    pub const fn new() -> Self {
        Augment { shift: 0, degrees: 0.0, scale: (1.0, 1.0), flips: [0.0; 2], deviation: 0.0, fill: Some(0.0) }
    }

    /// Shifts by a whole number of pixels, at most `pixels` to the left or right, and up or down.
    ///
    /// ```
    /// let augment = nn_core::data::Augment::new().shift(2);
    /// ```
    pub const fn shift(mut self, pixels: usize) -> Self {
        self.shift = pixels;
        self
    }

    /// Rotates by an angle of at most `degrees`, either way.
    ///
    /// # Panics
    /// If `degrees` is not a finite number of 0 or more.
    ///
    /// ```
    /// let augment = nn_core::data::Augment::new().rotate(10.0);
    /// ```
    #[track_caller]
    pub const fn rotate(mut self, degrees: f64) -> Self {
        assert!(degrees >= 0.0 && degrees.is_finite(), "Augment: the angle must be a finite number of 0 or more");
        self.degrees = degrees;
        self
    }

    /// Scales by a factor in low..high; a factor above 1 enlarges.
    ///
    /// # Panics
    /// If not 0.01 ≤ low ≤ high ≤ 100.
    ///
    /// ```
    /// let augment = nn_core::data::Augment::new().scale(0.9, 1.1);
    /// ```
    #[track_caller]
    pub const fn scale(mut self, low: f64, high: f64) -> Self {
        assert!(0.01 <= low && low <= high && high <= 100.0, "Augment: the scale must be 0.01 ≤ low ≤ high ≤ 100");
        self.scale = (low, high);
        self
    }

    /// Swaps left and right with a probability.
    ///
    /// # Panics
    /// If `probability` is not in 0 ≤ probability ≤ 1.
    ///
    /// ```
    /// let augment = nn_core::data::Augment::new().flip_horizontal(0.5);
    /// ```
    #[track_caller]
    pub const fn flip_horizontal(mut self, probability: f64) -> Self {
        check_probability(probability);
        self.flips[0] = probability;
        self
    }

    /// Swaps top and bottom with a probability.
    ///
    /// # Panics
    /// If `probability` is not in 0 ≤ probability ≤ 1.
    ///
    /// ```
    /// let augment = nn_core::data::Augment::new().flip_vertical(0.5);
    /// ```
    #[track_caller]
    pub const fn flip_vertical(mut self, probability: f64) -> Self {
        check_probability(probability);
        self.flips[1] = probability;
        self
    }

    /// Adds normally distributed noise with this standard deviation to each pixel.
    ///
    /// # Panics
    /// If `deviation` is not a finite number of 0 or more.
    ///
    /// ```
    /// let augment = nn_core::data::Augment::new().noise(0.05);
    /// ```
    #[track_caller]
    pub const fn noise(mut self, deviation: f64) -> Self {
        assert!(deviation >= 0.0 && deviation.is_finite(), "Augment: the noise must be a finite number of 0 or more");
        self.deviation = deviation;
        self
    }

    /// The value of pixels outside of the image; 0 by default. In standardised images 0 is the mean, not the
    /// background.
    ///
    /// ```
    /// let augment = nn_core::data::Augment::new().shift(2).fill(-0.4242); // black, as MNIST is standardised
    /// ```
    pub const fn fill(mut self, value: f64) -> Self {
        self.fill = Some(value);
        self
    }

    /// Pixels outside of the image are the nearest ones inside.
    ///
    /// ```
    /// let augment = nn_core::data::Augment::new().shift(2).replicate();
    /// ```
    pub const fn replicate(mut self) -> Self {
        self.fill = None;
        self
    }

    /// Writes the image that a training with this seed sees of a sample in an epoch to `target`. It allocates nothing.
    ///
    /// ```
    /// use nn_core::data::Augment;
    /// use nn_core::{Tensor, typenum::{U1, U2}};
    /// let image = Tensor::<(U1, U2, U2)>::from([[[1.0, 2.0], [3.0, 4.0]]]);
    /// let mut flipped = Tensor::zeros();
    /// Augment::new().flip_horizontal(1.0).apply(&image, &mut flipped, 0, 0, 0);
    /// assert_eq!(flipped.as_slice(), [2.0, 1.0, 4.0, 3.0]);
    /// ```
    pub fn apply<I: Image>(&self, source: &I, target: &mut I, seed: u64, epoch: usize, sample: usize) {
        // Other numbers than those that dropout draws.
        let draw = Draw::new(seed ^ 0x5d9f_3b1c_a6e4_7082, epoch as u64);
        run(&self.resample(draw, sample, I::SIZES), [target.pixels_mut()], [source.pixels()]);
        if self.deviation > 0.0 {
            run(&Noise { draw, sample, deviation: self.deviation }, [target.pixels_mut()], []);
        }
    }

    /// The changes for one sample.
    #[allow(clippy::cast_precision_loss)] // pixels are few
    fn resample(&self, draw: Draw, sample: usize, sizes: [usize; 3]) -> Resample {
        let uniform = |number| draw.uniform::<f64>(0, sample, number);
        let between = |number, low: f64, high: f64| low + (high - low) * uniform(number);
        let shift = |number| libm::floor(uniform(number) * (2 * self.shift + 1) as f64) - self.shift as f64;
        let mirror = |number, probability| if uniform(number) < probability { -1.0 } else { 1.0 };
        let angle = between(2, -self.degrees, self.degrees).to_radians();
        let scale = between(3, self.scale.0, self.scale.1);
        let (sin, cos) = if self.degrees == 0.0 { (0.0, 1.0) } else { (libm::sin(angle), libm::cos(angle)) };
        let [flip_x, flip_y] = [mirror(4, self.flips[0]), mirror(5, self.flips[1])];
        Resample {
            sizes,
            shift: [shift(0), shift(1)],
            matrix: [[flip_x * cos / scale, flip_x * sin / scale], [-flip_y * sin / scale, flip_y * cos / scale]],
            fill: self.fill,
        }
    }
}

#[track_caller]
const fn check_probability(probability: f64) {
    assert!(probability >= 0.0 && probability <= 1.0, "Augment: a probability must be in 0 ≤ probability ≤ 1");
}
