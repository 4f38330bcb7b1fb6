//! Positions: whole numbers that depend on indices.

use std::collections::HashMap;
use std::rc::Rc;

use super::ids::{ExpressionId, IndexId};
use crate::shape::Dim;

/// A whole number that depends on indices: `h*S + i - P`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Affine {
    /// The part that depends on no index.
    pub constant: Dim,
    /// The indices with their factors, sorted; no factor is zero.
    pub terms: Vec<(IndexId, Dim)>,
}

/// A position along one axis of a tensor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Position {
    /// Affine in the indices.
    Affine(Affine),
    /// Read from a tensor of indices.
    Gather(ExpressionId),
    /// Taken from a table that is known while compiling.
    Table(Table),
}

/// Positions that are known for every choice of the indices.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Table {
    /// All of them.
    pub values: Rc<[i64]>,
    /// Which one it is.
    pub at: Affine,
}

impl Affine {
    /// A constant.
    #[must_use]
    pub fn constant(constant: Dim) -> Self {
        Affine { constant, terms: Vec::new() }
    }

    /// An index alone.
    #[must_use]
    pub fn index(index: IndexId) -> Self {
        Affine { constant: Dim::default(), terms: vec![(index, Dim::from(1))] }
    }

    /// The index, if it is one alone.
    #[must_use]
    pub fn as_index(&self) -> Option<IndexId> {
        match self.terms.as_slice() {
            [(index, factor)] if factor.literal() == Some(1) && self.constant.literal() == Some(0) => Some(*index),
            _ => None,
        }
    }

    /// The indices it depends on.
    pub fn indices(&self) -> impl Iterator<Item = IndexId> + '_ {
        self.terms.iter().map(|(index, _)| *index)
    }

    /// The factor of an index; zero where it does not occur.
    #[must_use]
    pub fn factor(&self, index: IndexId) -> Dim {
        self.terms.iter().find(|(i, _)| *i == index).map(|(_, factor)| factor.clone()).unwrap_or_default()
    }

    /// The sum; `None` where it overflows.
    #[must_use]
    pub fn add(&self, other: &Self) -> Option<Self> {
        let mut terms = self.terms.clone();
        for (index, factor) in &other.terms {
            match terms.iter_mut().find(|(i, _)| i == index) {
                Some((_, sum)) => *sum = sum.add(factor)?,
                None => terms.push((*index, factor.clone())),
            }
        }
        terms.retain(|(_, factor)| factor.literal() != Some(0));
        terms.sort_by_key(|(index, _)| *index);
        Some(Affine { constant: self.constant.add(&other.constant)?, terms })
    }

    /// The product with a size; `None` where it overflows.
    #[must_use]
    pub fn scale(&self, by: &Dim) -> Option<Self> {
        if by.literal() == Some(0) {
            return Some(Affine::default());
        }
        let mut terms = Vec::with_capacity(self.terms.len());
        for (index, factor) in &self.terms {
            terms.push((*index, factor.multiply(by)?));
        }
        Some(Affine { constant: self.constant.multiply(by)?, terms })
    }

    /// The same with every index replaced; `None` where one is replaced by something not affine.
    #[must_use]
    pub fn substitute(&self, with: &HashMap<IndexId, Position>) -> Option<Position> {
        if let Some(index) = self.as_index() {
            return Some(with.get(&index).cloned().unwrap_or_else(|| Position::Affine(self.clone())));
        }
        let mut result = Affine::constant(self.constant.clone());
        for (index, factor) in &self.terms {
            let value = match with.get(index) {
                None => Affine::index(*index),
                Some(Position::Affine(affine)) => affine.clone(),
                Some(Position::Gather(_) | Position::Table(_)) => return None,
            };
            result = result.add(&value.scale(factor)?)?;
        }
        Some(Position::Affine(result))
    }
}

impl Position {
    /// An index alone.
    #[must_use]
    pub fn index(index: IndexId) -> Self {
        Position::Affine(Affine::index(index))
    }

    /// The index, if it is one alone.
    #[must_use]
    pub fn as_index(&self) -> Option<IndexId> {
        if let Position::Affine(affine) = self { affine.as_index() } else { None }
    }

    /// The indices it depends on directly; those below a gather are found by walking its expression.
    pub fn indices(&self) -> impl Iterator<Item = IndexId> + '_ {
        let affine = match self {
            Position::Affine(affine) | Position::Table(Table { at: affine, .. }) => Some(affine),
            Position::Gather(_) => None,
        };
        affine.into_iter().flat_map(Affine::indices)
    }
}

impl Table {
    /// The number of positions.
    #[must_use]
    pub fn extent(&self) -> Dim {
        Dim::from(i64::try_from(self.values.len()).unwrap_or(i64::MAX))
    }

    /// The positions as text; of many the first.
    #[must_use]
    pub fn text(&self) -> String {
        const SHOWN: usize = 8;
        let mut texts: Vec<String> = self.values.iter().take(SHOWN).map(ToString::to_string).collect();
        if self.values.len() > SHOWN {
            texts.push("…".into());
        }
        format!("[{}]", texts.join(", "))
    }
}
