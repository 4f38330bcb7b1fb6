//! Clipping of gradients.

use crate::tensors::Scalar;
use crate::tensors::loops::{Loop, Real, compile_here, run, sum};

/// Scales the gradient so that its Euclidean norm is at most `max_norm`, and returns the norm that it had (PyTorch's
/// `torch.nn.utils.clip_grad_norm_`).
///
/// The factor is `max_norm / (norm + 1e-6)`, and at most 1. The norm is summed in `f64`. Where it is NaN, the whole
/// gradient becomes NaN.
///
/// # Panics
/// If `max_norm` is not a number of 0 or more.
///
/// ```
/// use nn_core::optim::clip_norm;
/// let mut gradient = [3.0f32, 4.0];
/// assert_eq!(clip_norm(&mut gradient, 1.0), 5.0);
/// assert!((gradient[0] - 0.6).abs() < 1e-6);
/// assert!((clip_norm(&mut gradient, 10.0) - 1.0).abs() < 1e-6); // within bounds: left alone
/// ```
#[track_caller]
pub fn clip_norm<T: Scalar>(gradient: &mut [T], max_norm: f64) -> f64 {
    assert!(max_norm >= 0.0, "clip_norm: the norm must be a number of 0 or more, not {max_norm}");
    let norm = norm(gradient);
    let factor = max_norm / (norm + 1e-6);
    if factor < 1.0 || factor.is_nan() {
        run(&Scale(factor), [gradient], []);
    }
    norm
}

/// The Euclidean norm of all numbers of a slice, summed in `f64`.
///
/// ```
/// assert_eq!(nn_core::optim::norm(&[3.0f32, 4.0]), 5.0);
/// ```
#[must_use]
pub fn norm<T: Scalar>(numbers: &[T]) -> f64 {
    libm::sqrt(run(&SumOfSquares, [], [numbers]))
}

/// Clamps every element to `-value ≤ g ≤ value` (PyTorch's `torch.nn.utils.clip_grad_value_`). NaN stays NaN.
///
/// # Panics
/// If `value` is not a number of 0 or more.
///
/// ```
/// let mut gradient = [3.0f32, -0.5, -7.0];
/// nn_core::optim::clip_value(&mut gradient, 1.0);
/// assert_eq!(gradient, [1.0, -0.5, -1.0]);
/// ```
#[track_caller]
pub fn clip_value<T: Scalar>(gradient: &mut [T], value: f64) {
    assert!(value >= 0.0, "clip_value: the value must be a number of 0 or more, not {value}");
    run(&Clamp(value), [gradient], []);
}

struct SumOfSquares;

impl Loop<0, 1> for SumOfSquares {
    type Output = f64;
    #[inline(always)]
    fn run<T: Real>(&self, []: [&mut [T]; 0], [elements]: [&[T]; 1]) -> f64 {
        sum(elements, |x| x * x)
    }
}

struct Scale(f64);

impl Loop<1, 0> for Scale {
    type Output = ();
    #[inline(always)]
    fn run<T: Real>(&self, [elements]: [&mut [T]; 1], []: [&[T]; 0]) {
        let factor = T::from_f64(self.0);
        for element in elements {
            *element *= factor;
        }
    }
}

struct Clamp(f64);

impl Loop<1, 0> for Clamp {
    type Output = ();
    #[inline(always)]
    fn run<T: Real>(&self, [elements]: [&mut [T]; 1], []: [&[T]; 0]) {
        let (low, high) = (T::from_f64(-self.0), T::from_f64(self.0));
        for element in elements {
            // Both comparisons are false for NaN, and each is one instruction.
            let raised = if *element < low { low } else { *element };
            *element = if raised > high { high } else { raised };
        }
    }
}

compile_here!(SumOfSquares, 0, 1);
compile_here!(Scale, 1, 0);
compile_here!(Clamp, 1, 0);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::instruction_set::{InstructionSet, dispatch};
    use crate::tensors::loops::Work;

    #[test]
    fn the_norm_is_that_of_all_elements() {
        let gradient: [f32; 1000] = core::array::from_fn(|at| at as f32);
        let norm = clip_norm(&mut gradient.clone(), f64::INFINITY);
        assert!((norm - 332_833_500f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn the_bits_of_a_sum_do_not_depend_on_the_instruction_set() {
        let elements: [f32; 103] = core::array::from_fn(|at| 1.0 / (at as f32 + 0.3));
        let run = |instructions| dispatch(instructions, Work(&SumOfSquares, [], [&elements[..]])).to_bits();
        for instructions in InstructionSet::available() {
            assert_eq!(run(InstructionSet::baseline()), run(instructions));
        }
    }

    #[test]
    fn what_is_not_a_number_stays_so() {
        let mut gradient = [f64::NAN, 2.0];
        clip_value(&mut gradient, 1.0);
        assert!(gradient[0].is_nan() && gradient[1] == 1.0);
        assert!(clip_norm(&mut gradient, 1.0).is_nan());
        assert!(gradient[1].is_nan());
    }
}
