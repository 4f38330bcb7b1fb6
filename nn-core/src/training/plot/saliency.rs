//! Pictures of what a network looks at.

use plotters::prelude::*;

use super::{Drawing, Drawn, VALIDATION, picture};
use crate::data::Image;
use crate::tensors::Scalar;

/// About the width of one of the two pictures.
const WIDTH: usize = 280;
const MARGIN: i32 = 12;

/// An image, and beside it how much each of its pixels matters for a score, as an SVG: the magnitude of the gradient by the
/// pixel, the greatest of all channels (K. Simonyan, A. Vedaldi, A. Zisserman, "Deep Inside Convolutional Networks", 2013).
/// White is 0, and the strongest colour is the greatest magnitude.
///
/// An image of three channels is shown in colours, from red to blue, and others in grey; its least number is black and its
/// greatest one white.
///
/// The gradient of a score is given by [`vjp`](crate::Derivatives::vjp), with 1 for the class and 0 for the others.
///
/// ```
/// use nn_core::derivatives::{Vjp, derivative_workspace};
/// use nn_core::prelude::*;
///
/// network! {
///     #[derivatives(vjp)]
///     struct Net { conv: Conv2d(1 => 4, kernel = 3), fc: Linear(16 => 10) }
///     fn forward(image: [1, 4, 4]) -> [10] { fc(conv(image).relu().flatten()) }
/// }
///
/// let (network, image) = (Net::init(1), [Tensor::filled(0.5)]);
/// let (mut class, mut gradient) = ([Tensor::zeros()], [Tensor::zeros()]);
/// class[0][3] = 1.0;
/// network.vjp(&image, &class, &mut derivative_workspace::<Net, Vjp>(1), None, Some(&mut gradient))?;
/// let svg = nn_core::plot::saliency(&image[0], &gradient[0]);
/// assert!(svg.starts_with("<svg"));
/// # Ok::<(), Error>(())
/// ```
#[must_use]
pub fn saliency<I: Image>(image: &I, gradient: &I) -> String {
    let [channels, height, width] = I::SIZES;
    let side = (WIDTH / width.max(1)).max(1);
    let pixels = Pixels { width, side: to_i32(side) };
    let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let margin = MARGIN.unsigned_abs();
    let whole = (size(2 * width * side) + 3 * margin, size(height * side) + 2 * margin);
    let (shown, strengths) = (colours(image.pixels(), channels), strengths(gradient.pixels(), channels));
    picture(whole, |area| {
        pixels.draw(area, MARGIN, &shown)?;
        pixels.draw(area, 2 * MARGIN + to_i32(width * side), &strengths)
    })
}

fn to_i32(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A picture of squares.
struct Pixels {
    width: usize,
    side: i32,
}

impl Pixels {
    fn draw(&self, area: &Drawing<'_>, left: i32, colours: &[RGBColor]) -> Drawn {
        let side = self.side;
        for (at, colour) in colours.iter().enumerate() {
            let (x, y) = (left + to_i32(at % self.width) * side, MARGIN + to_i32(at / self.width) * side);
            area.draw(&Rectangle::new([(x, y), (x + side, y + side)], colour.filled()))?;
        }
        Ok(())
    }
}

/// The colour of each pixel of an image.
fn colours<T: Scalar>(image: &[T], channels: usize) -> Vec<RGBColor> {
    let numbers: Vec<f64> = image.iter().map(|number| number.to_f64()).collect();
    let finite = || numbers.iter().copied().filter(|number| number.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let level = |number: f64| byte(if high > low { (number - low) / (high - low) } else { 0.5 });
    let count = numbers.len() / channels.max(1);
    let channel = |at: usize, channel: usize| numbers[channel * count + at];
    let colour = |at: usize| {
        if channels == 3 {
            RGBColor(level(channel(at, 0)), level(channel(at, 1)), level(channel(at, 2)))
        } else {
            #[allow(clippy::cast_precision_loss)] // channels are few
            let mean = (0..channels).map(|c| channel(at, c)).sum::<f64>() / channels as f64;
            RGBColor(level(mean), level(mean), level(mean))
        }
    };
    (0..count).map(colour).collect()
}

/// White where a gradient is 0, and a colour where it is great.
fn strengths<T: Scalar>(gradient: &[T], channels: usize) -> Vec<RGBColor> {
    let count = gradient.len() / channels.max(1);
    let magnitude = |number: T| Some(number.to_f64().abs()).filter(|number| number.is_finite()).unwrap_or(0.0);
    let greatest = |at: usize| (0..channels).map(|c| magnitude(gradient[c * count + at])).fold(0.0, f64::max);
    let all: Vec<f64> = (0..count).map(greatest).collect();
    let most = all.iter().copied().fold(0.0, f64::max);
    let colour = |strength: &f64| {
        let part = if most > 0.0 { strength / most } else { 0.0 };
        let mix = |to: u8| byte(1.0 - part * (1.0 - f64::from(to) / 255.0));
        RGBColor(mix(VALIDATION.0), mix(VALIDATION.1), mix(VALIDATION.2))
    };
    all.iter().map(colour).collect()
}

/// From 0 to 1 as a byte; what is no number is 0.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` stays within the range
fn byte(part: f64) -> u8 {
    (255.0 * part).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensors::Tensor;
    use typenum::{U1, U2, U3, U400};

    #[test]
    fn pixels_and_magnitudes_have_colours() {
        let grey = colours(&[0.0f32, 1.0, 0.5, f32::NAN], 1);
        let expected = [0, 255, 128, 0].map(|level| RGBColor(level, level, level));
        assert_eq!(grey, expected);
        assert_eq!(colours(&[1.0f32, 0.0, 0.0, 0.0, 0.0, 1.0], 3), [RGBColor(255, 0, 0), RGBColor(0, 0, 255)]);
        // the greatest of two channels
        assert_eq!(strengths(&[0.0f64, 0.5, -2.0, 0.0], 2), [VALIDATION, RGBColor(245, 215, 191)]);
        assert_eq!(strengths(&[0.0f64, f64::NAN], 1), [RGBColor(255, 255, 255); 2]);
    }

    #[test]
    fn any_image_can_be_drawn() {
        let small = Tensor::<(U3, U1, U2)>::filled(0.0);
        let wide = Tensor::<(U1, U2, U400)>::from_fn(|at| at as f32);
        for (svg, pixels) in [(saliency(&small, &small), 2), (saliency(&wide, &wide), 800)] {
            assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
            // with the background
            assert_eq!(svg.matches("<rect").count(), 2 * pixels + 1);
        }
    }
}
