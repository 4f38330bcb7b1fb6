// A network with all derivatives that is small enough to follow; shared by tests and the examples in the documentation.

nn_core::network! {
    /// `y = (weight · x + bias)²`
    #[derivatives(jvp, vjp, hvp, pullback)]
    pub struct Curve {
        fc: Linear(2 => 1),
    }
    fn forward(x: [2]) -> [1] {
        fc(x).sq()
    }
    loss = mse;
}
