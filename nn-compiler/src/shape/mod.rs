//! Sizes: arithmetic on numbers, constants, type parameters and the number of samples alike.

mod bounds;
mod dim;
mod display;
mod symbols;

pub use dim::{Atom, Dim, Symbol};
pub use display::display_shape;
