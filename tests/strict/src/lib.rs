//! A crate under the strictest lints that declares networks and trains them.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, clippy::all, clippy::pedantic)]

use nn::prelude::*;

network! {
    /// One input, one output, sizes that are numbers.
    #[allow(clippy::doc_markdown)]
    pub struct Plain {
        /// The first layer.
        fc1: Linear(4 => 6),
        fc2: Linear(6 => 3, bias = false),
    }
    fn forward(x: [4]) -> [3] {
        fc2(fc1(x).gelu().dropout(0.25))
    }
    loss = cross_entropy;
}

network! {
    /// Sizes that are type parameters.
    pub struct Generic<In, Hidden, Out> {
        fc1: Linear(In => Hidden),
        fc2: Linear(Hidden => Out),
    }
    fn forward(x: [In]) -> [Out] {
        fc2(fc1(x).tanh())
    }
    loss = mse;
}

/// A size of the program.
pub const WIDTH: usize = 6;
type Narrow = nn::typenum::U3;

network! {
    /// Sizes that are constants, constant expressions, types and parameters with a default.
    pub struct Constant<In, Out = { WIDTH.pow(2) / 9 }> {
        fc1: Linear(In => WIDTH),
        fc2: Linear(6 => { WIDTH.next_power_of_two() }),
        fc3: Linear(8 => 2 * Narrow + WIDTH),
        fc4: Linear(_ => Out),
    }
    fn forward(x: [In]) -> [Out] {
        let x = fc2(fc1(x).tanh());
        fc4(fc3(x))
    }
    loss = mse;
}

network! {
    /// The same without type parameters, where the conditions on sizes are checked at once.
    pub struct Fixed {
        fc1: Linear(WIDTH => crate::WIDTH),
        fc2: Linear(6 => Narrow),
    }
    fn forward(x: [WIDTH]) -> [Narrow] {
        fc2(fc1(x).tanh())
    }
    loss = mse;
}

network! {
    /// Batch norms in an array of layers, and a state.
    #[layer]
    #[folded(Folded)]
    pub struct Deep {
        /// The layers in the middle.
        #[checkpoint]
        blocks: [Block(4); 3],
        norm: BatchNorm1d(4),
    }
    layer Block<N>(x: [N]) -> y: [N] {
        fc: Linear(N => N, bias = false),
        norm: BatchNorm1d(N),
        y = x + norm(fc(x)).relu();
    }
    fn forward(x: [4]) -> [4] {
        norm(blocks(x))
    }
    loss = mse;
}

network! {
    use crate::Deep;
    /// A network in a network.
    pub struct Headed {
        body: Deep,
        head: Linear(4 => 2),
    }
    fn forward(x: [4]) -> [2] {
        head(body(x))
    }
    loss = cross_entropy;
}

network! {
    /// Several inputs, outputs, targets and terms; a size that typenum has no name for.
    pub struct Many {
        wide: Linear(3 => 1030),
        a: Linear(1030 => 2),
        b: Linear(1032 => 5),
    }
    layer Scaled(x: [N]) -> y: [N] {
        param scale: [N] = ones;
        y[n] = scale[n] * x[n];
    }
    fn forward(x: [3], z: [2]) -> (left: [2], right: [5]) {
        let h = wide(x).relu();
        (a(h), b(concat(h, z)))
    }
    loss(t: [2], class: index<5>) = mse(left, t) + 0.5 * cross_entropy(right, class);
}

network! {
    /// Runs over time.
    #[stream]
    pub struct Running {
        /// Its memory.
        gru: GRU(3 => 4),
        /// What it has heard.
        words: Embedding(3 => 3),
        /// Its echo.
        conv: CausalConv1d(4 => 2, kernel = 3),
    }
    fn forward(x: [10, 3], word: index<3>[10]) -> (y: [10, 4], z: [2, 10]) {
        let (y, _) = gru(x + words(word));
        (y, conv(y.transpose(0, 1)))
    }
}

network! {
    /// A picture in, a picture out.
    struct Picture {
        conv: Conv2d(1 => 2, kernel = 3, padding = 1),
    }
    fn forward(x: [1, 6, 6]) -> [2, 3, 3] {
        conv(x).max_pool2d(2).sigmoid()
    }
    loss = mse;
}

/// Types that are called like those of Rust, beside networks that need the latter.
#[allow(non_camel_case_types)]
pub mod shadowed {
    use nn::prelude::*;

    macro_rules! shadow {
        ($($name:ident)*) => {$(
            /// Not the type of this name.
            pub struct $name;
        )*};
    }
    shadow!(bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize Option Some Clone Debug Default);

    network! {
        /// Several inputs and targets, a class, a batch norm, an array of layers. Two lints are silenced.
        #[allow(nn::linear_after_linear, nn::bias_before_batch_norm)]
        pub struct Shadowed {
            fc: Linear(4 => 6),
            norm: BatchNorm1d(6),
            blocks: [Linear(6 => 6); 2],
            head: Linear(6 => 3),
            words: Lookup(5 => 3),
        }
        layer Lookup<V => N>(i: index<V>) -> y: [N] {
            param weight: [V, N] = normal(0, 1);
            y[n] = weight[i, n];
        }
        fn forward(x: [4], word: index<5>) -> (y: [3], z: [6]) {
            let h = blocks(norm(fc(x).dropout(0.5)));
            (head(h) + words(word), h)
        }
        loss(class: index<3>, t: [6]) = cross_entropy(y, class) + mse(z, t);
    }

    network! {
        /// A size that is a type parameter.
        pub struct AnySize<N> {
            fc: Linear(N => 2),
        }
        fn forward(x: [N]) -> [2] {
            fc(x)
        }
        loss = mse;
    }
}

/// Networks inside of a macro of the user, of which some things are never used.
mod unused {
    use nn::prelude::*;

    macro_rules! networks {
        ($($name:ident)*) => {$(
            network! {
                /// Its visibility stands in the macro: what is emitted with it counts as the user's code.
                pub struct $name { fc: Linear(4 => 2) }
                fn forward(x: [4]) -> [2] { fc(x) }
                loss = mse;
            }
        )*};
    }
    networks!(First Second Third);

    /// Uses one of them, but neither `init` nor `session`.
    pub(super) fn parameters() -> usize {
        First::PARAMS + Second::PARAMS + Third::PARAMS
    }
}

/// How many parameters some small networks have together.
#[must_use]
pub fn parameters() -> usize {
    unused::parameters()
}

/// Trains a network for some steps and answers the loss before and behind.
///
/// # Errors
/// Where the samples do not fit the network.
pub fn losses() -> Result<(f32, f32), Error> {
    let mut network = Picture::init(1);
    let (inputs, targets) = ([Tensor::filled(0.5)], [Tensor::filled(0.9)]);
    let mut workspace = nn::train_workspace::<Picture>();
    let mut gradient = nn::zero_gradient::<Picture>();
    let sgd = Sgd::new(0.5);
    let mut state = sgd.state();
    let before = network.loss(&inputs, &targets, &mut workspace)?;
    for step in 0..20 {
        network.gradient(&inputs, &targets, Draw::new(0, step), &mut workspace, &mut gradient)?;
        sgd.step(&mut network.params, &gradient, &mut state, 1.0)?;
    }
    Ok((before, network.loss(&inputs, &targets, &mut workspace)?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_loss_falls() {
        let (before, behind) = super::losses().expect("the samples fit");
        assert!(behind < 0.5 * before, "{before} {behind}");
    }
}
