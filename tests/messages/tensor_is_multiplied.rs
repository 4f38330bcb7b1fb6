use nn_core::prelude::*;


fn main() {
    let a = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
    let b: Tensor![2, 2] = a.matmul(&a);
    println!("{b}");
}
