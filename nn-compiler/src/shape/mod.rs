//! Sizes: arithmetic on numbers, type parameters and the number of samples alike.

mod dim;

pub use dim::{Atom, Dim, Symbol, display_shape};
