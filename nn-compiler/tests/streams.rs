//! The step of a stream, applied to one frame after the other, gives what the whole network gives.

#[path = "common/evaluated.rs"]
mod evaluated;
#[path = "common/given.rs"]
mod given;

use evaluated::{agree, values};
use given::Random;
use nn_compiler::equation::{Program, Role, Values};
use nn_compiler::errors::Errors;
use nn_compiler::lowered::{Initial, Lowered};
use nn_compiler::pipeline::{Compiled, compile};
use nn_compiler::shape::Dim;
use nn_compiler::symbolic::TensorId;
use nn_compiler::syntax::parse_network;

fn compiled(text: &str) -> Result<Compiled, String> {
    let mut errors = Errors::default();
    let compiled = compile(&parse_network(text.parse().unwrap()).unwrap(), &mut errors);
    compiled.ok_or_else(|| format!("{:?}", errors.messages()))
}

/// The frames of a tensor of one sample, in the order of time: `count` blocks along an axis.
fn frames(shape: &[Dim], elements: &[f64], axis: usize, count: usize) -> Vec<Vec<f64>> {
    let sizes: Vec<usize> = shape.iter().map(|size| usize::try_from(size.literal().unwrap()).unwrap()).collect();
    let behind: usize = sizes[axis + 1..].iter().product();
    let block = sizes[axis] / count * behind;
    let rows = elements.len() / (sizes[axis] * behind);
    let at = |frame: usize, row: usize| {
        let begin = row * sizes[axis] * behind + frame * block;
        elements[begin..begin + block].to_vec()
    };
    (0..count).map(|frame| (0..rows).flat_map(|row| at(frame, row)).collect()).collect()
}

fn of_role(program: &Program, wanted: impl Fn(Role) -> bool) -> Vec<TensorId> {
    (0..program.tensors.len()).map(TensorId::new).filter(|id| wanted(program.at(*id).role)).collect()
}

/// What lies in front of the first frame.
fn first(step: &Lowered) -> Vec<Vec<f64>> {
    let len = |shape: &[Dim]| Dim::product(shape).unwrap().literal().unwrap();
    let value = |initial: &Initial| match initial {
        Initial::Constant(value) => step.program.constant_value(*value).unwrap(),
        other => panic!("{other:?} is no constant"),
    };
    let all = step.carried.iter();
    all.map(|carried| vec![value(&carried.initial); usize::try_from(len(&carried.shape)).unwrap()]).collect()
}

/// Holds that the steps give the outputs of the whole. `axis` is that of time in the inputs, `along` those in the
/// outputs; `None` for an output that is what the last step gives.
fn streams(text: &str, axis: usize, along: &[Option<usize>], steps: usize) {
    let Compiled { infer, stream, .. } = compiled(text).unwrap();
    let step = stream.expect("it has the attribute");
    let mut whole = values(&infer, &[]);
    infer.program.evaluate(&mut whole);
    let expected: Vec<Vec<Vec<f64>>> = of_role(&infer.program, |role| matches!(role, Role::Output(_)))
        .into_iter()
        .zip(along)
        .map(|(output, axis)| {
            let of = infer.program.at(output);
            let len: i64 = Dim::product(of.sample_shape()).unwrap().literal().unwrap();
            let one = &whole.get(&infer.program, output)[..usize::try_from(len).unwrap()];
            axis.map_or_else(|| vec![one.to_vec()], |axis| frames(of.sample_shape(), one, axis, steps))
        })
        .collect();
    let program = &step.network.program;
    let mut carried = first(&step.network);
    for at in 0..steps {
        let mut given = Values::new(1, Vec::new());
        for stored in infer.parameters.iter().chain(&infer.states) {
            given.set(stored.tensor, whole.get(&infer.program, stored.tensor).to_vec());
        }
        for port in &infer.inputs {
            let shape = infer.program.at(port.tensor).sample_shape();
            let len = usize::try_from(Dim::product(shape).unwrap().literal().unwrap()).unwrap();
            let one = &whole.get(&infer.program, port.tensor)[..len];
            given.set(port.tensor, frames(shape, one, axis, steps).swap_remove(at));
        }
        for (stored, elements) in step.network.carried.iter().zip(&carried) {
            given.set(stored.tensor, elements.clone());
        }
        let wanted = |role| matches!(role, Role::Output(_) | Role::NextCarried(_));
        agree(&step.schedule, program, &given, &wanted, &[1]).unwrap();
        program.evaluate(&mut given);
        let outputs = of_role(program, |role| matches!(role, Role::Output(_)));
        for (number, output) in outputs.into_iter().enumerate() {
            let found = given.get(program, output);
            let frame = if along[number].is_some() { Some(at) } else { (at + 1 == steps).then_some(0) };
            let Some(frame) = frame else { continue };
            let expected = &expected[number][frame];
            assert_eq!(found.len(), expected.len(), "step {at} of {text}");
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-12, "step {at}: {found} instead of {expected}, in {text}");
            }
        }
        let next = of_role(program, |role| matches!(role, Role::NextCarried(_)));
        carried = next.into_iter().map(|tensor| given.get(program, tensor).to_vec()).collect();
    }
}

#[test]
fn recurrent_layers() {
    let network =
        |layers: &str, body: &str| format!("#[stream] pub struct Net {{ {layers} }} fn forward(x: [6, 3]) -> {body}");
    let lstm = network("l: LSTM(3 => 4), d: Linear(4 => 2)", "[6, 2] { let (y, _, _) = l(x); d(y) }");
    streams(&lstm, 0, &[Some(0)], 6);
    let gru = network("l: GRU(3 => 4, num_layers = 2)", "(y: [6, 4], h: [8]) { let (y, h) = l(x); (y, h) }");
    streams(&gru, 0, &[Some(0), None], 6);
    let last = network("l: RNN(3 => 4), d: Linear(4 => 2)", "[2] { let (_, h) = l(x); d(h).tanh() }");
    streams(&last, 0, &[None], 6);
}

#[test]
fn causal_convolutions() {
    let text = "#[stream(axis = 1)] pub struct Net {
            a: CausalConv1d(2 => 3, kernel = 3, dilation = 2), b: CausalConv1d(3 => 2, kernel = 2),
        }
        fn forward(x: [2, 9]) -> [2, 9] { let h = a(x).tanh(); b(h) + x }";
    streams(text, 1, &[Some(1)], 9);
    let text = "#[stream(axis = -1)] pub struct Net { a: CausalConv1d(2 => 3, kernel = 3), g: GRU(3 => 2) }
        fn forward(x: [2, 7]) -> [7, 2] { let (y, _) = g(a(x).relu().transpose(0, 1)); y }";
    streams(text, 1, &[Some(0)], 7);
}

/// Layers whose steps have sums that depend on no carry, and arrays of layers.
const SCANS: &str = "
    layer Written<N => H>(x: [T, N]) -> y: [T, H] {
        inner: Linear(N => H);
        param u: [H, H] = uniform(1);
        scan t: T {
            carry h: [H] = 0.2;
            here[i] = sin(x[t, i]);
            f = inner(here);
            p[j] = sum[k](sq(u[j, k]));
            new[j] = tanh(f[j] + 0.1 * p[j] + sum[k](u[j, k] * h[k]));
            next h = new;
            y[t, j] = new[j];
        }
    }
    layer Block<N>(x: [N]) -> y: [N] { a: Linear(N => N); y = 0.5 * x + a(x).tanh(); }
    layer Deep<N>(x: [T, N]) -> y: [T, N] {
        blocks: [Block(N); 2];
        scan t: T {
            carry h: [N] = zeros([N]);
            here[i] = x[t, i] + 0.3 * h[i];
            new = blocks(here).tanh();
            next h = new;
            y[t, i] = new[i];
        }
    }";

/// A random causal network: its text, the axis of time in its input, those in its outputs, and the number of steps.
struct Causal {
    layers: Vec<String>,
    lines: Vec<String>,
    /// The channels and frames of the value at hand, `x`.
    channels: usize,
    frames: usize,
    /// Whether time is its first axis.
    time_first: bool,
    random: Random,
}

impl Causal {
    fn below(&mut self, count: usize) -> usize {
        let number = self.random.number().mul_add(0.5, 0.5);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // small
        let at = (number * count as f64) as usize;
        at.min(count - 1)
    }

    fn layer(&mut self, kind: &str, call: &str) {
        let name = format!("l{}", self.layers.len());
        self.layers.push(format!("{name}: {kind}"));
        self.lines.push(call.replace('#', &name));
    }

    fn turned(&mut self, time_first: bool) {
        if self.time_first != time_first {
            self.lines.push("let x = x.transpose(0, 1);".into());
            self.time_first = time_first;
        }
    }

    fn grow(&mut self) {
        let (c, n) = (self.channels, 1 + self.below(4));
        match self.below(13) {
            0 => self.lines.push("let x = x.tanh();".into()),
            1 => {
                self.turned(true);
                self.layer(&format!("Linear({c} => {n})"), "let x = #(x);");
                self.channels = n;
            }
            2 => {
                let (kernel, dilation) = (1 + self.below(3), 1 + self.below(3));
                self.turned(false);
                self.layer(
                    &format!("CausalConv1d({c} => {n}, kernel = {kernel}, dilation = {dilation})"),
                    "let x = #(x);",
                );
                self.channels = n;
            }
            3 => {
                self.turned(true);
                self.layer(&format!("LSTM({c} => {n})"), "let (x, _, _) = #(x);");
                self.channels = n;
            }
            4 => {
                let layers = 1 + self.below(2);
                self.turned(true);
                self.layer(&format!("GRU({c} => {n}, num_layers = {layers})"), "let (x, _) = #(x);");
                self.channels = n;
            }
            5 => {
                self.turned(false);
                self.layer(&format!("CausalConv1d({c} => {c}, kernel = 2)"), "let x = x + #(x).relu();");
            }
            6 => {
                let axis = usize::from(self.time_first);
                self.lines.push(format!("let x = concat(x, x.sigmoid(), axis = {axis});"));
                self.channels *= 2;
            }
            // a stride along time, once after which frames are few
            7 if self.frames > 6 => {
                self.turned(false);
                self.layer(&format!("Conv1d({c} => {n}, kernel = 2, stride = 2)"), "let x = #(x);");
                (self.channels, self.frames) = (n, self.frames / 2);
            }
            8 if c > 1 => {
                let axis = usize::from(self.time_first);
                self.lines.push(format!("let x = x.narrow({axis}, 1, {});", c - 1));
                self.channels = c - 1;
            }
            9 => {
                self.turned(true);
                self.layer(&format!("LayerNorm({c})"), "let x = #(x);");
            }
            10 => {
                self.turned(true);
                self.layer(&format!("Written({c} => {n})"), "let x = #(x);");
                self.channels = n;
            }
            11 => {
                self.turned(true);
                self.layer(&format!("Deep({c})"), "let x = #(x);");
            }
            _ => {
                let f = self.frames;
                self.turned(true);
                self.lines.push(format!("let x = (x.reshape({f}, 1, {c}) * 0.5).reshape({f}, {c}) + x;"));
            }
        }
    }

    /// The text, and where time is in the input and the output.
    fn finish(self, input: [usize; 2], axis: usize) -> (String, Vec<Option<usize>>) {
        let shape = |time_first: bool, frames: usize, channels: usize| {
            if time_first { format!("[{frames}, {channels}]") } else { format!("[{channels}, {frames}]") }
        };
        let text = format!(
            "#[stream(axis = {axis})] pub struct Net {{ {} }} {SCANS} fn forward(x: {}) -> {} {{ {} x }}",
            self.layers.join(", "),
            shape(axis == 0, input[1], input[0]),
            shape(self.time_first, self.frames, self.channels),
            self.lines.join(" "),
        );
        (text, vec![Some(usize::from(!self.time_first))])
    }
}

#[test]
fn random_causal_networks() {
    for seed in 1..120 {
        let mut net = Causal {
            layers: Vec::new(),
            lines: Vec::new(),
            channels: 2,
            frames: 12,
            time_first: true,
            random: Random(seed * 7919),
        };
        let axis = net.below(2);
        net.time_first = axis == 0;
        let length = 2 + net.below(5);
        (0..length).for_each(|_| net.grow());
        let steps = net.frames;
        let (text, along) = net.finish([2, 12], axis);
        let agrees = std::panic::catch_unwind(|| streams(&text, axis, &along, steps));
        assert!(agrees.is_ok(), "seed {seed}: {text}");
    }
}
