use nn_core::prelude::*;

network! {
    struct Net<In, Out> { fc: Linear(In -> Out) }
    fn forward(x: [In]) -> [Out] {
        fc(x)
    }
    loss = mse;
}

fn main() {
    let mut session = Net::<nn_core::typenum::U4, nn_core::typenum::U2, f32>::session(1);
    let _ = session.forward(&Tensor::zeros());
}
