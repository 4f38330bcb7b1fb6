// A network that is small enough to follow; shared by tests and the examples in the documentation.

nn_core::network! {
    /// `y = weight · x + bias`
    pub struct Line {
        fc: Linear(2 => 1),
    }
    fn forward(x: [2]) -> [1] {
        fc(x)
    }
    loss = mse;
}

/// Points for which `y = 2 x0 - x1 + 0.5`.
pub fn points(count: usize) -> nn_core::data::Dataset<nn_core::Tensor<(nn_core::typenum::U2,)>, nn_core::Tensor<(nn_core::typenum::U1,)>> {
    let point = |at: usize| {
        let (a, b) = ((at * 7 % 11) as f32 / 11.0, (at * 5 % 13) as f32 / 13.0);
        (nn_core::Tensor::from([a, b]), nn_core::Tensor::from([2.0 * a - b + 0.5]))
    };
    (0..count).map(point).collect()
}
