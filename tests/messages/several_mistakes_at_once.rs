use nn_core::prelude::*;

network! {
    struct Net {
        a: Linear(4 => 8),
        b: Linaer(8 => 8),
        c: Linear(9 => 3),
        unused: Linear(2 => 2),
    }
    fn forward(x: [4]) -> [3] {
        let h = a(x).rlu();
        let g = c(a(x));
        g
    }
    loss = crossentropy;
}

fn main() {
    let mut session = Net::session(1);
    let y = session.forward(&Tensor::from([0.0; 4]));
    println!("{}", y[[0]]);
}
