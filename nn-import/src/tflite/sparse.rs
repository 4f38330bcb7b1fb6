//! Stored tensors of which zeros are left out.
//!
//! The axes are stored in an order of their own, perhaps with axes of blocks behind them. An axis has all its places, or for
//! each place of the axes in front of it the list of places that are stored.

use super::fields::{list, sparse_axis, sparsity};
use super::flat::{Flat, Table};
use crate::constant::strides;

/// The most elements of a dense tensor, for each that is stored: a damaged file can say any size.
const LARGEST: usize = 64;

/// An axis as it is stored.
enum Axis {
    All(usize),
    Some { segments: Vec<usize>, indices: Vec<usize> },
}

impl Axis {
    /// Whether it is one of so many places: all of them, or lists that lie one behind the other, so that no element is read
    /// twice.
    fn fits(&self, places: Option<usize>) -> bool {
        match self {
            Axis::All(size) => places == Some(*size),
            Axis::Some { segments, indices } => {
                segments.is_sorted() && segments.last().is_none_or(|last| *last <= indices.len())
            }
        }
    }
}

/// What is known while the stored elements are put in their places.
struct Places<'a> {
    axes: Vec<Axis>,
    /// The distance in the dense tensor between two places of each stored axis.
    distances: Vec<usize>,
    stored: &'a [f64],
    dense: Vec<f64>,
}

fn text(error: crate::error::ImportError) -> String {
    error.to_string()
}

/// The elements with the zeros.
pub(super) fn dense(flat: &Flat<'_>, table: Table, shape: &[usize], stored: &[f64]) -> Result<Vec<f64>, String> {
    let whole = |list: Option<Vec<i32>>| -> Result<Vec<usize>, String> {
        let list = list.unwrap_or_default();
        list.into_iter().map(|one| usize::try_from(one).map_err(|_| "its sparsity is damaged".to_string())).collect()
    };
    let order = whole(flat.i32s(table, sparsity::ORDER).map_err(text)?)?;
    let blocks = whole(flat.i32s(table, sparsity::BLOCKS).map_err(text)?)?;
    let axes: Vec<Axis> = flat
        .tables(table, sparsity::AXES)
        .map_err(text)?
        .into_iter()
        .map(|one| axis(flat, one))
        .collect::<Result<_, _>>()?;
    let rank = shape.len();
    let count = shape.iter().try_fold(1usize, |count, size| count.checked_mul(*size));
    let count = count.filter(|count| *count <= stored.len().saturating_mul(LARGEST).saturating_add(1 << 16));
    let count = count.ok_or("it is much larger than what is stored of it")?;
    let damaged = || "its sparsity is damaged".to_string();
    let mut sorted = order.clone();
    sorted.sort_unstable();
    let is_order = sorted.iter().copied().eq(0..axes.len());
    if !is_order || axes.len() != rank + blocks.len() || blocks.len() > rank {
        return Err(damaged());
    }
    // the sizes of the blocks along each axis
    let mut sizes = vec![1; rank];
    for (at, own) in order.iter().zip(&axes) {
        if let (Some(axis), Axis::All(size)) = (at.checked_sub(rank).and_then(|block| blocks.get(block)), own) {
            *sizes.get_mut(*axis).ok_or_else(damaged)? = *size;
        }
    }
    let fits = |(at, own): (&usize, &Axis)| match at.checked_sub(rank) {
        None => own.fits(shape[*at].checked_div(sizes[*at])),
        Some(_) => matches!(own, Axis::All(_)),
    };
    if count == 0 || !order.iter().zip(&axes).all(fits) {
        return Err(damaged());
    }
    let own = strides(shape);
    let distance = |at: &usize| match at.checked_sub(rank) {
        None => Some(own[*at].saturating_mul(sizes[*at])),
        Some(block) => blocks.get(block).and_then(|axis| own.get(*axis)).copied(),
    };
    let distances: Vec<usize> = order.iter().map(distance).collect::<Option<_>>().ok_or_else(damaged)?;
    let mut places = Places { axes, distances, stored, dense: vec![0.0; count] };
    places.put(0, 0, 0).ok_or_else(damaged)?;
    Ok(places.dense)
}

fn axis(flat: &Flat<'_>, table: Table) -> Result<Axis, String> {
    let size = usize::try_from(flat.i32(table, sparse_axis::SIZE, 0).map_err(text)?).unwrap_or(0);
    if flat.i8(table, sparse_axis::FORMAT).map_err(text)? == 0 {
        return Ok(Axis::All(size));
    }
    let segments = numbers(flat, table, sparse_axis::SEGMENTS_KIND, sparse_axis::SEGMENTS)?;
    let indices = numbers(flat, table, sparse_axis::INDICES_KIND, sparse_axis::INDICES)?;
    Ok(Axis::Some { segments, indices })
}

/// Numbers of 32, 16 or 8 bits.
fn numbers(flat: &Flat<'_>, table: Table, kind: u16, field: u16) -> Result<Vec<usize>, String> {
    let Some(inner) = flat.table(table, field).map_err(text)? else { return Ok(Vec::new()) };
    Ok(match flat.i8(table, kind).map_err(text)? {
        1 => {
            let list = flat.i32s(inner, list::VALUES).map_err(text)?.unwrap_or_default();
            list.into_iter().map(|one| usize::try_from(one).unwrap_or(usize::MAX)).collect()
        }
        2 => flat.u16s(inner, list::VALUES).map_err(text)?.into_iter().map(usize::from).collect(),
        3 => {
            let bytes = flat.blob(inner, list::VALUES).map_err(text)?.unwrap_or_default();
            bytes.iter().map(|byte| usize::from(*byte)).collect()
        }
        _ => return Err("its sparsity is damaged".into()),
    })
}

impl Places<'_> {
    /// Puts the elements of the axes from one on; `row` counts the places of the axes in front. `None` if something is missing.
    fn put(&mut self, level: usize, row: usize, start: usize) -> Option<()> {
        let Some(axis) = self.axes.get(level) else {
            *self.dense.get_mut(start)? = *self.stored.get(row)?;
            return Some(());
        };
        let distance = self.distances[level];
        let (first, last) = match axis {
            Axis::All(size) => (row.checked_mul(*size)?, row.checked_add(1)?.checked_mul(*size)?),
            Axis::Some { segments, .. } => (*segments.get(row)?, *segments.get(row + 1)?),
        };
        for at in first..last {
            let place = match &self.axes[level] {
                Axis::All(_) => at - first,
                Axis::Some { indices, .. } => *indices.get(at)?,
            };
            let start = start.checked_add(place.checked_mul(distance)?)?;
            self.put(level + 1, at, start)?;
        }
        Some(())
    }
}
