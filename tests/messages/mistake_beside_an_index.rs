use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(5 => 4) }
    fn forward(class: index<4>) -> [4] {
        fc(class.one_hot())
    }
    loss = mse;
    fn one_hot(k: index<N>) -> y: [N] {
        y[i] = where(i == k, 1, 0);
    }
}

fn main() {
    let mut session = Net::session(1);
    println!("{:?}", session.forward(&3));
}
