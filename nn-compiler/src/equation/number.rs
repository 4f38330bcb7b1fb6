//! The types of the numbers in tensors.

use crate::shape::Dim;

/// The type of a tensor's elements in the workspace. Classes that users give lie in the samples, as `usize`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// The network's own: `f32` or `f64`.
    Float,
    /// A whole number below a bound, such as the position of a maximum.
    Position(Dim),
}

impl Number {
    /// The bytes of a float as places are planned: those of `f32`. A network of wider floats has a wider workspace, in
    /// which all places lie at the same number of floats.
    pub const FLOAT_BYTES: i64 = 4;

    /// The bytes of an element: for a position, of the least type that holds all below its bound.
    #[must_use]
    pub fn bytes(&self) -> i64 {
        match self {
            Number::Float => Self::FLOAT_BYTES,
            Number::Position(bound) => match bound.literal() {
                Some(..=0x100) => 1,
                Some(..=0x1_0000) => 2,
                _ => 4,
            },
        }
    }

    /// Whether it is a position.
    #[must_use]
    pub fn is_position(&self) -> bool {
        matches!(self, Number::Position(_))
    }
}

#[cfg(test)]
mod tests {
    use super::Number;
    use crate::shape::Dim;

    #[test]
    fn a_position_has_the_least_type_that_holds_it() {
        let bytes = |bound: i64| Number::Position(Dim::from(bound)).bytes();
        assert_eq!([1, 4, 256, 257, 65_536, 65_537].map(bytes), [1, 1, 1, 2, 2, 4]);
        // a size that the macro cannot see may be any
        assert_eq!(Number::Position(Dim::symbol("N")).bytes(), 4);
    }
}
