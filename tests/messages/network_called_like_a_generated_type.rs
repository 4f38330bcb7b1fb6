#![allow(non_camel_case_types)]
use nn_core::prelude::*;

network! {
    struct NetParams_fc { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
