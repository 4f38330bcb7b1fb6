//! The parameter tensors of a network.

/// A parameter tensor: its name, its shape, and its place in the flat view.
/// [`Compiled::PARAMETERS`](crate::Compiled::PARAMETERS) lists them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let network = Line::init(1);
/// for parameter in Line::PARAMETERS {
///     println!("{} {:?} {:?}", parameter.name, parameter.shape, &network.flat_params()[parameter.range()]);
/// }
/// assert_eq!(Line::PARAMETERS[1].name, "fc.bias");
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its path in the network, such as `fc1.weight`.
    pub name: &'static str,
    /// Its shape, outermost size first.
    pub shape: &'static [usize],
    /// The number of elements before it in the flat view.
    pub offset: usize,
}

impl Parameter {
    /// A parameter with `offset` elements before it.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, shape: &'static [usize], offset: usize) -> Self {
        Parameter { name, shape, offset }
    }

    /// The same tensor as a part of a larger network, under a longer name, with `before` elements before that part.
    ///
    /// # Panics
    /// While compiling, if the name does not end in the name that the tensor has here.
    #[doc(hidden)]
    #[must_use]
    pub const fn within(&self, name: &'static str, before: usize) -> Self {
        let (long, own) = (name.as_bytes(), self.name.as_bytes());
        let mut at = 0;
        while at < own.len() {
            let same = long.len() >= own.len() && long[long.len() - own.len() + at] == own[at];
            assert!(same, "the tensors of a network lie in another order where it is a layer");
            at += 1;
        }
        Parameter { name, shape: self.shape, offset: before + self.offset }
    }

    /// The number of elements.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// assert_eq!(Line::PARAMETERS[0].len(), 2);
    /// # }
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }

    /// Whether it has no element.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// assert!(!Line::PARAMETERS[0].is_empty());
    /// # }
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its place in the flat view.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// assert_eq!(Line::PARAMETERS[1].range(), 2..3);
    /// # }
    /// ```
    #[must_use]
    pub fn range(&self) -> core::ops::Range<usize> {
        self.offset..self.offset + self.len()
    }
}

impl Parameter {
    /// The first element and the number of elements, for constants.
    pub(crate) const fn place(&self) -> (usize, usize) {
        let (mut axis, mut len) = (0, 1);
        while axis < self.shape.len() {
            len *= self.shape[axis];
            axis += 1;
        }
        (self.offset, len)
    }
}

/// Checks a table against the flat view of `len` elements: each tensor begins where the one before ends, and the last
/// one ends the view.
///
/// # Panics
/// While compiling, if it does not.
pub(crate) const fn check_table(table: &[Parameter], len: usize) {
    let (mut at, mut end) = (0, 0);
    while at < table.len() {
        assert!(table[at].offset == end, "the tensors of a network lie in another order than its table says");
        let mut axis = 0;
        let mut own = 1;
        while axis < table[at].shape.len() {
            own *= table[at].shape[axis];
            axis += 1;
        }
        end += own;
        at += 1;
    }
    assert!(end == len, "the table of a network's tensors leaves some of them out");
}
