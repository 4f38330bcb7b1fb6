// `y = weight · x + bias` with the mean squared error, as `network!` would write it; shared by tests and
// the examples in the documentation.

/// A line through points in a plane.
#[repr(C)]
pub struct Line {
    pub weight: nn_core::Tensor<(nn_core::typenum::U2,)>,
    pub bias: nn_core::Tensor<()>,
}

impl nn_core::private::Fields for Line {
    type Element = f32;
    const LEN: usize = 3;
}

impl nn_core::Compiled for Line {
    type Scalar = f32;
    type Params = Line;
    type Input = nn_core::Tensor<(nn_core::typenum::U2,)>;
    type Output = nn_core::Tensor<(nn_core::typenum::U1,)>;
    type Scratch = [f32; 0];

    const NAME: &'static str = "Line";
    const TILE: usize = 4;
    const MACS: usize = 2;
    const PARAMETERS: &'static [nn_core::Parameter] = &[
        nn_core::Parameter { name: "weight", shape: &[2], offset: 0 },
        nn_core::Parameter { name: "bias", shape: &[], offset: 2 },
    ];
    const LAYERS: &'static [nn_core::Layer] = &[];

    fn params(&self) -> &Line {
        self
    }
    fn params_mut(&mut self) -> &mut Line {
        self
    }
    fn initialise(&mut self, seed: u64) {
        nn_core::Init::Uniform(-0.5, 0.5).fill(self.weight.as_mut_slice(), seed, 0);
        nn_core::Init::Constant(0.0).fill(self.bias.as_mut_slice(), seed, 1);
    }
    fn forward_tile(
        &self,
        _: nn_core::private::InstructionSet,
        inputs: &[Self::Input],
        _: nn_core::private::Memory<'_, f32>,
        outputs: &mut [Self::Output],
    ) {
        for (x, y) in inputs.iter().zip(outputs) {
            y[[0]] = self.bias[[]] + self.weight[[0]] * x[[0]] + self.weight[[1]] * x[[1]];
        }
    }
}

impl nn_core::CompiledLoss for Line {
    type Target = nn_core::Tensor<(nn_core::typenum::U1,)>;
    type InputGradient = nn_core::Tensor<(nn_core::typenum::U2,)>;
    type TrainScratch = [f32; 1];
    type LossScratch = [f32; 0];

    const COEFFICIENTS: &'static [f64] = &[1.0];

    fn denominators(targets: &[Self::Target]) -> [f64; nn_core::private::MAX_TERMS] {
        [targets.len() as f64; nn_core::private::MAX_TERMS]
    }
    fn loss_tile(
        outputs: &[Self::Output],
        targets: &[Self::Target],
        _: nn_core::private::Memory<'_, f32>,
        sums: &mut [f64; nn_core::private::MAX_TERMS],
    ) {
        for (y, t) in outputs.iter().zip(targets) {
            sums[0] += f64::from((y[[0]] - t[[0]]).powi(2));
        }
    }
    fn gradient_tile(
        &self,
        pass: &nn_core::private::Pass<f32>,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        _: nn_core::private::Memory<'_, f32>,
        gradient: &mut Line,
        sums: &mut [f64; nn_core::private::MAX_TERMS],
    ) {
        if pass.first {
            *gradient = nn_core::private::zeroed();
        }
        for (x, t) in inputs.iter().zip(targets) {
            let y = self.bias[[]] + self.weight[[0]] * x[[0]] + self.weight[[1]] * x[[1]];
            let error = y - t[[0]];
            sums[0] += f64::from(error * error);
            let slope = 2.0 * error * pass.scale[0];
            gradient.weight[[0]] += slope * x[[0]];
            gradient.weight[[1]] += slope * x[[1]];
            gradient.bias[[]] += slope;
        }
    }
    fn input_gradient_tile(
        &self,
        pass: &nn_core::private::Pass<f32>,
        inputs: &[Self::Input],
        targets: &[Self::Target],
        _: nn_core::private::Memory<'_, f32>,
        gradients: &mut [Self::InputGradient],
        sums: &mut [f64; nn_core::private::MAX_TERMS],
    ) {
        for ((x, t), gradient) in inputs.iter().zip(targets).zip(gradients) {
            let y = self.bias[[]] + self.weight[[0]] * x[[0]] + self.weight[[1]] * x[[1]];
            let error = y - t[[0]];
            sums[0] += f64::from(error * error);
            let slope = 2.0 * error * pass.scale[0];
            gradient[[0]] = slope * self.weight[[0]];
            gradient[[1]] = slope * self.weight[[1]];
        }
    }
}

/// Points for which `y = 2 x0 - x1 + 0.5`.
pub fn points(count: usize) -> nn_core::data::Dataset<nn_core::Tensor<(nn_core::typenum::U2,)>, nn_core::Tensor<(nn_core::typenum::U1,)>> {
    let point = |at: usize| {
        let (a, b) = ((at * 7 % 11) as f32 / 11.0, (at * 5 % 13) as f32 / 13.0);
        (nn_core::Tensor::from([a, b]), nn_core::Tensor::from([2.0 * a - b + 0.5]))
    };
    (0..count).map(point).collect()
}
