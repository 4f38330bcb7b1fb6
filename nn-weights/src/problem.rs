//! What keeps a file from fitting a network.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::Dtype;

/// A size that the reader of a file does not know: any size fits.
///
/// ```
/// use nn_weights::{ANY_SIZE, Archive, Dtype, Expected, Rules, Written, plan};
/// let bytes = nn_weights::safetensors::write(&[], vec![Written::new("fc.bias", Dtype::F32, &[2], [0.5, 1.0])]);
/// let plan = plan(&[Expected { name: "fc.bias", shape: &[ANY_SIZE] }], &Archive::read(&bytes)?, &Rules::new()).unwrap();
/// assert_eq!(plan.taken[0].shape.0, [2]);
/// # Ok::<(), nn_weights::FormatError>(())
/// ```
pub const ANY_SIZE: usize = usize::MAX;

/// The shape of a tensor, outermost size first. It prints as `[10, 84]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape(pub Vec<usize>);

impl Shape {
    /// The sizes other than 1.
    pub(crate) fn squeezed(&self) -> Shape {
        Shape(self.0.iter().copied().filter(|size| *size != 1).collect())
    }

    /// Whether a shape without [`ANY_SIZE`] is this one.
    pub(crate) fn admits(&self, found: &Shape) -> bool {
        let fits = |(own, found): (&usize, &usize)| *own == ANY_SIZE || own == found;
        self.0.len() == found.0.len() && self.0.iter().zip(&found.0).all(fits)
    }

    /// This shape with the sizes of another one, which differs in axes of size 1.
    pub(crate) fn filled(&self, found: &Shape) -> Shape {
        let mut found = found.0.iter().filter(|size| **size != 1);
        let fill = |own: &usize| if *own == 1 { 1 } else { found.next().copied().unwrap_or(*own) };
        Shape(self.0.iter().map(fill).collect())
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = |size: &usize| if *size == ANY_SIZE { "_".to_string() } else { size.to_string() };
        write!(f, "[{}]", self.0.iter().map(size).collect::<Vec<_>>().join(", "))
    }
}

/// A tensor whose name is near to that of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// Its name.
    pub name: String,
    /// Its shape.
    pub shape: Shape,
}

/// One reason why a file does not fit a network.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The file has no tensor for one of the network.
    #[error("`{name}` {shape} is missing{}", In("the file", nearest))]
    Missing {
        /// The name in the network.
        name: String,
        /// The shape in the network.
        shape: Shape,
        /// A tensor of the file that may be meant.
        nearest: Option<Nearest>,
    },
    /// The file has a tensor that the network has not.
    #[error("`{name}` {shape} is no tensor of the network{}", In("it", nearest))]
    Extra {
        /// The name in the file.
        name: String,
        /// The shape in the file.
        shape: Shape,
        /// A tensor of the network that may be meant.
        nearest: Option<Nearest>,
    },
    /// A tensor has another shape in the file than in the network.
    #[error("`{name}` is {found} in the file and {expected} in the network{}", Turned(name, axes, [found, expected]))]
    Misshapen {
        /// The name in the network.
        name: String,
        /// The shape in the network.
        expected: Shape,
        /// The shape in the file, its axes in the order that was asked for.
        found: Shape,
        /// The order of axes that would make one of the other.
        axes: Option<Vec<usize>>,
    },
    /// A tensor is of numbers that no network takes.
    #[error("`{name}` {shape} is of {found} in the file, and a network takes F16, BF16, F32 and F64")]
    Mistyped {
        /// The name in the network.
        name: String,
        /// The shape in the network.
        shape: Shape,
        /// The type in the file.
        found: Dtype,
    },
    /// A tensor holds numbers that are infinite or NaN, or would be as `f32`.
    #[error("`{name}` {shape} holds {} at {position:?}{}", Value(*value), Others(*count))]
    NotFinite {
        /// The name in the network.
        name: String,
        /// The shape in the network.
        shape: Shape,
        /// The first such number.
        value: f64,
        /// Its position in the network's order of axes.
        position: Vec<usize>,
        /// How many there are.
        count: usize,
    },
    /// Two tensors of the file have one name, or are given one by the rules.
    #[error("`{name}` is there twice{}", Renamed(name, sources))]
    Twice {
        /// The name.
        name: String,
        /// The names of both in the file.
        sources: [String; 2],
    },
    /// A pattern of the rules fits no tensor.
    #[error("no tensor fits `{pattern}`{}", Meant(nearest))]
    IdlePattern {
        /// The pattern.
        pattern: String,
        /// A name that may be meant.
        nearest: Option<String>,
    },
    /// No name in the file has a beginning that is to be renamed.
    #[error("no tensor of the file begins with `{beginning}`, which is to be renamed{}", Meant(nearest))]
    IdleRename {
        /// The beginning.
        beginning: String,
        /// A beginning that may be meant.
        nearest: Option<String>,
    },
    /// An order of axes is no order of a tensor's axes.
    #[error("`{name}` {shape} cannot be transposed by {axes:?}, which is no order of its axes")]
    NoOrder {
        /// The name in the network.
        name: String,
        /// The shape in the network.
        shape: Shape,
        /// What was given as the order of axes.
        axes: Vec<usize>,
    },
    /// The numbers of a tensor cannot be read.
    #[error("`{name}` cannot be read: {problem}")]
    Unreadable {
        /// The name in the network.
        name: String,
        /// What went wrong.
        problem: String,
    },
    /// Most names that are missing are there behind a beginning that all of them share, or without one.
    #[error(
        "the names differ by what they begin with: `.rename(\"{from}\", \"{to}\")` makes those of the file those of the network"
    )]
    Beginning {
        /// The beginning of the names in the file.
        from: String,
        /// That of the names in the network.
        to: String,
    },
    /// The network or the file has a part that the other has not: it may be left out.
    #[error("`.except(\"{part}\")` {}", LeftOut(*of_network, *count))]
    OtherPart {
        /// What the names of its tensors begin with.
        part: String,
        /// Whether it is one of the network, and not of the file.
        of_network: bool,
        /// The number of its tensors that do not fit.
        count: usize,
    },
}

impl Problem {
    /// The name of the tensor of the network that has it; nothing where it is one of the file alone, or of the rules.
    ///
    /// ```
    /// use nn_weights::{Problem, Shape};
    /// let missing = Problem::Missing { name: "fc.bias".into(), shape: Shape(vec![2]), nearest: None };
    /// assert_eq!(missing.of_network(), Some("fc.bias"));
    /// ```
    #[must_use]
    pub fn of_network(&self) -> Option<&str> {
        match self {
            Problem::Missing { name, .. }
            | Problem::Misshapen { name, .. }
            | Problem::Mistyped { name, .. }
            | Problem::NotFinite { name, .. }
            | Problem::NoOrder { name, .. }
            | Problem::Unreadable { name, .. } => Some(name),
            _ => None,
        }
    }
}

/// "; the file has `fc.weight` [8, 2]".
struct In<'a>(&'a str, &'a Option<Nearest>);

impl fmt::Display for In<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Some(Nearest { name, shape }) => write!(f, "; {} has `{name}` {shape}", self.0),
            None => Ok(()),
        }
    }
}

struct Turned<'a>(&'a str, &'a Option<Vec<usize>>, [&'a Shape; 2]);

impl fmt::Display for Turned<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Some(axes) => write!(f, ": it is transposed, which `.transpose(\"{}\", &{axes:?})` undoes", self.0),
            None if self.2[0].squeezed() == self.2[1].squeezed() => {
                f.write_str(": only axes of size 1 differ, which `.squeezed()` allows")
            }
            None => Ok(()),
        }
    }
}

struct Value(f64);

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_finite() { write!(f, "{:e}, too large for f32,", self.0) } else { self.0.fmt(f) }
    }
}

struct Others(usize);

impl fmt::Display for Others {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 | 1 => Ok(()),
            count => write!(f, ", the first of {count} numbers that are not finite"),
        }
    }
}

struct Renamed<'a>(&'a str, &'a [String; 2]);

impl fmt::Display for Renamed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Renamed(name, [a, b]) = self;
        if a == name && b == name { Ok(()) } else { write!(f, ": as `{a}` and as `{b}` in the file") }
    }
}

struct LeftOut(bool, usize);

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LeftOut(true, _) => f.write_str("leaves that part of the network as it is"),
            LeftOut(false, 1) => f.write_str("leaves out that tensor of the file"),
            LeftOut(false, count) => write!(f, "leaves out those {count} tensors of the file"),
        }
    }
}

struct Meant<'a>(&'a Option<String>);

impl fmt::Display for Meant<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, ": did you mean `{name}`?"),
            None => Ok(()),
        }
    }
}
