// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

/// All elements along one axis.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.flatten()
///
/// x: [..] -> y: [N]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3]) -> [6] {
///         x.flatten()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.900, -0.300, -1.400, 1.500, 0.400, -0.800]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// flatten: [6] is x: [2, 3]
/// d_flatten: [6] is d_x: [2, 3]
/// y[sample, i] = flatten[sample, i]
/// d_flatten[sample, i] = d_y[sample, i]
/// ```
pub mod flatten {}

/// Another shape of as many elements, in the same order.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.reshape(4, 4)
///
/// x: [..] -> y: [4, 4]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3]) -> [3, 2] {
///         x.reshape(3, 2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[0.900, -0.300], [-1.400, 1.500], [0.400, -0.800]]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// reshape: [3, 2] is x: [2, 3]
/// d_reshape: [3, 2] is d_x: [2, 3]
/// y[sample, i, j] = reshape[sample, i, j]
/// d_reshape[sample, i, j] = d_y[sample, i, j]
/// ```
#[doc(alias = "view")]
#[doc(alias = "resize")]
pub mod reshape {}

/// One more axis, of size 1.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.unsqueeze(axis)
///
/// x: [A, B] -> y: [1, A, B]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [3]) -> [1, 3] {
///         x.unsqueeze(0)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.9, -0.3, -1.4]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[0.900, -0.300, -1.400]]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// unsqueeze: [1, 3] is x: [3]
/// d_unsqueeze: [1, 3] is d_x: [3]
/// y[sample, i, j] = unsqueeze[sample, i, j]
/// d_unsqueeze[sample, i, j] = d_y[sample, i, j]
/// ```
#[doc(alias = "expand_dims")]
pub mod unsqueeze {}

/// One axis of size 1 less; without an argument, all of them.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.squeeze(axis)
///
/// x: [1, A, B] -> y: [A, B]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [1, 3]) -> [3] {
///         x.squeeze(0)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.9, -0.3, -1.4]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.900, -0.300, -1.400]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// squeeze: [3] is x: [1, 3]
/// d_squeeze: [3] is d_x: [1, 3]
/// y[sample, i] = squeeze[sample, i]
/// d_squeeze[sample, i] = d_y[sample, i]
/// ```
pub mod squeeze {}

/// Two or more tensors one behind the other along an axis.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// concat(a, b, axis = 0)
///
/// a: [M, ..], b: [N, ..] -> y: [M + N, ..]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(a: [2], b: [3]) -> [5] {
///         concat(a, b, axis = 0)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let a = Tensor::from([0.9, -0.3]);
/// let b = Tensor::from([-0.8, -1.9, 1.0]);
/// let y = session.forward(&NetInput { a, b });
/// assert_eq!(format!("{y:.3?}"), "[0.900, -0.300, -0.800, -1.900, 1.000]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, a] = a[sample, a]
/// y[sample, a + 2] = b[sample, a]
/// d_b[sample, a] = d_y[sample, a + 2]
/// d_a[sample, a] = d_y[sample, a]
/// ```
#[doc(alias = "cat")]
#[doc(alias = "concatenate")]
#[doc(alias = "hstack")]
#[doc(alias = "vstack")]
pub mod concat {}

/// Two or more tensors of one shape along a new axis.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// stack(a, b, axis = 0)
///
/// a: [..], b: [..] -> y: [2, ..]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(a: [2], b: [2]) -> [2, 2] {
///         stack(a, b, axis = 0)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let a = Tensor::from([0.9, -0.3]);
/// let b = Tensor::from([-0.8, -1.9]);
/// let y = session.forward(&NetInput { a, b });
/// assert_eq!(format!("{y:.3?}"), "[[0.900, -0.300], [-0.800, -1.900]]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, 0, a] = a[sample, a]
/// y[sample, 1, a] = b[sample, a]
/// d_b[sample, a] = d_y[sample, 1, a]
/// d_a[sample, a] = d_y[sample, 0, a]
/// ```
pub mod stack {}

/// A part of an axis: `length` places from `start` on.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.narrow(axis, start, length)
///
/// x: [N, ..] -> y: [length, ..]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [5]) -> [3] {
///         x.narrow(axis = 0, start = 1, length = 3)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.9, -0.3, -1.4, 1.5, 0.4]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[-0.300, -1.400, 1.500]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = x[sample, i + 1]
/// d_x[sample, i] = pad(d_y[sample, i - 1], 0)
/// ```
#[doc(alias = "slice")]
#[doc(alias = "split")]
#[doc(alias = "chunk")]
pub mod narrow {}

/// One place of an axis, which the result has no more.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.select(axis, index)
///
/// x: [N, ..] -> y: [..]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3]) -> [2] {
///         x.select(axis = 1, index = 2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[-1.400, -0.800]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = x[sample, i, 2]
/// d_x[sample, i, j] = 0
/// d_x[sample, i, 2] = d_y[sample, i]
/// ```
#[doc(alias = "index_select")]
#[doc(alias = "gather")]
pub mod select {}

/// Two axes change places.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.transpose(0, 1)
///
/// x: [A, B, ..] -> y: [B, A, ..]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3]) -> [3, 2] {
///         x.transpose(0, 1)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[0.900, 1.500], [-0.300, 0.400], [-1.400, -0.800]]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i, j] = x[sample, j, i]
/// d_x[sample, j, i] = d_y[sample, i, j]
/// ```
#[doc(alias = "swapaxes")]
pub mod transpose {}

/// All axes in another order.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.permute(2, 0, 1)
///
/// x: [A, B, C] -> y: [C, A, B]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3, 1]) -> [1, 2, 3] {
///         x.permute(2, 0, 1)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[[0.9], [-0.3], [-1.4]], [[1.5], [0.4], [-0.8]]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[[0.900, -0.300, -1.400], [1.500, 0.400, -0.800]]]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i, j, k] = x[sample, j, k, i]
/// d_x[sample, j, k, i] = d_y[sample, i, j, k]
/// ```
#[doc(alias = "moveaxis")]
pub mod permute {}

/// An axis from its end to its beginning.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.flip(axis = 0)
///
/// x: [..] -> y: [..]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4]) -> [4] {
///         x.flip(axis = 0)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.9, -0.3, -1.4, 1.5]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.500, -1.400, -0.300, 0.900]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = x[sample, -i + 3]
/// d_x[sample, i] = d_y[sample, -i + 3]
/// ```
#[doc(alias = "reverse")]
pub mod flip {}

/// So many copies along each axis, one behind the other.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.repeat(2, 1)
///
/// x: [A, B] -> y: [2*A, B]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 2]) -> [4, 2] {
///         x.repeat(2, 1)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.9, -0.3], [-1.4, 1.5]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.900, -0.300, -1.400, 1.500, 0.900, -0.300]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, a + 2*copy, b] = x[sample, a, b]
/// d_x[sample, a, b] = sum[copy](d_y[sample, a + 2*copy, b])
/// ```
#[doc(alias = "tile")]
#[doc(alias = "expand")]
pub mod repeat {}
