//! Methods that other libraries have and this one has not. Whoever calls one is told what to write instead: its bound is
//! never met, and rustc shows the bound's message.

#[cfg(feature = "alloc")]
use crate::networks::{Compiled, Session};
use crate::tensors::{Element, Shape, Tensor};
#[cfg(feature = "std")]
use crate::{networks::Train, training::optim::Optimizer, training::train::Trainer};

/// The type for which the bounds are met, so that rustc does not advise to implement them. It has no value.
#[allow(dead_code)]
#[derive(Debug)]
pub enum Nobody {}

/// The bound of `Net::default`, which `network!` writes. The lifetime keeps rustc from checking it where it is declared.
#[diagnostic::on_unimplemented(
    message = "a network is made from a seed, with `session` or `init`",
    label = "this does not exist here",
    note = "write `let mut session = Net::session(42);`, which can predict and be trained, or `Net::init(42)` for the network alone"
)]
pub trait NewNetwork<'a> {}
#[diagnostic::do_not_recommend]
impl NewNetwork<'_> for Nobody {}

macro_rules! absent {
    ($($name:ident: $message:literal, $note:literal;)*) => {$(
        #[diagnostic::on_unimplemented(message = $message, label = "this does not exist here", note = $note)]
        pub trait $name {}
        #[diagnostic::do_not_recommend]
        impl $name for Nobody {}
    )*};
}

#[cfg(feature = "alloc")]
absent! {
    Backward: "there is no `backward`: the gradient is a function of its own, which `network!` derives",
        "`Trainer::new(Adam::new(0.01)).fit(&mut session, &data, None)?` trains; `network.gradient(…)` computes one gradient";
    ZeroGrad: "there is no `zero_grad`: each gradient is computed anew, and nothing accumulates between two steps",
        "leave the call out";
    Mode: "there is no mode of training: `forward` predicts, and `fit` and `gradient` train",
        "leave the call out: dropout and batch norms behave as they should in each of them";
    StateDict: "there is no `state_dict`: a network saves itself",
        "`session.network.save(\"net.safetensors\")?` saves it, and `Net::load(\"net.safetensors\")?` loads it";
    Parameters: "there is no `parameters()`: all parameters are one slice, and each tensor is a field",
        "`session.network.flat_params()` has all, `session.network.params.layer.weight` those of one layer";
    Predict: "there is no `predict`: it is called `forward`",
        "`session.forward(&x)` predicts one sample, `session.forward_batch(&inputs, &mut outputs)?` many";
    LossOfSession: "the losses and gradients of a session are those of its network",
        "write `session.network.loss(…)` or `session.network.gradient(…)`; `session.steps(Sgd::new(0.1), 32)` trains step by step";
}

absent! {
    Operation: "a tensor holds numbers, and has no operations: these are written in `network!`",
        "in `forward` it is `x.reshape(4, 4)`, `x.flatten()`, `concat(x, y)`; a product of matrices is a `Linear` layer or a formula such as `y[i] = sum[j](a[i, j] * b[j])`";
}

#[cfg(feature = "std")]
absent! {
    LearningRate: "the learning rate belongs to the optimiser",
        "write `Trainer::new(Adam::new(0.001))`; `schedule` changes it from step to step";
    LossOfTrainer: "the loss belongs to the network",
        "write `loss = mse;` or `loss = cross_entropy;` in `network!`";
}

/// Nobody can call this.
fn absent() -> ! {
    unreachable!("the bound of this method is never met")
}

#[cfg(feature = "alloc")]
#[doc(hidden)]
#[allow(clippy::unused_self)]
impl<N: Compiled> Session<N> {
    pub fn backward(&mut self)
    where
        N: Backward,
    {
        absent()
    }
    pub fn zero_grad(&mut self)
    where
        N: ZeroGrad,
    {
        absent()
    }
    pub fn train(&mut self)
    where
        N: Mode,
    {
        absent()
    }
    pub fn eval(&mut self)
    where
        N: Mode,
    {
        absent()
    }
    pub fn state_dict(&self)
    where
        N: StateDict,
    {
        absent()
    }
    pub fn parameters(&self)
    where
        N: Parameters,
    {
        absent()
    }
    pub fn loss<X, Y>(&self, _: X, _: Y)
    where
        N: LossOfSession,
    {
        absent()
    }
    pub fn gradient<X, Y>(&mut self, _: X, _: Y)
    where
        N: LossOfSession,
    {
        absent()
    }
    pub fn predict<X>(&mut self, _: X)
    where
        N: Predict,
    {
        absent()
    }
}

#[doc(hidden)]
#[allow(clippy::unused_self, clippy::missing_panics_doc)]
impl<S: Shape, T: Element> Tensor<S, T> {
    pub fn view<X: Operation>(&self, _: X) -> Self {
        absent()
    }
    pub fn reshape<X: Operation>(&self, _: X) -> Self {
        absent()
    }
    pub fn matmul<X: Operation>(&self, _: X) -> Self {
        absent()
    }
}

#[cfg(feature = "std")]
#[doc(hidden)]
#[allow(clippy::missing_panics_doc)]
impl<N: Train, O: Optimizer<N::Scalar>> Trainer<'_, N, O> {
    pub fn learning_rate<X: LearningRate>(self, _: X) -> Self {
        absent()
    }
    pub fn lr<X: LearningRate>(self, _: X) -> Self {
        absent()
    }
    pub fn loss<X: LossOfTrainer>(self, _: X) -> Self {
        absent()
    }
}
