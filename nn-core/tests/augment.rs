//! Augmentation.

use nn_core::data::Augment;
use nn_core::prelude::*;
use nn_core::typenum::{U2, U3, U8};

type Small = Tensor<(U2, U3, U3)>;

fn small() -> Small {
    let mut image = Small::zeros();
    image.as_mut_slice().iter_mut().enumerate().for_each(|(at, pixel)| *pixel = at as f32 + 1.0);
    image
}

fn applied(augment: Augment, sample: usize) -> Vec<f32> {
    let mut target = Small::filled(f32::NAN);
    augment.apply(&small(), &mut target, 5, 1, sample);
    target.as_slice().to_vec()
}

#[test]
fn nothing_is_changed_unasked() {
    assert_eq!(applied(Augment::new(), 3), small().as_slice());
}

#[test]
fn flips_swap_pixels_in_every_channel() {
    let horizontal = [3.0, 2.0, 1.0, 6.0, 5.0, 4.0, 9.0, 8.0, 7.0];
    let found = applied(Augment::new().flip_horizontal(1.0), 0);
    assert_eq!(found[..9], horizontal);
    assert_eq!(found[9..], horizontal.map(|pixel| pixel + 9.0));
    assert_eq!(applied(Augment::new().flip_vertical(1.0), 0)[..9], [7.0, 8.0, 9.0, 4.0, 5.0, 6.0, 1.0, 2.0, 3.0]);
}

/// All nine shifts by one pixel occur, each with exact pixels, and about as often.
#[test]
fn shifts_move_whole_pixels_and_fill_the_rest() {
    let image = small();
    let shifted = |dx: i64, dy: i64, replicate: bool| -> Vec<f32> {
        let pixel = |at: i64| {
            let (c, y, x) = (at / 9, at / 3 % 3 - dy, at % 3 - dx);
            let outside = x < 0 || y < 0 || x > 2 || y > 2;
            if outside && !replicate {
                -1.0
            } else {
                image[[c as usize, y.clamp(0, 2) as usize, x.clamp(0, 2) as usize]]
            }
        };
        (0..18).map(pixel).collect()
    };
    for replicate in [false, true] {
        let augment = Augment::new().shift(1);
        let augment = if replicate { augment.replicate() } else { augment.fill(-1.0) };
        let mut counts = [[0; 3]; 3];
        for sample in 0..900 {
            let found = applied(augment, sample);
            let places = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
            let (dx, dy) = { places }.find(|(dx, dy)| found == shifted(*dx, *dy, replicate)).expect("a shift");
            counts[(dx + 1) as usize][(dy + 1) as usize] += 1;
        }
        assert!(counts.as_flattened().iter().all(|count| (60..140).contains(count)), "{counts:?}");
    }
}

/// A plane stays a plane under rotation and scale: bilinear interpolation is exact for it.
#[test]
fn turns_and_scales_interpolate() {
    let mut plane = Tensor::<(U2, U8, U8), f64>::zeros();
    for at in 0..128 {
        plane.as_mut_slice()[at] = 2.0 * (at % 8) as f64 - 3.0 * (at / 8 % 8) as f64 + 1.0;
    }
    let augment = Augment::new().rotate(30.0).scale(1.5, 2.0);
    let mut gains = Vec::new();
    for sample in 0..20 {
        let mut target = plane;
        augment.apply(&plane, &mut target, 1, 1, sample);
        let value = |y: usize, x: usize| target[[1, y, x]];
        let (along, across) = (value(3, 4) - value(3, 3), value(4, 3) - value(3, 3));
        for (y, x) in [(3, 5), (5, 3), (4, 4), (2, 2)] {
            let expected = value(3, 3) + along * (x as f64 - 3.0) + across * (y as f64 - 3.0);
            assert!((value(y, x) - expected).abs() < 1e-12);
        }
        // the centre stays, and the slope falls by the scale
        let centre = (value(3, 3) + value(4, 4)) / 2.0;
        assert!((centre - (2.0 * 3.5 - 3.0 * 3.5 + 1.0)).abs() < 1e-12);
        gains.push((along * along + across * across).sqrt() / 13f64.sqrt());
    }
    assert!(gains.iter().all(|gain| (0.5..1.0 / 1.5).contains(gain)), "{gains:?}");
}

#[test]
fn noise_has_the_deviation_that_is_asked_for() {
    let mut values = Vec::new();
    for sample in 0..1000 {
        let mut target = Small::zeros();
        Augment::new().noise(0.5).apply(&Small::zeros(), &mut target, 1, 1, sample);
        values.extend(target.as_slice().iter().map(|value| f64::from(*value)));
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let deviation = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt();
    assert!(mean.abs() < 0.02 && (deviation - 0.5).abs() < 0.02, "{mean} {deviation}");
}

network! {
    struct Net { fc: Linear(18 => 2) }
    fn forward(x: [2, 3, 3]) -> [2] { fc(x.flatten()) }
    loss = cross_entropy;
}

/// The trainer sees what `apply` gives by seed, epoch and sample, and validates on the samples themselves.
#[test]
fn the_trainer_augments_what_it_trains_on_alone() {
    let augment = Augment::new().shift(1).noise(0.1).flip_vertical(0.5);
    let data: Dataset<_, _> = (0..4).map(|at| (small(), at % 2)).collect();
    let mut session = Net::session(1);
    let start = Net::init(1);
    let mut trainer = Trainer::new(Sgd::new(0.0)).augment(augment).seed(9).epochs(3).batch(3).quiet();
    let history = trainer.fit(&mut session, &data, &data).unwrap();

    let mut workspace = nn_core::train_workspace::<Net>();
    let plain = f64::from(start.loss(data.inputs(), data.targets(), &mut workspace).unwrap());
    for epoch in &history.epochs {
        let mut inputs = data.inputs().to_vec();
        for (sample, input) in inputs.iter_mut().enumerate() {
            augment.apply(&data.inputs()[sample], input, 9, epoch.number, sample);
        }
        let expected = f64::from(start.loss(&inputs, data.targets(), &mut workspace).unwrap());
        assert!((epoch.training_loss - expected).abs() < 1e-5, "{} and not {expected}", epoch.training_loss);
        assert_eq!(epoch.validation_loss, Some(plain));
    }
    assert_ne!(history.epochs[0].training_loss, history.epochs[1].training_loss);
}
