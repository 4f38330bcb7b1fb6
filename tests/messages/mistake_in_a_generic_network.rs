use nn_core::prelude::*;

network! {
    struct Net<In, Out> { fc: Linear(In -> Out) }
    fn forward(x: [In]) -> [Out] {
        fc(x)
    }
    loss = mse;
}

type Four = nn_core::typenum::U4;
type Two = nn_core::typenum::U2;

fn predict<In: nn_core::Dim, Out: nn_core::Dim>(net: &Net<In, Out>, x: &Tensor<(In,)>, y: &mut Tensor<(Out,)>)
where
    (In, Out): NetDims<In = In, Out = Out>,
{
    net.forward(x, &mut [nn_core::zeroed()], y);
}

fn main() {
    let mut session = Net::<Four, Two, f32>::session(1);
    let mut y = session.forward(&Tensor::<(Four,)>::from([1.0, 2.0, 3.0, 4.0])).clone();
    predict(&session.network, &Tensor::zeros(), &mut y);
    let _: [f32; 2] = [y[[0]], y[[1]]];
    let _: &NetParams<(Four, Two)> = &session.network.params;
    let data = Dataset::from_iter([(Tensor::<(Four,)>::zeros(), Tensor::<(Two,)>::zeros())]);
    Trainer::new(Adam::new(1e-3)).fit(&mut session, &data, &data).unwrap();
}
