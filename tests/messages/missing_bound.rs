use nn_core::prelude::*;

network! {
    pub struct Mlp<In, Out> { fc: Linear(In => Out) }
    fn forward(x: [In]) -> [Out] {
        fc(x)
    }
    loss = mse;
}

fn first<In, Out>(network: &Mlp<In, Out>) {}

fn main() {}
