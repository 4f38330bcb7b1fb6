// A stream that is small enough to follow, for the examples in the documentation.

nn_core::network! {
    /// Each output is a weighted sum of a frame and the one before it.
    #[stream(axis = 1)]
    pub struct Echo {
        conv: CausalConv1d(1 => 1, kernel = 2),
    }
    fn forward(x: [1, 20]) -> [1, 20] {
        conv(x)
    }
}
