//! Samples that are read while a network is trained on them.

use std::sync::atomic::{AtomicUsize, Ordering};

use nn_core::data::{Augment, Lazy};
use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(16 => 8), out: Linear(8 => 3) }
    fn forward(x: [1, 4, 4]) -> [3] { out(fc(x.flatten()).relu().dropout(0.2)) }
    loss = cross_entropy;
}

type Image = Tensor![1, 4, 4];

fn fill(at: usize, image: &mut Image, class: &mut usize) {
    let draw = Draw::new(3, 0);
    image.iter_mut().enumerate().for_each(|(place, pixel)| *pixel = draw.uniform(0, at, place));
    *class = usize::from(image[[0, 0, 0]] > 0.3) + usize::from(image[[0, 1, 1]] > 0.5);
}

fn lazy(count: usize) -> Lazy<'static, Image, usize> {
    Lazy::new(count, |at, image, class| {
        fill(at, image, class);
        Ok(())
    })
}

fn trainer<'a>() -> Trainer<'a, Net, Adam> {
    Trainer::new(Adam::new(0.01)).batch(8).epochs(4).seed(9).quiet()
}

#[test]
fn it_trains_with_the_bits_of_a_set_in_memory() {
    let validation = Dataset::from_fn(10, fill);
    for count in [1, 7, 8, 9, 67] {
        let memory = Dataset::from_fn(count, fill);
        assert_eq!(lazy(count).in_memory().unwrap(), memory);
        let settings: [fn() -> Trainer<'static, Net, Adam>; 4] = [
            trainer,
            || trainer().shuffle(false),
            || trainer().augment(Augment::new().shift(1).rotate(20.0).noise(0.1)),
            || trainer().early_stopping(2),
        ];
        for setting in settings {
            let mut sessions = [Net::session(1), Net::session(1)];
            let from_memory = setting().fit(&mut sessions[0], &memory, &validation).unwrap();
            let read = setting().fit(&mut sessions[1], &lazy(count), &validation).unwrap();
            assert_eq!(sessions[0].network.flat_params(), sessions[1].network.flat_params());
            let losses = |history: &nn_core::train::History| -> Vec<_> {
                history.epochs.iter().map(|epoch| (epoch.training_loss, epoch.validation_loss, epoch.metric)).collect()
            };
            assert_eq!(losses(&from_memory), losses(&read));
        }
    }
    let mut sessions = [Net::session(1), Net::session(1)];
    trainer().drop_last(true).fit(&mut sessions[0], &Dataset::from_fn(67, fill), None).unwrap();
    trainer().drop_last(true).fit(&mut sessions[1], &lazy(67), None).unwrap();
    assert_eq!(sessions[0].network.flat_params(), sessions[1].network.flat_params());
}

#[test]
fn each_epoch_reads_each_sample_once() {
    let counts: Vec<AtomicUsize> = (0..21).map(|_| AtomicUsize::new(0)).collect();
    let data = Lazy::new(21, |at, image: &mut Image, class: &mut usize| {
        counts[at].fetch_add(1, Ordering::Relaxed);
        fill(at, image, class);
        Ok(())
    });
    trainer().fit(&mut Net::session(1), &data, None).unwrap();
    assert!(counts.iter().all(|count| count.load(Ordering::Relaxed) == 4));
}

#[test]
fn errors_name_the_sample_and_change_nothing() {
    let data = Lazy::new(30, |at, image: &mut Image, class: &mut usize| {
        fill(at, image, class);
        if at == 23 { Err("the disk is gone".into()) } else { Ok(()) }
    });
    let mut session = Net::session(1);
    let error = trainer().fit(&mut session, &data, None).unwrap_err();
    assert_eq!(error, Error::Read { sample: 23, problem: "the disk is gone".into() });
    assert_eq!(session.network.flat_params(), Net::init(1).flat_params());

    let data = Lazy::new(30, |at, image: &mut Image, class: &mut usize| {
        fill(at, image, class);
        *class += if at == 11 { 3 } else { 0 };
        Ok(())
    });
    let error = trainer().fit(&mut session, &data, None).unwrap_err();
    assert!(matches!(error, Error::Class { sample: 11, .. }), "{error}");

    let data = Lazy::new(30, |at, image: &mut Image, class: &mut usize| {
        fill(at, image, class);
        image[[0, 2, 2]] *= if at == 5 { f32::NAN } else { 1.0 };
        Ok(())
    });
    let error = trainer().fit(&mut session, &data, None).unwrap_err();
    assert!(matches!(error, Error::NotFiniteSample { sample: 5, .. }), "{error}");
    assert!(matches!(trainer().fit(&mut session, &lazy(0), None), Err(Error::Empty { .. })));
}

#[test]
fn a_training_that_stops_in_an_epoch_ends() {
    let mut session = Net::session(1);
    let history = trainer()
        .batch_callback(|event| {
            if event.batch == 2 {
                event.stop();
            }
        })
        .fit(&mut session, &lazy(67), None)
        .unwrap();
    assert_eq!(history.epochs.len(), 1);
}

#[test]
#[should_panic(expected = "a scoped thread panicked")]
fn a_panic_of_the_reader_goes_on() {
    let data = Lazy::new(30, |at, image: &mut Image, class: &mut usize| {
        fill(at, image, class);
        assert_ne!(at, 17);
        Ok(())
    });
    _ = trainer().fit(&mut Net::session(1), &data, None);
}
