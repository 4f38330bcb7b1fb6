// Logits of ten classes from 64 numbers, with the cross entropy, as `network!` would write it.

use nn_core::private::{Fields, InstructionSet, MAX_TERMS, Memory, Pass, zeroed};
use nn_core::typenum::{U10, U64};
use nn_core::{Compiled, CompiledLoss, Error, Init, Layer, Parameter, Tensor};

#[repr(C)]
pub struct DigitClassifier {
    weight: Tensor<(U10, U64)>,
    bias: Tensor<(U10,)>,
}

impl Fields for DigitClassifier {
    type Element = f32;
    const LEN: usize = 650;
}

impl DigitClassifier {
    fn logits(&self, input: &Tensor<(U64,)>) -> [f32; 10] {
        let rows = self.weight.as_slice().as_chunks::<64>().0;
        std::array::from_fn(|class| {
            let products = rows[class].iter().zip(input.as_slice()).map(|(w, x)| w * x);
            self.bias[[class]] + products.sum::<f32>()
        })
    }
}

/// The probabilities of the classes, and the loss.
fn cross_entropy(logits: [f32; 10], target: usize) -> ([f32; 10], f64) {
    let most = logits.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let powers = logits.map(|logit| (logit - most).exp());
    let sum: f32 = powers.iter().sum();
    (powers.map(|power| power / sum), f64::from(sum.ln() + most - logits[target]))
}

impl Compiled for DigitClassifier {
    type Scalar = f32;
    type Params = DigitClassifier;
    type Input = Tensor<(U64,)>;
    type Output = Tensor<(U10,)>;
    type Scratch = [f32; 0];

    const NAME: &'static str = "DigitClassifier";
    const TILE: usize = 16;
    const MACS: usize = 640;
    const PARAMETERS: &'static [Parameter] = &[
        Parameter { name: "weight", shape: &[10, 64], offset: 0 },
        Parameter { name: "bias", shape: &[10], offset: 640 },
    ];
    const LAYERS: &'static [Layer] = &[];

    fn params(&self) -> &Self {
        self
    }
    fn params_mut(&mut self) -> &mut Self {
        self
    }
    fn initialise(&mut self, seed: u64) {
        Init::Uniform(-0.125, 0.125).fill(self.weight.as_mut_slice(), seed, 0);
        Init::Uniform(-0.125, 0.125).fill(self.bias.as_mut_slice(), seed, 1);
    }
    fn forward_tile(
        &self,
        _: InstructionSet,
        inputs: &[Self::Input],
        _: Memory<'_, f32>,
        outputs: &mut [Self::Output],
    ) {
        for (input, output) in inputs.iter().zip(outputs) {
            *output = self.logits(input).into();
        }
    }
}

impl CompiledLoss for DigitClassifier {
    type Target = usize;
    type InputGradient = Tensor<(U64,)>;
    type TrainScratch = [f32; 10];
    type LossScratch = [f32; 0];

    const COEFFICIENTS: &'static [f64] = &[1.0];

    fn check_target(target: &usize, sample: usize) -> Result<(), Error> {
        if *target < 10 {
            return Ok(());
        }
        Err(Error::Class { what: "target", sample, found: *target, classes: 10 })
    }
    fn denominators(targets: &[usize]) -> [f64; MAX_TERMS] {
        [targets.len() as f64; MAX_TERMS]
    }
    fn loss_tile(outputs: &[Self::Output], targets: &[usize], _: Memory<'_, f32>, sums: &mut [f64; MAX_TERMS]) {
        for (output, target) in outputs.iter().zip(targets) {
            sums[0] += cross_entropy(std::array::from_fn(|class| output[[class]]), *target).1;
        }
    }
    fn gradient_tile(
        &self,
        pass: &Pass<f32>,
        inputs: &[Self::Input],
        targets: &[usize],
        _: Memory<'_, f32>,
        gradient: &mut Self,
        sums: &mut [f64; MAX_TERMS],
    ) {
        if pass.first {
            *gradient = zeroed();
        }
        for (input, target) in inputs.iter().zip(targets) {
            let (probabilities, loss) = cross_entropy(self.logits(input), *target);
            sums[0] += loss;
            let rows = gradient.weight.as_mut_slice().as_chunks_mut::<64>().0;
            for (class, row) in rows.iter_mut().enumerate() {
                let slope = pass.scale[0] * (probabilities[class] - f32::from(u8::from(class == *target)));
                gradient.bias[[class]] += slope;
                for (w, x) in row.iter_mut().zip(input.as_slice()) {
                    *w += slope * x;
                }
            }
        }
    }
    fn input_gradient_tile(
        &self,
        pass: &Pass<f32>,
        inputs: &[Self::Input],
        targets: &[usize],
        _: Memory<'_, f32>,
        gradients: &mut [Self::InputGradient],
        sums: &mut [f64; MAX_TERMS],
    ) {
        for ((input, target), gradient) in inputs.iter().zip(targets).zip(gradients) {
            let (probabilities, loss) = cross_entropy(self.logits(input), *target);
            sums[0] += loss;
            *gradient = zeroed();
            for (class, row) in self.weight.as_slice().as_chunks::<64>().0.iter().enumerate() {
                let slope = pass.scale[0] * (probabilities[class] - f32::from(u8::from(class == *target)));
                for (g, w) in gradient.as_mut_slice().iter_mut().zip(row) {
                    *g += slope * w;
                }
            }
        }
    }
}
