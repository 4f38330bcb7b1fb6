//! Nothing is allocated after construction, and nothing large passes over the stack.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use nn_core::derivatives::{Hvp, Jvp, Pullback, Vjp, derivative_workspace};
use nn_core::prelude::*;
use nn_core::typenum::{U10, U100, U10000};

/// Counts the allocations of each thread.
struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: hands everything on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = COUNT.try_with(|count| count.set(count.get() + 1));
        // SAFETY: the caller's promises are the system allocator's conditions.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

network! {
    /// Dense and convolutional layers, dropout, two kinds of loss.
    #[derivatives(jvp, vjp, hvp, pullback)]
    struct Net {
        conv: Conv2d(1 => 3, kernel = 3),
        fc1: Linear(27 => 20),
        fc2: Linear(20 => 4),
    }
    fn forward(x: [1, 8, 8]) -> [4] {
        fc2(fc1(conv(x).relu().max_pool2d(2).flatten()).silu().dropout(0.1))
    }
    loss = cross_entropy;
}

#[test]
fn forward_gradient_and_step_allocate_nothing() {
    let mut session = Net::session(1);
    let inputs = vec![Tensor::filled(0.3); 100];
    let targets = vec![2; 100];
    let mut outputs = vec![Tensor::zeros(); 100];
    let mut workspace = nn_core::train_workspace::<Net>();
    let mut gradient = nn_core::zero_gradient::<Net>();
    let mut gradients = vec![Tensor::zeros(); 100];
    let (sgd, adam, rms_prop) = (Sgd::new(0.1).momentum(0.9), Adam::new(1e-3), RmsProp::new(1e-3));
    let (mut sgd_state, mut adam_state, mut rms_state) = (sgd.state(), adam.state(), rms_prop.state());

    let mut along = derivative_workspace::<Net, Jvp>(8);
    let mut back = (derivative_workspace::<Net, Vjp>(8), derivative_workspace::<Net, Pullback>(8));
    let (mut curved, mut product) = (derivative_workspace::<Net, Hvp>(8), nn_core::zero_gradient::<Net>());
    let mut tangents = vec![Tensor::zeros(); 100];

    let before = COUNT.get();
    for step in 0..3 {
        let draw = Draw::new(0, step);
        session.forward(&inputs[0]);
        session.forward_batch(&inputs, &mut outputs).unwrap();
        let network = &mut session.network;
        network.loss(&inputs, &targets, &mut workspace).unwrap();
        network.gradient(&inputs, &targets, draw, &mut workspace, &mut gradient).unwrap();
        network.input_gradient(&inputs, &targets, draw, &mut workspace, &mut gradients).unwrap();
        sgd.step(&mut network.params, &gradient, &mut sgd_state, 1.0).unwrap();
        adam.step(&mut network.params, &gradient, &mut adam_state, 1.0).unwrap();
        rms_prop.step(&mut network.params, &gradient, &mut rms_state, 1.0).unwrap();
        network.jvp(&inputs, &inputs, &mut along, &mut outputs, &mut tangents).unwrap();
        network.vjp(&inputs, &outputs, &mut back.0, Some(&mut gradient), Some(&mut gradients)).unwrap();
        network.forward_in_training(&inputs, draw, &mut back.1, &mut outputs).unwrap();
        network.pullback(&inputs, &outputs, draw, &mut back.1, Some(&mut gradient), None).unwrap();
        network.hvp(&inputs, &targets, draw, &gradient, &mut curved, &mut product).unwrap();
    }
    assert_eq!(COUNT.get() - before, 0);
}

network! {
    /// A hundred million parameters.
    struct Large {
        fc1: Linear(10000 => 10000),
        fc2: Linear(10000 => 10),
    }
    fn forward(x: [10000]) -> [10] {
        fc2(fc1(x).relu())
    }
    loss = cross_entropy;
}

#[test]
fn a_hundred_million_parameters_fit_a_small_stack() {
    let run = || {
        assert_eq!(Large::PARAMS, 100_110_010);
        let mut session = Large::session(1);
        let input = Tensor::<(U10000,)>::zeros_boxed();
        let before = session.forward(&*input).argmax();
        assert!(before < 10);
        let mut workspace = nn_core::train_workspace::<Large>();
        let mut gradient = nn_core::zero_gradient::<Large>();
        let sgd = Sgd::new(0.1);
        let mut state = sgd.state();
        let network = &mut session.network;
        let inputs = std::slice::from_ref(&*input);
        let loss = network.gradient(inputs, &[3], Draw::new(0, 0), &mut workspace, &mut gradient).unwrap();
        sgd.step(&mut network.params, &gradient, &mut state, 1.0).unwrap();
        let behind = network.loss(inputs, &[3], &mut workspace).unwrap();
        assert!(behind < loss, "{loss} {behind}");
        drop((gradient, workspace, state));
        let copy = session.network.clone();
        assert!(copy.flat_params() == session.network.flat_params());
    };
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap();
    thread.join().unwrap();
}

#[test]
fn a_tensor_is_made_in_place() {
    let make = || Tensor::<(U10000, U100, U10)>::zeros_boxed()[[9999, 99, 9]];
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(make).unwrap();
    assert_eq!(thread.join().unwrap(), 0.0);
}

network! {
    /// Photographs: 3 MiB each.
    struct Photographs {
        conv: Conv2d(3 => 2, kernel = 32, stride = 32),
        fc: Linear(512 => 2),
    }
    fn forward(x: [3, 512, 512]) -> [2] {
        fc(conv(x).relu().flatten())
    }
    loss = cross_entropy;
}

network! {
    /// The same with a class and a tensor beside it.
    struct Captioned {
        conv: Conv2d(3 => 1, kernel = 64, stride = 64),
        fc: Linear(64 => 2),
        words: Lookup(4 => 2),
    }
    layer Lookup<V => N>(i: index<V>) -> y: [N] {
        param weight: [V, N] = normal(0, 1);
        y[n] = weight[i, n];
    }
    fn forward(x: [3, 512, 512], word: index<4>) -> (y: [2], copy: [3, 512, 512]) {
        (fc(conv(x).flatten()) + words(word), x)
    }
    loss(class: index<2>, same: [3, 512, 512]) = cross_entropy(y, class) + mse(copy, same);
}

/// Runs something in a thread with a stack that is much smaller than a photograph.
fn with_a_small_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap().join().unwrap();
}

#[test]
fn samples_larger_than_the_stack_are_made_shuffled_split_and_trained_on() {
    with_a_small_stack(|| {
        let bright = |at: usize| at % 2 == 1;
        let mut data = Dataset::from_fn(10, |at, image: &mut <Photographs as Compiled>::Input, class: &mut usize| {
            image.as_mut_slice().fill(if bright(at) { 0.9 } else { 0.1 });
            image[[0, 0, 0]] = at as f32;
            *class = usize::from(bright(at));
        });
        data.shuffle(1);
        let numbers = |data: &Dataset<<Photographs as Compiled>::Input, usize>| -> Vec<usize> {
            data.inputs().iter().map(|image| image[[0, 0, 0]] as usize).collect()
        };
        assert_ne!(numbers(&data), (0..10).collect::<Vec<_>>());
        assert!(numbers(&data).iter().zip(data.targets()).all(|(at, class)| bright(*at) == (*class == 1)));
        let (mut train, mut validation) = data.split(0.6, 2).unwrap();
        let mut all = [numbers(&train), numbers(&validation)].concat();
        all.sort_unstable();
        assert_eq!(all, (0..10).collect::<Vec<_>>());
        let normalise = nn_core::data::Normalize::fit(&train).unwrap();
        normalise.apply(&mut train);
        normalise.apply(&mut validation);
        let mut session = Photographs::session(1);
        let augment = nn_core::data::Augment::new().flip_horizontal(0.5).noise(0.01);
        let mut trainer = Trainer::new(Adam::new(1e-3)).batch(2).epochs(1).augment(augment).early_stopping(3).quiet();
        let history = trainer.fit(&mut session, &train, &validation).unwrap();
        assert!(history.epochs[0].metric >= Some(0.5), "{history}");
    });
}

#[test]
fn samples_of_several_parts_are_made_in_place_too() {
    with_a_small_stack(|| {
        let data = Dataset::from_fn(5, |at, input: &mut CaptionedInput, target: &mut CaptionedTarget| {
            input.x.as_mut_slice().fill(0.1);
            (input.word, target.class) = (at % 4, at % 2);
            target.same.as_mut_slice().fill(0.1);
        });
        let mut session = Captioned::session(1);
        let history = Trainer::new(Sgd::new(1e-3)).batch(2).epochs(1).quiet().fit(&mut session, &data, None).unwrap();
        assert!(history.epochs[0].training_loss.is_finite());
        assert_eq!(data.targets()[3].class, 1);
    });
}
