use nn_core::prelude::*;

formulas! {
    mod acts {
        fn mine(x) = x *;
    }
}

fn main() {}
