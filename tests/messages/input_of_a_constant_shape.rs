use nn_core::prelude::*;
use nn_core::typenum::{U1, U28};

const SIDE: usize = 32;

network! {
    struct Net { fc: Linear(_ => 3) }
    fn forward(x: [1, SIDE, { SIDE + 1 - 1 }]) -> [3] {
        fc(x.flatten())
    }
}

fn main() {
    let image = Tensor::<(U1, U28, U28)>::zeros();
    Net::session(1).forward(&image);
}
