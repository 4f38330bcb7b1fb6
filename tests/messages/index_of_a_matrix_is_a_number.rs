use nn_core::prelude::*;


fn main() {
    let t = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
    println!("{}", t[1] + 1.0_f32);
}
