//! A training that is interrupted goes on to the same bits.

use std::path::{Path, PathBuf};

use nn_core::data::Augment;
use nn_core::optim::RmsProp;
use nn_core::prelude::*;
use nn_core::schedule::{CosineAnnealing, Exponential, Linear, ReduceOnPlateau, Schedule};
use nn_core::train::History;

network! {
    /// Batch norm, dropout, and an image to be augmented.
    struct Net { conv: Conv2d(1 => 4, kernel = 3, padding = 1, bias = false), norm: BatchNorm2d(4), fc: Linear(64 => 2) }
    fn forward(image: [1, 4, 4]) -> [2] { fc(norm(conv(image)).relu().flatten().dropout(0.2)) }
    loss = cross_entropy;
}

network! {
    struct Other { fc: Linear(16 => 2) }
    fn forward(image: [1, 4, 4]) -> [2] { fc(image.flatten()) }
    loss = cross_entropy;
}

type Images = Dataset<Tensor![1, 4, 4], usize>;

fn images(count: usize) -> Images {
    let draw = Draw::new(1, 0);
    let image = |at: usize| {
        let mut image = Tensor::zeros();
        for (pixel, value) in image.as_mut_slice().iter_mut().enumerate() {
            let bar = if at.is_multiple_of(2) { pixel % 4 } else { pixel / 4 };
            *value = if bar == 1 { 1.0 } else { draw.uniform::<f32>(0, at, pixel) };
        }
        (image, at % 2)
    };
    (0..count).map(image).collect()
}

fn path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("nn-core-{name}-{}.safetensors", std::process::id()))
}

/// The network of a training, and its measurements but for the seconds.
fn bits(session: &Session<Net>, history: &History) -> (Vec<u32>, Vec<u64>, usize) {
    let network = session.network.flat_params().iter().chain(session.network.flat_state());
    let epochs = history.epochs.iter().flat_map(|epoch| {
        let measured = [epoch.validation_loss, epoch.metric].map(Option::unwrap_or_default);
        [epoch.training_loss, epoch.learning_rate, measured[0], measured[1]].map(f64::to_bits)
    });
    (network.map(|number| number.to_bits()).collect(), epochs.collect(), history.kept)
}

/// Trains in pieces that end after the given epochs, each in a session and with a trainer of its own, and as a whole.
fn compare(name: &str, ends: &[usize], trainer: impl Fn() -> Trainer<'static, Net, Adam>) {
    let (train, validation) = images(50).split(0.7, 1).unwrap();
    let last = *ends.last().unwrap();
    let mut session = Net::session(3);
    let history = trainer().epochs(last).fit(&mut session, &train, &validation).unwrap();
    let whole = bits(&session, &history);

    let path = path(name);
    let mut pieces = None;
    for (piece, end) in ends.iter().enumerate() {
        let mut session = Net::session(3 + 100 * piece as u64);
        let mut trainer = trainer().epochs(*end).checkpoint(&path, 2);
        if piece > 0 {
            trainer = trainer.resume(&path);
        }
        let history = trainer.fit(&mut session, &train, &validation).unwrap();
        pieces = Some(bits(&session, &history));
    }
    assert_eq!(pieces.unwrap(), whole, "{name}");
    std::fs::remove_file(path).unwrap();
}

fn augmented() -> Trainer<'static, Net, Adam> {
    let augment = Augment::new().shift(1).rotate(10.0).flip_horizontal(0.5).noise(0.05);
    Trainer::new(Adam::new(0.02)).batch(8).seed(7).clip_norm(1.0).l2(1e-4).augment(augment).quiet()
}

#[test]
fn adam_with_a_schedule_batch_norm_dropout_and_augmentation() {
    for ends in [&[1, 12][..], &[5, 12], &[2, 3, 7, 11, 12]] {
        let trainer = || augmented().schedule(CosineAnnealing::new(12).times(Linear::new(0.1, 9).by_step()));
        compare("cosine", ends, trainer);
    }
}

#[test]
fn a_schedule_with_a_memory_and_early_stopping() {
    let trainer = || augmented().schedule(ReduceOnPlateau::new(0.5, 1)).early_stopping(4);
    compare("plateau", &[1, 4, 6, 9, 30], trainer);
    compare("plateau-2", &[30, 30], trainer);
}

#[test]
fn groups_and_frozen_parameters() {
    let trainer =
        || augmented().group("fc", Adam::new(0.1).amsgrad(true)).freeze("conv").schedule(CosineAnnealing::new(9));
    compare("groups", &[3, 9], trainer);
}

#[test]
fn steps_of_a_loop_of_ones_own() {
    let (data, path) = (images(24), path("steps"));
    let mut session = Net::session(1);
    let mut steps = session.steps(RmsProp::new(0.01).momentum(0.5), 8).seed(5);
    let step_all = |steps: &mut nn_core::train::Steps<'_, Net, RmsProp>| {
        data.batches(8).for_each(|(inputs, targets)| _ = steps.step(inputs, targets).unwrap());
    };
    step_all(&mut steps);
    steps.checkpoint(&path).unwrap();
    step_all(&mut steps);

    let mut other = Net::session(2);
    let mut resumed = other.steps(RmsProp::new(0.01).momentum(0.5), 8).seed(5);
    resumed.resume(&path).unwrap();
    step_all(&mut resumed);
    assert_eq!(resumed.taken(), steps.taken());
    assert_eq!(resumed.session.network.flat_params(), steps.session.network.flat_params());
    assert_eq!(resumed.session.network.flat_state(), steps.session.network.flat_state());
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_checkpoint_holds_a_network() {
    let path = path("network");
    let mut session = Net::session(1);
    augmented().epochs(2).checkpoint(&path, 1).fit(&mut session, &images(20), None).unwrap();
    let loaded = Net::load(&path).unwrap();
    assert_eq!(loaded.flat_params(), session.network.flat_params());
    assert_eq!(loaded.flat_state(), session.network.flat_state());
    std::fs::remove_file(path).unwrap();
}

/// The error of going on with a checkpoint, which changes nothing.
fn refused<O: Optimizer<f32>>(trainer: Trainer<'_, Net, O>, path: &Path, samples: usize) -> String {
    let mut session = Net::session(1);
    let error = trainer.resume(path).quiet().fit(&mut session, &images(samples), None).unwrap_err();
    assert_eq!(session.network.flat_params(), Net::init(1).flat_params());
    without_path(&error, path)
}

fn without_path(error: &Error, path: &Path) -> String {
    error.to_string().replace(&path.display().to_string(), "run.safetensors")
}

#[test]
fn another_training_is_refused() {
    let path = path("refused");
    let trainer = || Trainer::new(Adam::new(0.02)).batch(8).schedule(Exponential::new(0.5)).quiet();
    let mut session = Net::session(3);
    trainer().epochs(3).checkpoint(&path, 1).fit(&mut session, &images(20), None).unwrap();

    let other = Trainer::new(Sgd::new(0.02).momentum(0.9)).batch(4).seed(1).schedule(Exponential::new(0.5));
    assert_eq!(
        refused(other, &path, 24),
        "run.safetensors is a checkpoint of another training, which cannot go on here:
  optimizer: Adam { learning_rate: 0.02, betas: (0.9, 0.999), eps: 1e-8, weight_decay: 0.0, amsgrad: false } in the file, \
         Sgd { learning_rate: 0.02, momentum: 0.9, dampening: 0.0, weight_decay: 0.0, nesterov: false } here
  batch: 8 in the file, 4 here
  seed: 0 in the file, 1 here
  training samples: 20 in the file, 24 here"
    );
    let other = Trainer::new(Adam::new(0.02)).batch(8).schedule(Exponential::new(0.25));
    assert_eq!(
        refused(other, &path, 20),
        "run.safetensors is a checkpoint of another training, which cannot go on here:
  learning rate in epoch 2: 0.01 in the file, 0.005 here"
    );
    let other = Trainer::new(Adam::new(0.02)).batch(8).schedule(Exponential::new(0.5));
    let error = { other }.resume(&path).quiet().fit(&mut Other::session(1), &images(20), None).unwrap_err();
    assert_eq!(
        without_path(&error, &path),
        "run.safetensors is a checkpoint of another training, which cannot go on here:
  network: Net in the file, Other here"
    );
    Net::init(1).save(&path).unwrap();
    assert_eq!(
        refused(Trainer::new(Adam::new(0.02)), &path, 20),
        "run.safetensors: it is no checkpoint of a training; weights alone are read by `Net::load`"
    );
    std::fs::remove_file(&path).unwrap();
    assert_eq!(
        refused(Trainer::new(Adam::new(0.02)), &path, 20),
        "run.safetensors: No such file or directory (os error 2)"
    );
    let nowhere = Trainer::<Net, _>::new(Adam::new(0.02)).checkpoint("no/such/folder/run.safetensors", 1).quiet();
    let error = { nowhere }.fit(&mut Net::session(1), &images(20), None).unwrap_err();
    assert_eq!(error.to_string(), "no/such/folder/run.safetensors: No such file or directory (os error 2)");
    let never = Trainer::<Net, _>::new(Adam::new(0.02)).checkpoint(&path, 0).quiet();
    let error = { never }.fit(&mut Net::session(1), &images(20), None).unwrap_err();
    assert_eq!(error.to_string(), "`checkpoint` must wait for at least 1 epoch");
}
