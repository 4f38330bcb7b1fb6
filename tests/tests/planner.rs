//! The memory of training: close to what is live at once in the order of the emitted code, and that order no worse than
//! going back the way that the forward pass came.

use std::collections::BTreeMap;

use nn_compiler::equation::{Equation, Program, Role};
use nn_compiler::errors::Errors;
use nn_compiler::pipeline::compile;
use nn_compiler::schedule::Schedule;
use nn_compiler::symbolic::{Node, TensorId};
use nn_compiler::syntax::parse_network;

const LENET: &str = "
    struct LeNet5 {
        conv1: Conv2d(1 => 6, kernel = 5), conv2: Conv2d(6 => 16, kernel = 5),
        fc1: Linear(256 => 120), fc2: Linear(120 => 84), fc3: Linear(84 => 10),
    }
    fn forward(image: [1, 28, 28]) -> [10] {
        let x = conv1(image).relu().max_pool2d(2);
        let x = conv2(x).relu().max_pool2d(2);
        fc3(fc2(fc1(x.flatten()).relu()).relu())
    }
    loss = cross_entropy;";

const RESNET8: &str = "
    layer Down<C => O, stride: S>(x: [C, H, W]) -> y: [O, (H - 1)/S + 1, (W - 1)/S + 1] {
        a: Conv2d(C => O, kernel = 3, stride = S, padding = 1, bias = false),
        an: BatchNorm2d(O),
        b: Conv2d(O => O, kernel = 3, padding = 1, bias = false),
        bn: BatchNorm2d(O),
        side: Conv2d(C => O, kernel = 1, stride = S),
        y = (bn(b(an(a(x)).relu())) + side(x)).relu();
    }
    struct ResNet8 {
        stem: Conv2d(3 => 16, kernel = 3, padding = 1, bias = false), norm: BatchNorm2d(16),
        one: Down(16 => 16, stride = 1), two: Down(16 => 32, stride = 2), three: Down(32 => 64, stride = 2),
        head: Linear(64 => 10),
    }
    fn forward(image: [3, 32, 32]) -> [10] {
        head(three(two(one(norm(stem(image)).relu()))).global_avg_pool2d())
    }
    loss = cross_entropy;";

/// The schedule of a network's gradient.
fn gradient(text: &str) -> Schedule {
    let network = parse_network(text.parse().unwrap()).unwrap();
    let mut errors = Errors::default();
    let compiled = compile(&network, &mut errors);
    assert!(!errors.any(), "{:?}", errors.messages());
    compiled.unwrap().training.unwrap().gradient
}

/// The most elements that are needed at a time, for each sample, where each value is needed from its first use to its last.
fn most_live(uses: &[Vec<TensorId>], len: &dyn Fn(TensorId) -> i64) -> i64 {
    let mut spans: BTreeMap<TensorId, (usize, usize)> = BTreeMap::new();
    for (time, used) in uses.iter().enumerate() {
        for tensor in used {
            spans.entry(*tensor).or_insert((time, time)).1 = time;
        }
    }
    let live = |time: usize| {
        let needed = spans.iter().filter(|(_, (first, last))| (*first..=*last).contains(&time));
        needed.map(|(tensor, _)| len(*tensor)).sum()
    };
    (0..uses.len()).map(live).max().unwrap()
}

/// The buffers that each step of a schedule without sequences uses; what takes the place of an argument is in that's.
fn buffers(schedule: &Schedule) -> Vec<Vec<TensorId>> {
    let buffer = |tensor: TensorId| schedule.places.get(&schedule.program.root(tensor)).map(|place| place.buffer);
    let of_block = |block: &nn_compiler::schedule::Block| {
        let (read, written) = block.accesses(&schedule.program);
        read.into_iter().chain(written).filter_map(buffer).collect()
    };
    schedule.blocks.iter().map(of_block).collect()
}

/// The values in between that an equation uses.
fn values(program: &Program, equation: &Equation) -> Vec<TensorId> {
    let reads = program.pool.reads(equation.body).into_iter();
    let read =
        reads.filter_map(|id| if let Node::Read { tensor, .. } = program.pool.node(id) { Some(*tensor) } else { None });
    let all = read.chain([equation.target]).map(|tensor| program.root(tensor));
    all.filter(|tensor| program.at(*tensor).role == Role::Value).collect()
}

#[test]
fn memory_is_what_is_live() {
    for (name, text) in [("LeNet-5", LENET), ("ResNet-8", RESNET8)] {
        let schedule = gradient(text);
        let program = &schedule.program;
        let len = |tensor| schedule.layout.stored_len(program, tensor).unwrap().literal().unwrap();
        let live = most_live(&buffers(&schedule), &len);
        let planned = Schedule::floats(&schedule.scratch).literal().unwrap();
        // equation by equation, on the way back in the reverse of the order of the forward pass
        let uses: Vec<_> = program.equations.iter().map(|equation| values(program, equation)).collect();
        let reversed = most_live(&uses, &len);
        println!("{name}: {planned} planned, {live} live, {reversed} equation by equation");
        assert!(planned * 10 <= live * 11, "{name}: {planned} elements for {live} that are live");
        assert!(live <= reversed, "{name}: {live} live, {reversed} equation by equation");
    }
}

/// What is left of the memory of a training if all layers but the last are frozen, with and without a padding around the
/// image.
#[test]
fn a_frozen_body_halves_the_memory() {
    let padded = LENET.replace("conv1: Conv2d(1 => 6, kernel = 5)", "conv1: Conv2d(1 => 6, kernel = 5, padding = 2)");
    let padded = padded.replace("256", "400");
    for (text, expected) in [(LENET.to_owned(), [13_824, 31_968]), (padded, [22_912, 47_608])] {
        let frozen =
            text.replace("conv", "#[frozen] conv").replace("fc1:", "#[frozen] fc1:").replace("fc2:", "#[frozen] fc2:");
        let frozen = frozen.replace("= #[frozen] conv", "= conv");
        let scratch = [frozen, text].map(|text| gradient(&text).scratch.literal().unwrap());
        assert_eq!(scratch, expected);
        assert!(scratch[0] * 2 <= scratch[1]);
    }
}
