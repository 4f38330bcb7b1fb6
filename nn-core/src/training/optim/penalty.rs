//! Penalties on large parameters.

use crate::tensors::Scalar;
use crate::tensors::loops::{Loop, Real, compile_here, run, sum};

/// Adds the gradient of the penalty `lambda * Σ|w|`, which is `lambda * sign(w)` (0 at `w = 0`), and returns the
/// penalty, summed in `f64`.
///
/// # Panics
/// If `lambda` is negative or not a number, or the slices have different lengths.
///
/// ```
/// let mut gradient = [0.0f32; 3];
/// let penalty = nn_core::optim::l1_penalty(&[2.0, -1.0, 0.0], &mut gradient, 0.5);
/// assert_eq!((penalty, gradient), (1.5, [0.5, -0.5, 0.0]));
/// ```
#[track_caller]
pub fn l1_penalty<T: Scalar>(params: &[T], gradient: &mut [T], lambda: f64) -> f64 {
    check(params, gradient, lambda);
    lambda * run(&L1(lambda), [gradient], [params])
}

/// Adds the gradient of the penalty `lambda / 2 * Σw²`, which is `lambda * w`, and returns the penalty, summed in
/// `f64`. With [`Sgd`](crate::optim::Sgd) it has the effect of a weight decay of `lambda`.
///
/// # Panics
/// If `lambda` is negative or not a number, or the slices have different lengths.
///
/// ```
/// let mut gradient = [1.0f32; 2];
/// let penalty = nn_core::optim::l2_penalty(&[2.0, -4.0], &mut gradient, 0.5);
/// assert_eq!((penalty, gradient), (5.0, [2.0, -1.0]));
/// ```
#[track_caller]
pub fn l2_penalty<T: Scalar>(params: &[T], gradient: &mut [T], lambda: f64) -> f64 {
    check(params, gradient, lambda);
    0.5 * lambda * run(&L2(lambda), [gradient], [params])
}

#[track_caller]
fn check<T>(params: &[T], gradient: &[T], lambda: f64) {
    assert!(lambda >= 0.0, "the factor of a penalty must be a number of 0 or more, not {lambda}");
    assert!(
        params.len() == gradient.len(),
        "a penalty on {} parameters needs a gradient as long, not of {}",
        params.len(),
        gradient.len()
    );
}

struct L1(f64);

impl Loop<1, 1> for L1 {
    type Output = f64;
    #[inline(always)]
    fn run<T: Real>(&self, [gradient]: [&mut [T]; 1], [params]: [&[T]; 1]) -> f64 {
        let lambda = T::from_f64(self.0);
        for (g, w) in gradient.iter_mut().zip(params) {
            let up = if *w > T::ZERO { lambda } else { T::ZERO };
            let down = if *w < T::ZERO { lambda } else { T::ZERO };
            *g += up - down;
        }
        sum(params, Scalar::abs)
    }
}

struct L2(f64);

impl Loop<1, 1> for L2 {
    type Output = f64;
    #[inline(always)]
    fn run<T: Real>(&self, [gradient]: [&mut [T]; 1], [params]: [&[T]; 1]) -> f64 {
        let lambda = T::from_f64(self.0);
        for (g, w) in gradient.iter_mut().zip(params) {
            *g += lambda * *w;
        }
        sum(params, |w| w * w)
    }
}

compile_here!(L1, 1, 1);
compile_here!(L2, 1, 1);
