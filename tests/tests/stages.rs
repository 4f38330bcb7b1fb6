//! A network so long that its functions are cut into stages, and that has more fields than rustc follows in a list.

use nn_core::prelude::*;
use nn_core::{Plain, Tensor, Train};

network! {
    /// Forty layers, two of them in each residual block.
    struct Long {
        l0: Linear(2 => 3),
        l1: Linear(3 => 2),
        l2: Linear(2 => 3),
        l3: Linear(3 => 2),
        l4: Linear(2 => 3),
        l5: Linear(3 => 2),
        l6: Linear(2 => 3),
        l7: Linear(3 => 2),
        l8: Linear(2 => 3),
        l9: Linear(3 => 2),
        l10: Linear(2 => 3),
        l11: Linear(3 => 2),
        l12: Linear(2 => 3),
        l13: Linear(3 => 2),
        l14: Linear(2 => 3),
        l15: Linear(3 => 2),
        l16: Linear(2 => 3),
        l17: Linear(3 => 2),
        l18: Linear(2 => 3),
        l19: Linear(3 => 2),
        l20: Linear(2 => 3),
        l21: Linear(3 => 2),
        l22: Linear(2 => 3),
        l23: Linear(3 => 2),
        l24: Linear(2 => 3),
        l25: Linear(3 => 2),
        l26: Linear(2 => 3),
        l27: Linear(3 => 2),
        l28: Linear(2 => 3),
        l29: Linear(3 => 2),
        l30: Linear(2 => 3),
        l31: Linear(3 => 2),
        l32: Linear(2 => 3),
        l33: Linear(3 => 2),
        l34: Linear(2 => 3),
        l35: Linear(3 => 2),
        l36: Linear(2 => 3),
        l37: Linear(3 => 2),
        l38: Linear(2 => 3),
        l39: Linear(3 => 2),
    }
    fn forward(x: [2]) -> [2] {
        let x = x + l1(l0(x).tanh());
        let x = x + l3(l2(x).tanh());
        let x = x + l5(l4(x).tanh());
        let x = x + l7(l6(x).tanh());
        let x = x + l9(l8(x).tanh());
        let x = x + l11(l10(x).tanh());
        let x = x + l13(l12(x).tanh());
        let x = x + l15(l14(x).tanh());
        let x = x + l17(l16(x).tanh());
        let x = x + l19(l18(x).tanh());
        let x = x + l21(l20(x).tanh());
        let x = x + l23(l22(x).tanh());
        let x = x + l25(l24(x).tanh());
        let x = x + l27(l26(x).tanh());
        let x = x + l29(l28(x).tanh());
        let x = x + l31(l30(x).tanh());
        let x = x + l33(l32(x).tanh());
        let x = x + l35(l34(x).tanh());
        let x = x + l37(l36(x).tanh());
        let x = x + l39(l38(x).tanh());
        x
    }
    loss = mse;
}

type Samples = [Tensor<(nn_core::typenum::U2,), f64>; 3];

fn samples() -> (Samples, Samples) {
    let inputs = [[0.3, -0.2], [0.1, 0.7], [-0.4, 0.5]].map(Tensor::from);
    let targets = [[0.5, 0.1], [-0.3, 0.2], [0.8, -0.6]].map(Tensor::from);
    (inputs, targets)
}

/// The loss and the gradients by parameters and inputs, in a workspace that holds no number before.
fn derived(network: &Long<f64>) -> (f64, Vec<f64>, Vec<f64>) {
    let (inputs, targets) = samples();
    let mut workspace = nn_core::train_workspace::<Long<f64>>();
    workspace.iter_mut().for_each(|scratch| scratch.flat_mut().fill(f64::NAN));
    let mut by_params = nn_core::zero_gradient::<Long<f64>>();
    let mut by_inputs = inputs.each_ref().map(|_| Tensor::zeros());
    let (all, each) = (Some(&mut *by_params), Some(&mut by_inputs[..]));
    let loss = network.gradients(&inputs, &targets, Draw::new(0, 0), &mut workspace, all, each).unwrap();
    (loss, by_params.flat().to_vec(), Tensor::flatten(&by_inputs).to_vec())
}

#[test]
fn the_gradient_of_a_long_network_is_its_slope() {
    const STEP: f64 = 1e-6;
    let mut network = Long::<f64>::init_as(5);
    let (loss, gradient, _) = derived(&network);
    let (inputs, targets) = samples();
    let mut workspace = nn_core::train_workspace::<Long<f64>>();
    assert_eq!(network.loss(&inputs, &targets, &mut workspace).unwrap().to_bits(), loss.to_bits());
    for (at, derived) in gradient.iter().enumerate() {
        let mut beside = |step: f64| {
            network.flat_params_mut()[at] += step;
            let loss = network.loss(&inputs, &targets, &mut workspace).unwrap();
            network.flat_params_mut()[at] -= step;
            loss
        };
        let slope = (beside(STEP) - beside(-STEP)) / (2.0 * STEP);
        assert!((slope - derived).abs() < 1e-7 * slope.abs().max(1.0), "parameter {at}: {slope} and {derived}");
    }
}

#[test]
fn each_gradient_is_the_same_without_the_other() {
    let network = Long::<f64>::init_as(5);
    let (loss, by_params, by_inputs) = derived(&network);
    let (inputs, targets) = samples();
    let mut workspace = nn_core::train_workspace::<Long<f64>>();
    let (mut own_params, mut own_inputs) =
        (nn_core::zero_gradient::<Long<f64>>(), inputs.each_ref().map(|_| Tensor::zeros()));
    let draw = Draw::new(0, 0);
    let first = network.gradients(&inputs, &targets, draw, &mut workspace, Some(&mut own_params), None).unwrap();
    let second = network.input_gradient(&inputs, &targets, draw, &mut workspace, &mut own_inputs).unwrap();
    assert_eq!((first, second), (loss, loss));
    assert_eq!(own_params.flat(), by_params);
    assert_eq!(Tensor::flatten(&own_inputs), by_inputs);
}
