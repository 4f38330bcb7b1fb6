//! Random elements for the tensors that a program is given.

use nn_compiler::equation::{Program, Role};
use nn_compiler::symbolic::TensorId;

/// The number of samples.
pub const SAMPLES: i64 = 3;

/// A tensor and its elements.
pub type Given = (TensorId, Vec<f64>);

/// Random elements for all that is given: what stays as it is, and the variables.
pub fn given(
    program: &Program,
    symbols: &dyn Fn(&str) -> Option<i64>,
    random: &mut Random,
) -> (Vec<Given>, Vec<Given>) {
    let (mut fixed, mut variables) = (Vec::new(), Vec::new());
    for (at, tensor) in program.tensors.iter().enumerate().filter(|(_, tensor)| tensor.view_of.is_none()) {
        let len: i64 = tensor.shape.iter().map(|size| size.evaluate(SAMPLES, symbols).unwrap()).product();
        let numbers: Vec<f64> = (0..len).map(|_| random.number()).collect();
        let classes = tensor.bound.as_ref().and_then(|bound| bound.evaluate(SAMPLES, symbols));
        #[allow(clippy::cast_precision_loss)] // classes are small
        let elements = classes.map(|most| (0..len).map(|at| ((at * 7 + 1) % most) as f64).collect()).unwrap_or(numbers);
        let given = (TensorId::new(at), elements);
        match tensor.role {
            Role::Parameter(_) => variables.push(given),
            Role::Input(_) if classes.is_none() => variables.push(given),
            Role::Input(_) | Role::Target(_) | Role::Frozen(_) | Role::State(_) => fixed.push(given),
            _ => {}
        }
    }
    (fixed, variables)
}

/// Numbers between -1 and 1.
pub struct Random(pub u64);

impl Random {
    #[allow(clippy::cast_precision_loss)] // 31 bits
    pub fn number(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1_u32 << 30) - 1.0
    }
}
