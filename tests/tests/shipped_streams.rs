//! Streams that others have trained and shipped: RNNoise and Silero VAD, whole and frame by frame, with carried state; with
//! weights that are read, and with those that lie in the program.

use nn_core::prelude::*;
use nn_core::{Plain, Stream};
use tests::numbers::{difference, difference_by};
use tests::published::load;
use tests::tensors::{self, example_data, reference};
use tests::training::Report;

network! {
    /// RNNoise: 42 features of a frame to the gains of 22 bands and the probability of a voice.
    #[stream]
    struct RnNoise {
        input_dense: Linear(42 => 24),
        vad_gru: NoiseGru(24 => 24),
        noise_gru: NoiseGru(90 => 48),
        denoise_gru: NoiseGru(114 => 96),
        denoise_output: Linear(96 => 22),
        vad_output: Linear(24 => 1),
    }

    /// Its gated unit: the candidate is a ReLU, and the gates are update, reset, candidate.
    layer NoiseGru<In => H>(x: [T, In]) -> (y: [T, H], s: [H]) {
        param weight_ih: [3*H, In] = uniform(0.1);
        param weight_hh: [3*H, H] = uniform(0.1);
        param bias: [3*H] = zeros;
        a[t, g] = bias[g] + sum[i](weight_ih[g, i] * x[t, i]);
        scan t: T {
            carry s: [H] = zeros;
            u[g: 2, j: H] = a[t, g*H + j] + sum[k](weight_hh[g*H + j, k] * s[k]);
            z[j] = sigmoid(u[0, j]);
            r[j] = sigmoid(u[1, j]);
            h[j: H] = relu(a[t, 2*H + j] + sum[k](weight_hh[2*H + j, k] * (r[k] * s[k])));
            out[j] = z[j] * s[j] + (1 - z[j]) * h[j];
            next s = out;
            y[t, j] = out[j];
        }
    }

    fn forward(x: [32, 42]) -> (gains: [32, 22], voice: [32, 1], states: [168]) {
        let d = input_dense(x).tanh();
        let (v, a) = vad_gru(d);
        let (n, b) = noise_gru(concat(d, v, x, axis = 1));
        let (f, c) = denoise_gru(concat(v, n, x, axis = 1));
        (denoise_output(f).sigmoid(), vad_output(v).sigmoid(), concat(a, b, c))
    }

    weights = "../examples/data/rnnoise/weights.safetensors";
}

network! {
    /// Silero VAD at 16 kHz: 576 samples of sound, of which 64 are those of the frame before, to the probability of a voice.
    #[stream]
    struct SileroVad {
        stft_conv: Conv2d(1 => 258, kernel = (1, 256), stride = (1, 128), bias = false),
        conv1: Conv2d(129 => 128, kernel = (1, 3), padding = (0, 1)),
        conv2: Conv2d(128 => 64, kernel = (1, 3), stride = (1, 2), padding = (0, 1)),
        conv3: Conv2d(64 => 64, kernel = (1, 3), stride = (1, 2), padding = (0, 1)),
        conv4: Conv2d(64 => 128, kernel = (1, 3), padding = (0, 1)),
        lstm: LSTM(128 => 128),
        last: Linear(128 => 1),
    }

    fn forward(x: [31, 576]) -> (voice: [31, 1], h: [128], c: [128]) {
        let y = stft_conv(x.pad1d(right = 64, mode = reflect).unsqueeze(0));
        let magnitude = sqrt(sq(y.narrow(0, 0, 129)) + sq(y.narrow(0, 129, 129)));
        let y = conv4(conv3(conv2(conv1(magnitude).relu()).relu()).relu()).relu();
        let (y, h, c) = lstm(y.squeeze(2).transpose(0, 1));
        (last(y.relu()).sigmoid(), h, c)
    }

    weights = "../examples/data/silero-vad/weights.safetensors"
        .squeezed()
        .rename("lstm_cell.weight_ih", "lstm.weight_ih_l0")
        .rename("lstm_cell.weight_hh", "lstm.weight_hh_l0")
        .rename("lstm_cell.bias_ih", "lstm.bias_ih_l0")
        .rename("lstm_cell.bias_hh", "lstm.bias_hh_l0")
        .rename("final_conv", "last");
}

/// The names of the tensors of Silero VAD in its file.
fn silero_name(name: &str) -> String {
    match name.rsplit_once('.') {
        Some(("lstm", tensor)) => format!("lstm_cell.{}", tensor.trim_end_matches("_l0")),
        Some(("last", tensor)) => format!("final_conv.{tensor}"),
        _ => name.to_string(),
    }
}

/// A tensor of numbers from a file.
fn tensor<P: Plain<Element: Scalar>>(numbers: &[f64]) -> P {
    let mut tensor = P::zeroed();
    assert_eq!(tensor.flat().len(), numbers.len());
    tensor.flat_mut().iter_mut().zip(numbers).for_each(|(to, from)| *to = P::Element::from_f64(*from));
    tensor
}

fn numbers<P: Plain<Element: Scalar>>(of: &P) -> Vec<f64> {
    of.flat().iter().map(|number| number.to_f64()).collect()
}

/// The differences that a type of numbers is allowed from references in `f64`, or in a runtime's `f32`.
fn tolerance<T: Scalar>(precise: f64) -> f64 {
    if T::from_f64(1.0).epsilon().to_f64() < 1e-10 { precise } else { 1e-4 }
}

/// What a stream gives for all frames, as rows of numbers, and what it has handed on at the end.
fn steps<N>(stream: &mut Stream<'_, N>, frames: &[f64]) -> Vec<Vec<f64>>
where
    N: CompiledStream<Frame: Plain<Element = <N as Compiled>::Scalar>>,
{
    let frames = frames.chunks(N::Frame::LEN);
    frames.map(|frame| numbers(stream.step(&tensor::<N::Frame>(frame)))).collect()
}

fn loaded<N: Network>(folder: &str, renamed: fn(&str) -> String) -> Box<N> {
    load(&tensors::read(&example_data(folder).join("weights.safetensors")).unwrap(), renamed)
}

fn rnnoise<T: Scalar>(network: &RnNoise<T>) {
    let io = tensors::read(&reference("embed/rnnoise").join("io.safetensors")).unwrap();
    let mut report = Report::new(tolerance::<T>(1e-12));

    let mut session = Session::new(network.to_box());
    let whole = session.forward(&tensor(&io["features"]));
    report.note("the gains", difference_by(&numbers(&whole.gains), &io["gains_f64"], 1.0));
    report.note("the voice", difference_by(&numbers(&whole.voice), &io["vad_f64"], 1.0));
    let last = &io["states_f64"][31 * 168..];
    report.note("the states", difference_by(&numbers(&whole.states), last, 1.0));

    let rows = steps(&mut network.stream(), &io["features"]);
    for (at, row) in rows.iter().enumerate() {
        let expected =
            [&io["gains_f64"][at * 22..][..22], &io["vad_f64"][at..=at], &io["states_f64"][at * 168..][..168]];
        report.note("a frame of the stream", difference_by(row, &expected.concat(), 1.0));
    }
    report.finish("RNNoise");
}

fn silero<T: Scalar>(network: &SileroVad<T>) {
    let io = tensors::read(&reference("embed/silero-vad-16k").join("io.safetensors")).unwrap();
    let mut report = Report::new(tolerance::<T>(5e-6));

    let mut session = Session::new(network.to_box());
    let whole = session.forward(&tensor(&io["frames"]));
    report.note("the probabilities", difference_by(&numbers(&whole.voice), &io["prob"], 1.0));
    report.note("the probabilities in f64", difference_by(&numbers(&whole.voice), &io["prob_f64"], 1.0));
    // cells have no bound
    report.note("the state", difference(&numbers(&whole.h), &io["state_h"][30 * 128..]));
    report.note("the cells", difference(&numbers(&whole.c), &io["state_c"][30 * 128..]));

    let rows = steps(&mut network.stream(), &io["frames"]);
    for (at, row) in rows.iter().enumerate() {
        report.note("the stream", difference_by(&row[..1], &io["prob"][at..=at], 1.0));
        report.note("the stream's state", difference(&row[1..129], &io["state_h"][at * 128..][..128]));
        report.note("the stream's cells", difference(&row[129..], &io["state_c"][at * 128..][..128]));
    }
    report.finish("Silero VAD");
}

#[test]
fn rnnoise_in_f64() {
    rnnoise::<f64>(&loaded("rnnoise", str::to_string));
}

#[test]
fn rnnoise_in_f32() {
    let network: Box<RnNoise> = loaded("rnnoise", str::to_string);
    rnnoise(&*network);
    assert_eq!(network.flat_params(), RnNoise::trained().flat_params());
    rnnoise(RnNoise::trained());
}

#[test]
fn silero_vad_in_f64() {
    silero::<f64>(&loaded("silero-vad", silero_name));
}

#[test]
fn silero_vad_in_f32() {
    let network: Box<SileroVad> = loaded("silero-vad", silero_name);
    silero(&*network);
    assert_eq!(network.flat_params(), SileroVad::trained().flat_params());
    silero(SileroVad::trained());
}
