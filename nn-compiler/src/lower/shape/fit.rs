//! The axes of a tensor that the entries of a declared shape stand for: `[.., N, P..]`.

use std::ops::Range;

use crate::lower::environment::Environment;
use crate::syntax::ast::{Expression, ExpressionKind, SizeItem};

/// Why a declared shape cannot stand for a tensor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) enum Misfit {
    /// It has too few or too many axes.
    Rank,
    /// There is no axis of this number.
    Axis(i64),
    /// Nothing says where this rest ends.
    Open(String),
}

/// The axes of each entry of a shape, for a tensor with a number of axes.
pub(in crate::lower) fn layout(
    shape: &[SizeItem],
    rank: usize,
    environment: &Environment,
) -> Result<Vec<Range<usize>>, Misfit> {
    let lengths = match given_axis(shape, environment) {
        None => lengths(shape, rank, environment)?,
        Some((at, number)) => {
            let from_end = if number < 0 { i64::try_from(rank).unwrap_or(i64::MAX) } else { 0 };
            let axis = usize::try_from(number + from_end).ok().filter(|axis| *axis < rank);
            let axis = axis.ok_or(Misfit::Axis(number))?;
            let before = lengths(&shape[..at], axis, environment)?;
            let behind = lengths(&shape[at + 1..], rank - axis - 1, environment)?;
            [before, vec![1], behind].concat()
        }
    };
    let mut end = 0;
    let ranges = lengths.into_iter().map(|length| {
        end += length;
        end - length..end
    });
    Ok(ranges.collect())
}

/// The entry whose axis was given by an argument, and that axis.
fn given_axis(shape: &[SizeItem], environment: &Environment) -> Option<(usize, i64)> {
    shape.iter().enumerate().find_map(|(at, item)| match item {
        SizeItem::Size(Expression { kind: ExpressionKind::Name(name), .. }) => {
            environment.axes.get(&name.to_string()).map(|axis| (at, *axis))
        }
        _ => None,
    })
}

/// The number of axes of each entry.
fn lengths(shape: &[SizeItem], rank: usize, environment: &Environment) -> Result<Vec<usize>, Misfit> {
    let rests: Vec<String> = shape
        .iter()
        .filter_map(|item| if let SizeItem::Rest(rest) = item { Some(rest.text()) } else { None })
        .collect();
    // a single rest takes the axes that the others leave; whether it agrees with its other uses is checked later
    let open: Vec<&String> = match rests.as_slice() {
        [one] => vec![one],
        many => many.iter().filter(|text| !environment.rests.contains_key(*text)).collect(),
    };
    if let [_, second, ..] = open.as_slice() {
        return Err(Misfit::Open((*second).clone()));
    }
    let known = |item: &SizeItem| match item {
        SizeItem::Size(_) => Some(1),
        SizeItem::Rest(rest) if open.contains(&&rest.text()) => None,
        SizeItem::Rest(rest) => environment.rests.get(&rest.text()).map(Vec::len),
    };
    let taken: usize = shape.iter().filter_map(known).sum();
    let left = rank.checked_sub(taken).filter(|left| *left == 0 || !open.is_empty()).ok_or(Misfit::Rank)?;
    Ok(shape.iter().map(|item| known(item).unwrap_or(left)).collect())
}
