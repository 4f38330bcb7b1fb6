//! Whatever things are called and wherever they are, what is emitted compiles and works.
#![allow(non_camel_case_types)] // of sizes

use nn_core::CompiledLoss;
use nn_core::prelude::*;
use nn_core::typenum::{U2, U3, U4, U5, U8};

network! {
    struct Nested {
        first: Outer(4),
        second: Outer(4),
    }
    fn forward(x: [4]) -> [4] {
        second(first(first(x)))
    }
    loss = mse;

    layer Outer<N>(x: [N]) -> y: [N] {
        a: Inner(N);
        b: Inner(N);
        y = a(x) + b(a(x));
    }
    layer Inner<N>(x: [N]) -> y: [N] {
        param shift: [N] = uniform(-1, 1);
        dense: Linear(N => N);
        z = dense(x);
        y[i] = tanh(z[i]) + shift[i];
    }
}

network! {
    #[allow(nn::linear_after_linear)]
    struct Raw {
        r#type: Linear(4 => 2),
        r#gen: Linear(4 => 2),
        fn: Linear(2 => 2),
        self: Own(2),
    }
    fn forward(r#match: [4], r#in: [2]) -> (r#loop: [2], r#pub: [2]) {
        let a = fn(r#type(match)) + r#in;
        (self(a).r#const(), gen(r#match))
    }
    loss(r#mod: [2], r#use: [2]) = mse(r#loop, r#mod) + mse(pub, use);

    fn r#const(x) = 2 * x;
    layer Own<N>(x: [N]) -> y: [N] {
        param r#fn: [N] = ones;
        r#if: Linear(N => N);
        z = r#if(x);
        y[i] = z[i] * r#fn[i];
    }
}

network! {
    #[allow(nn::linear_after_linear)]
    struct r#Colliding {
        params: Linear(4 => 3),
        input: Linear(3 => 3),
        output: Linear(3 => 3),
        target: Linear(3 => 3),
        dims: Linear(3 => 3),
        u1: Linear(3 => 3),
        a_b: Linear(3 => 3),
        #[allow(non_snake_case)]
        aB: Linear(3 => 3),
        fc1: Linear(3 => 3),
        fc_1: Linear(3 => 3),
        __: Linear(3 => 3),
        tile: Linear(3 => 3),
        macs: Linear(3 => 3),
    }
    fn forward(x: [4], z: [3]) -> (p: [3], q: [3]) {
        let h = target(output(input(params(x))));
        let h = aB(a_b(u1(dims(h))));
        (__(fc_1(fc1(h))), macs(tile(z)))
    }
    loss(s: [3], t: [3]) = mse(p, s) + mse(q, t);
}

network! {
    #[allow(nn::linear_after_linear)]
    struct Begin {
        a_params: BatchNorm1d(3),
        a_state: Linear(3 => 3),
        a_u7: Linear(3 => 3),
        a_input_gradient: Linear(3 => 3),
    }
    fn forward(x: [3]) -> [3] {
        a_input_gradient(a_u7(a_state(a_params(x))))
    }
    loss = mse;
}

// what is generated for it is called like layers of the one above
network! {
    struct BeginA {
        norm: BatchNorm1d(3),
        large: Linear(3 => 1031),
    }
    fn forward(x: [3], z: [3]) -> (p: [3], q: [1031]) {
        let h = norm(x + z);
        (h, large(h))
    }
    loss(s: [3], t: [1031]) = mse(p, s) + mse(q, t);
}

network! {
    struct Cases<N, n> {
        a: Linear(N => n),
    }
    fn forward(x: [N]) -> [n] {
        a(x)
    }
    loss = mse;
}

network! {
    struct Unseen<H> {
        c: Conv2d(1 => 2, kernel = 3),
    }
    fn forward(x: [1, H, 8]) -> [2, {H - 2}, 6] {
        c(x)
    }
    loss = mse;
}

network! {
    struct Several<In, Out> {
        a: Linear(In => Out),
        b: Linear(3 => Out),
    }
    fn forward(x: [In], z: [3], class: index<3>) -> (p: [Out], q: [Out]) {
        (a(x), b(z.chosen(class)))
    }
    loss(s: [Out], t: [Out]) = mse(p, s) + mse(q, t);

    fn chosen(x: [N], k: index<N>) -> y: [N] { y[i] = x[i] + x[k]; }
}

// the words of one network's name and of another's layers, put together, are the same
network! {
    #[allow(nn::linear_after_linear)]
    struct Joined {
        a_x: Linear(3 => 3),
        b: Linear(3 => 1031),
    }
    fn forward(x: [3]) -> [1031] {
        b(a_x(x))
    }
}
network! {
    struct JoinedA {
        x: BatchNorm1d(3),
        x_state: Linear(3 => 3),
    }
    fn forward(i: [3]) -> [3] {
        x_state(x(i))
    }
}
network! {
    struct JoinedB {
        weight: Linear(3 => 1032),
    }
    fn forward(x: [3]) -> [1032] {
        weight(x)
    }
}
network! {
    struct JoinedU1031 {
        a: Pair(3),
        a_b: Linear(3 => 3),
    }
    fn forward(x: [3]) -> [3] {
        a_b(a(x))
    }
    layer Pair<N>(x: [N]) -> y: [N] {
        b: Linear(N => N);
        y = b(x);
    }
}

/// Trains a little, and answers whether the loss fell.
fn falls<N: CompiledLoss<Scalar = f32>>(network: &mut N, input: N::Input, target: N::Target) -> bool {
    let (inputs, targets) = ([input], [target]);
    let mut workspace = nn_core::train_workspace::<N>();
    let mut gradient = nn_core::zero_gradient::<N>();
    let sgd = Sgd::new(0.02);
    let mut state = sgd.state();
    let before = network.loss(&inputs, &targets, &mut workspace).unwrap();
    for step in 0..20 {
        network.gradient(&inputs, &targets, Draw::new(0, step), &mut workspace, &mut gradient).unwrap();
        sgd.step(network.params_mut(), &gradient, &mut state, 1.0).unwrap();
    }
    network.loss(&inputs, &targets, &mut workspace).unwrap() < before
}

#[test]
fn layers_inside_of_layers_inside_of_layers() {
    assert_eq!(Nested::PARAMS, 2 * 2 * (4 + 16 + 4));
    let mut network = Nested::init(3);
    let inner = &network.params.second.b;
    assert_eq!((inner.shift.as_slice().len(), inner.dense.weight.as_slice().len()), (4, 16));
    assert!(falls(&mut *network, Tensor::from([0.1, -0.2, 0.3, 0.4]), Tensor::from([0.5; 4])));
}

#[test]
fn keywords_are_names() {
    let mut network = Raw::init(3);
    let _ = (&network.params.r#type, &network.params.r#gen, &network.params.r#fn, &network.params.self_.r#if);
    let input = RawInput { r#match: Tensor::filled(0.5), r#in: Tensor::filled(0.1) };
    let target = RawTarget { r#mod: Tensor::filled(0.5), r#use: Tensor::filled(0.1) };
    assert!(falls(&mut *network, input, target));
}

#[test]
fn structs_of_layers_keep_clear_of_other_types() {
    let mut network = Colliding::init(3);
    let params: &CollidingParams = &network.params;
    let _: (&CollidingParams_a_b, &CollidingParams_aB) = (&params.a_b, &params.aB);
    let input = CollidingInput { x: Tensor::filled(0.5), z: Tensor::filled(0.1) };
    let target = CollidingTarget { s: Tensor::filled(0.5), t: Tensor::filled(0.1) };
    assert_eq!(Colliding::PARAMS, 15 + 12 * 12);
    assert!(falls(&mut *network, input, target));
}

#[test]
fn layers_are_not_called_like_what_another_network_has() {
    assert_eq!(Begin::PARAMS, 6 + 3 * 12);
    assert_eq!(BeginA::PARAMS, 6 + 4 * 1031);
}

#[test]
fn networks_and_layers_whose_names_begin_alike() {
    assert_eq!([Joined::PARAMS, JoinedA::PARAMS], [12 + 4 * 1031, 6 + 12]);
    assert_eq!([JoinedB::PARAMS, JoinedU1031::PARAMS], [4 * 1032, 24]);
}

#[test]
fn an_inner_scope_may_use_a_name_again() {
    network! {
        struct Joined { fc: Linear(2 => 1) }
        fn forward(x: [2]) -> [1] { fc(x) }
    }
    let inner = {
        network! {
            struct Joined { fc: Linear(2 => 2) }
            fn forward(x: [2]) -> [2] { fc(x) }
        }
        Joined::PARAMS
    };
    assert_eq!((Joined::PARAMS, inner), (3, 6));
}

#[test]
fn sizes_whose_names_differ_in_case_only() {
    assert_eq!(Cases::<U3, U2, f32>::PARAMS, 8);
    assert!(falls(&mut *Cases::<U3, U2, f32>::init(1), Tensor::filled(0.5), Tensor::filled(0.1)));
}

#[test]
fn a_size_that_no_parameter_uses() {
    assert_eq!(Unseen::<U5, f32>::PARAMS, 20);
    assert!(falls(&mut *Unseen::<U8, f32>::init(1), Tensor::filled(0.5), Tensor::filled(0.1)));
}

#[test]
fn several_inputs_and_outputs_of_generic_sizes() {
    let mut network = Several::<U4, U2, f32>::init(1);
    let copy = network.clone();
    assert_eq!(format!("{:?}", copy.params.a.bias), format!("{:?}", network.params.a.bias));
    let input = SeveralInput { x: Tensor::filled(0.5), z: Tensor::filled(0.1), class: 2 };
    let target = SeveralTarget { s: Tensor::filled(0.5), t: Tensor::filled(0.1) };
    assert!(falls(&mut *network, input, target));
}
