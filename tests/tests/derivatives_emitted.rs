//! The code that is emitted for derivatives: against finite differences, against each other, and in tiles of any size.

use nn_core::Plain;
use nn_core::derivatives::{CompiledDerivative, Hvp, Jvp, Pullback, Vjp, derivative_workspace};
use nn_core::prelude::*;
use tests::differences;
use tests::numbers::Random;

const DRAW: Draw = Draw::new(7, 3);

/// Five samples, so that tiles of two have a rest.
const SAMPLES: usize = 5;

/// How far a derivative may be off finite differences.
const DIFFERENCE: f64 = 1e-8;

/// How far sums of products may be off that are equal but for their rounding.
const IDENTITY: f64 = 1e-12;

fn random<P: Plain<Element = f64>>(random: &mut Random) -> P {
    let mut one = P::zeroed();
    one.flat_mut().iter_mut().for_each(|number| *number = random.uniform(-1.0, 1.0));
    one
}

fn many<P: Plain<Element = f64>>(from: &mut Random) -> Vec<P> {
    (0..SAMPLES).map(|_| random(from)).collect()
}

fn zeros<P: Plain<Element = f64>>() -> Vec<P> {
    (0..SAMPLES).map(|_| P::zeroed()).collect()
}

fn flat<P: Plain<Element = f64>>(all: &[P]) -> Vec<f64> {
    all.iter().flat_map(|one| one.flat().to_vec()).collect()
}

fn dot<P: Plain<Element = f64>, Q: Plain<Element = f64>>(a: &[P], b: &[Q]) -> f64 {
    flat(a).iter().zip(flat(b)).map(|(a, b)| a * b).sum()
}

fn moved<P: Plain<Element = f64>>(of: &[P], along: &[P], step: f64) -> Vec<P> {
    let one = |(of, along): (&P, &P)| {
        let mut moved = P::zeroed();
        let numbers = of.flat().iter().zip(along.flat());
        moved.flat_mut().iter_mut().zip(numbers).for_each(|(moved, (of, along))| *moved = of + step * along);
        moved
    };
    of.iter().zip(along).map(one).collect()
}

#[track_caller]
fn equal(found: f64, expected: f64) {
    assert!((found - expected).abs() <= IDENTITY * expected.abs().max(1.0), "{found} and {expected}");
}

#[track_caller]
fn is_slope(derivative: f64, function: impl Fn(f64) -> f64) {
    let noise = 16.0 * f64::EPSILON * function(0.0).abs().max(1.0);
    let numeric = differences::derivative(noise, derivative.abs().max(1.0), function).value;
    assert!((numeric - derivative).abs() <= DIFFERENCE * derivative.abs().max(1.0), "{derivative} and {numeric}");
}

/// What `run` computes in workspaces of several sizes, which must have the same bits.
#[track_caller]
fn in_tiles(sizes: &[usize], run: impl Fn(usize) -> Vec<f64>) -> Vec<f64> {
    let bits = |size: &usize| run(*size).iter().map(|number| number.to_bits()).collect::<Vec<u64>>();
    let all: Vec<Vec<u64>> = sizes.iter().map(bits).collect();
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "the bits depend on the tiles");
    run(sizes[0])
}

/// `dy = J dx` and the gradients of weighted outputs, in prediction.
#[track_caller]
fn check_outputs<N>()
where
    N: Network<Scalar = f64>
        + CompiledDerivative<Jvp, Along = <N as Compiled>::Input>
        + CompiledDerivative<Vjp, Along = <N as Compiled>::Output, InputGradient = <N as Compiled>::Input>,
    N::Input: Plain<Element = f64>,
{
    let (network, mut from) = (N::init_as(3), Random::new(5));
    let (x, dx, w) = (many::<N::Input>(&mut from), many::<N::Input>(&mut from), many::<N::Output>(&mut from));
    let forward = |step: f64| {
        let mut y = zeros::<N::Output>();
        network.forward_batch(&moved(&x, &dx, step), &mut [nn_core::zeroed()], &mut y).unwrap();
        dot(&w, &y)
    };
    let along = in_tiles(&[1, 2, 16], |tile| {
        let (mut y, mut dy) = (zeros(), zeros::<N::Output>());
        network.jvp(&x, &dx, &mut derivative_workspace::<N, Jvp>(tile), &mut y, &mut dy).unwrap();
        equal(dot(&w, &y), forward(0.0));
        vec![dot(&w, &dy)]
    })[0];
    let by_inputs = in_tiles(&[1, 2, 16], |tile| {
        let (mut by_x, mut gradient) = (zeros::<N::Input>(), nn_core::zeroed::<[N::Params; 1]>());
        let mut workspace = derivative_workspace::<N, Vjp>(tile);
        network.vjp(&x, &w, &mut workspace, Some(&mut gradient[0]), Some(&mut by_x)).unwrap();
        [vec![dot(&by_x, &dx)], flat(&gradient)].concat()
    })[0];
    equal(along, by_inputs);
    is_slope(along, forward);
}

/// The gradients of weighted outputs as in training.
#[track_caller]
fn check_pullback<N>(tiles: &[usize])
where
    N: Network<Scalar = f64> + CompiledDerivative<Pullback, Along = <N as Compiled>::Output>,
    N::Input: Plain<Element = f64>,
{
    let (network, mut from) = (N::init_as(3), Random::new(5));
    let (x, w) = (many::<N::Input>(&mut from), many::<N::Output>(&mut from));
    let direction = random::<N::Params>(&mut from);
    let before = network.params().flat().to_vec();
    let forward = |step: f64| {
        let (mut network, mut y) = (network.to_box(), zeros::<N::Output>());
        let numbers = before.iter().zip(direction.flat());
        let params = network.params_mut().flat_mut().iter_mut();
        params.zip(numbers).for_each(|(param, (before, along))| *param = before + step * along);
        network.forward_in_training(&x, DRAW, &mut derivative_workspace::<N, Pullback>(tiles[0]), &mut y).unwrap();
        dot(&w, &y)
    };
    let gradient = in_tiles(tiles, |tile| {
        let mut gradient = nn_core::zeroed::<[N::Params; 1]>();
        let mut workspace = derivative_workspace::<N, Pullback>(tile);
        network.pullback(&x, &w, DRAW, &mut workspace, Some(&mut gradient[0]), None).unwrap();
        flat(&gradient)
    });
    is_slope(gradient.iter().zip(direction.flat()).map(|(a, b)| a * b).sum(), forward);
}

/// Products with the Hessian of the loss.
#[track_caller]
fn check_hessian<N>(tiles: &[usize])
where
    N: DerivedByInputs + Compiled<Scalar = f64> + CompiledDerivative<Hvp, Along = <N as CompiledLoss>::Target>,
    N::Input: Plain<Element = f64>,
    <N as CompiledLoss>::Target: Plain<Element = f64>,
{
    let (network, mut from) = (N::init_as(3), Random::new(5));
    let (x, t) = (many::<N::Input>(&mut from), many::<<N as CompiledLoss>::Target>(&mut from));
    let [u, v]: [N::Params; 2] = [random(&mut from), random(&mut from)];
    let along = |direction: &N::Params, other: &N::Params| {
        let product = in_tiles(tiles, |tile| {
            let mut product = nn_core::zeroed::<[N::Params; 1]>();
            let mut workspace = derivative_workspace::<N, Hvp>(tile);
            network.hvp(&x, &t, DRAW, direction, &mut workspace, &mut product[0]).unwrap();
            flat(&product)
        });
        product.iter().zip(other.flat()).map(|(a, b)| a * b).sum::<f64>()
    };
    let curvature = along(&v, &u);
    assert!(curvature.abs() > 1e-6);
    equal(curvature, along(&u, &v));
    is_slope(curvature, |step| {
        let (mut network, mut gradient) = (network.to_box(), nn_core::zero_gradient::<N>());
        let numbers = v.flat().iter();
        network.params_mut().flat_mut().iter_mut().zip(numbers).for_each(|(param, along)| *param += step * along);
        let mut workspace = nn_core::train_workspace_for::<N>(SAMPLES);
        network.gradients(&x, &t, DRAW, &mut workspace, Some(&mut gradient), None).unwrap();
        gradient.flat().iter().zip(u.flat()).map(|(a, b)| a * b).sum()
    });
}

macro_rules! derivatives {
    ($name:ident, $tiles:expr, $($network:tt)*) => {
        mod $name {
            use super::*;

            network! {
                $($network)*
            }

            #[test]
            fn in_prediction() {
                check_outputs::<Net<f64>>();
            }

            #[test]
            fn in_training() {
                check_pullback::<Net<f64>>(&$tiles);
            }

            #[test]
            fn of_second_order() {
                check_hessian::<Net<f64>>(&$tiles);
            }
        }
    };
}

const ANY: [usize; 3] = [1, 2, 16];

derivatives! { dense, ANY,
    #[derivatives(jvp, vjp, hvp, pullback)]
    struct Net { a: Linear(3 => 16), b: Linear(16 => 2) }
    fn forward(x: [3]) -> [2] { b(a(x).tanh()).sigmoid() }
    loss = mse;
}

derivatives! { images, [5],
    #[derivatives(jvp, vjp, hvp, pullback)]
    struct Net { a: Conv2d(1 => 4, kernel = 3, padding = 1, bias = false), n: BatchNorm2d(4), b: Linear(64 => 3) }
    fn forward(x: [1, 8, 8]) -> [3] { b(n(a(x)).silu().max_pool2d(2).dropout(0.3).flatten()) }
    loss = mse;
}

derivatives! { arrays, ANY,
    layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N), b: Linear(N => N), y = x + b(a(x).gelu()).dropout(0.2); }
    #[derivatives(jvp, vjp, hvp, pullback)]
    struct Net { stem: Linear(3 => 6), blocks: [Block(6); 3], #[checkpoint] last: Block(6), head: Linear(6 => 2) }
    fn forward(x: [3]) -> [2] { head(last(blocks(stem(x)))) }
    loss = huber(delta = 0.7);
}

derivatives! { recurrent, ANY,
    #[derivatives(jvp, vjp, hvp, pullback)]
    struct Net { lstm: LSTM(2 => 5, bidirectional = true), out: Linear(10 => 1) }
    fn forward(x: [7, 2]) -> [7, 1] { let (y, _, _) = lstm(x); out(y) }
    loss = mse;
}

derivatives! { attention, ANY,
    #[derivatives(jvp, vjp, hvp, pullback)]
    struct Net { layer: TransformerEncoderLayer(8, 2, dim_feedforward = 16, dropout = 0.1), out: Linear(8 => 1) }
    fn forward(x: [5, 8]) -> [5, 1] { out(layer(x)) }
    loss = mse;
}

derivatives! { slopes, ANY,
    #[derivatives(jvp, vjp, hvp, pullback)]
    struct Net { a: Linear(2 => 8), b: Linear(8 => 1) }
    fn forward(x: [2]) -> [2] { derivative(b(a(x).tanh()), x) }
    loss = mse;
}

/// Sizes that the macro cannot see.
mod generic {
    use super::*;
    use nn_core::typenum::{U3, U6};

    network! {
        #[derivatives(jvp, vjp, hvp, pullback)]
        struct Net<I, H> { a: Linear(I => H), b: Linear(H => I) }
        fn forward(x: [I]) -> [I] { b(a(x).tanh()) + x }
        loss = mse;
    }

    #[test]
    fn all_of_them() {
        check_outputs::<Net<U3, U6, f64>>();
        check_pullback::<Net<U3, U6, f64>>(&ANY);
        check_hessian::<Net<U3, U6, f64>>(&ANY);
    }
}

/// Several inputs and outputs, of which one holds classes.
mod ports {
    use super::*;

    network! {
        #[derivatives(jvp, vjp, pullback)]
        struct Net { words: Embedding(4 => 3), a: Linear(3 => 3) }
        fn forward(x: [3], word: index<4>, z: [2]) -> (y: [3], s: [1]) {
            let y = (a(x) * words(word.unsqueeze(0)).flatten()).tanh();
            (y, (y.sum() * z.sum()).unsqueeze(0))
        }
    }

    #[test]
    fn have_their_names() {
        let network = Net::<f64>::init_as(1);
        let x = [NetInput { x: Tensor::from([0.1, 0.2, 0.3]), word: 2, z: Tensor::from([0.5, -1.5]) }];
        let dx = [NetInputGradient { x: Tensor::from([1.0, 0.0, -1.0]), z: Tensor::from([0.5, 2.0]) }];
        let (mut y, mut dy) = ([NetOutput::default()], [NetOutput::default()]);
        let mut workspace = derivative_workspace::<Net<f64>, Jvp>(1);
        network.jvp(&x, &dx, &mut workspace, &mut y, &mut dy).unwrap();
        let w = [NetOutput { y: Tensor::from([1.0, -0.5, 0.2]), s: Tensor::from([0.7]) }];
        let mut by_x = [NetInputGradient::default()];
        network.vjp(&x, &w, &mut derivative_workspace::<Net<f64>, Vjp>(1), None, Some(&mut by_x)).unwrap();
        equal(dot(&w, &dy), dot(&by_x, &dx));
        assert!(dot(&w, &dy).abs() > 0.01);
        let wrong = [NetInput { word: 4, ..x[0].clone() }];
        assert!(network.jvp(&wrong, &dx, &mut workspace, &mut y, &mut dy).is_err());
        assert!(network.jvp(&x, &[], &mut workspace, &mut y, &mut dy).is_err());
    }
}
