use nn_core::prelude::*;

network! {
    struct Net<T> { fc: Linear(T => T) }
    fn forward(x: [T]) -> [T] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
