//! The norms of layers over a training.

use nn_core::optim::norm;
use nn_core::prelude::*;
use nn_core::train::{Norms, Quantity};

network! {
    struct Net {
        shift: param [2] = constant(0.1),
        blocks: [Block(4); 2],
        inner: Linear(2 => 4),
        out: Linear(4 => 3),
    }
    fn forward(x: [2]) -> (y: [3], h: [4]) {
        let h = blocks(inner(x + shift).tanh());
        (out(h), h)
    }
    loss(k: index<3>) = cross_entropy(y, k);

    layer Block<N>(x: [N]) -> y: [N] { fc: Linear(N => N), norm: LayerNorm(N), y = norm(fc(x).tanh()); }
}

type Point = Tensor![2];

fn data() -> Dataset<Point, usize> {
    (0..30).map(|at| (Tensor::from([at as f32 / 30.0, (at % 4) as f32]), at % 3)).collect()
}

fn of(norms: &Norms<Net>, quantity: Quantity) -> Vec<(&'static str, f64)> {
    norms.last(quantity).collect()
}

#[test]
fn a_step_has_the_norms_of_its_layers() {
    let (mut session, data) = (Net::session(1), data());
    let mut norms = Norms::new(&*session.network).activations(data.inputs(), [("blocks", |y| y.h.as_slice())]).unwrap();
    assert!(of(&norms, Quantity::Gradient).iter().all(|(_, value)| *value == 0.0));
    let before = session.network.clone();
    let mut steps = session.steps(Sgd::new(0.1), 30);
    steps.step(data.inputs(), data.targets()).unwrap();
    norms.add(&steps.session.network, &steps.gradient);
    let gradient = steps.gradient.clone();

    let names: Vec<&str> = norms.last(Quantity::Weights).map(|(name, _)| name).collect();
    assert_eq!(names, ["shift", "blocks.0.fc", "blocks.0.norm", "blocks.1.fc", "blocks.1.norm", "inner", "out"]);
    let whole = |parts: &[&[f32]]| norm(&parts.concat());
    let close = |a: f64, b: f64| assert!((a - b).abs() <= 1e-6 * b, "{a} {b}");
    let by_out = whole(&[gradient.out.weight.as_slice(), gradient.out.bias.as_slice()]);
    close(of(&norms, Quantity::Gradient)[6].1, by_out);
    close(of(&norms, Quantity::Gradient)[0].1, norm(gradient.shift.as_slice()));
    let params = &session.network.params;
    let weights = whole(&[params.blocks[1].fc.weight.as_slice(), params.blocks[1].fc.bias.as_slice()]);
    close(of(&norms, Quantity::Weights)[3].1, weights);
    let after = whole(&[params.out.weight.as_slice(), params.out.bias.as_slice()]);
    let update = of(&norms, Quantity::Update)[6].1;
    assert!((update - 0.1 * by_out / after).abs() < 1e-5 * update, "{update}");
    assert!(before.params.out.weight != params.out.weight);

    let sum: f64 = data.inputs().iter().map(|input| norm(session.forward(input).h.as_slice())).sum();
    let activations: Vec<_> =
        norms.curves(Quantity::Activations).map(|(name, points)| (name, points.to_vec())).collect();
    assert_eq!((activations[0].0, activations[0].1.len()), ("blocks", 1));
    close(activations[0].1[0], sum / 30.0);

    let table = norms.to_string();
    assert!(table.lines().count() == 1 + 7 + 2 && table.contains("blocks.1.fc"), "{table}");
}

#[test]
fn a_trainer_gives_the_gradient_of_its_step_and_is_not_changed_by_who_looks() {
    let data = data();
    let mut plain = Net::session(1);
    let trainer = || Trainer::new(Sgd::new(0.1)).batch(10).epochs(4).freeze("blocks.0").clip_norm(0.01).quiet();
    trainer().fit(&mut plain, &data, None).unwrap();

    let mut session = Net::session(1);
    let mut norms = Norms::new(&*session.network);
    let mut greatest = 0.0f64;
    trainer()
        .batch_callback(|event| {
            greatest = greatest.max(norm(event.gradient.flat()));
            norms.record(event);
        })
        .fit(&mut session, &data, None)
        .unwrap();
    assert_eq!(session.network.flat_params(), plain.network.flat_params());
    assert!(greatest > 0.0099 && greatest < 0.010_001, "{greatest}");
    for (layer, gradient) in norms.curves(Quantity::Gradient) {
        assert_eq!(gradient.len(), 12);
        let frozen = layer.starts_with("blocks.0");
        assert!(gradient.iter().all(|norm| (*norm == 0.0) == frozen && *norm < 0.0101), "{layer}: {gradient:?}");
    }
    let updates: Vec<f64> = norms.last(Quantity::Update).map(|(_, part)| part).collect();
    assert!(updates[1] == 0.0 && updates[6] > 0.0, "{updates:?}");
}

#[test]
fn a_long_training_has_points_of_several_steps() {
    let (mut session, data) = (Net::session(1), data());
    let mut norms = Norms::new(&*session.network);
    let (mut steps, mut all) = (session.steps(Sgd::new(0.1), 30), Vec::new());
    for _ in 0..1500 {
        steps.step(data.inputs(), data.targets()).unwrap();
        norms.add(&steps.session.network, &steps.gradient);
        all.push(norm(steps.gradient.shift.as_slice()));
    }
    let points = norms.curves(Quantity::Gradient).next().unwrap().1;
    assert_eq!((norms.every(), points.len()), (4, 375));
    for (point, steps) in points.iter().zip(all.chunks(4)) {
        let mean = steps.iter().sum::<f64>() / 4.0;
        assert!((point - mean).abs() <= 1e-9 * mean, "{point} {mean}");
    }
    assert_eq!(norms.last(Quantity::Gradient).next().unwrap().1, all[1499]);
}

#[test]
fn activations_need_samples() {
    let nothing = Norms::new(&*Net::init(1)).activations(&[], [("h", |output| output.h.as_slice())]);
    assert_eq!(nothing.err().unwrap().to_string(), "activations: there is no sample, and at least one is needed");
}
