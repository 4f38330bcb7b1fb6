use nn_core::prelude::*;

network! {
    struct Net { fc: Mine(4 => 3) }
    layer Mine<In => Out>(x: [In]) -> y: [Out] {
        param weight: [Out, In] = 0;
        y[o] = sum[i](weight[i, o] * x[i]);
    }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
