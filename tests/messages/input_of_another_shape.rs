use nn_core::prelude::*;
use nn_core::typenum::U5;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
}

fn main() {
    let x = Tensor::<(U5,)>::zeros();
    let _ = Net::session(1).forward(&x);
}
