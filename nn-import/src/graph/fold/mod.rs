//! Operators whose operands are all known: their results.

mod elementwise;
pub(crate) mod making;
pub(crate) mod parts;

use super::Node;
use crate::constant::{Constant, Kind};

/// So many elements a result may have; a model that needs more is no model of known sizes.
const LIMIT: usize = 1 << 21;

/// The known operands of an operator; `None` for one that is left out.
pub(super) type Operands<'a> = &'a [Option<&'a Constant>];

type Results = Result<Vec<Constant>, String>;

/// The results of an operator whose operands are all known; `None` if its rule is not among those here.
pub(crate) fn fold(node: &Node, operands: Operands<'_>) -> Option<Results> {
    let result = making::fold(node, operands).or_else(|| parts::fold(node, operands));
    result.or_else(|| elementwise::fold(node, operands))
}

/// An operand that has to be there.
fn operand<'a>(operands: Operands<'a>, at: usize) -> Result<&'a Constant, String> {
    operands.get(at).copied().flatten().ok_or_else(|| format!("operand {at} is missing"))
}

/// Whole numbers that are an attribute in old versions and an operand in new ones.
pub(super) fn wholes(node: &Node, operands: Operands<'_>, name: &str, at: usize) -> Option<Vec<i64>> {
    let own = node.attributes.wholes(name).map(<[i64]>::to_vec);
    own.or_else(|| operands.get(at).copied().flatten().map(Constant::whole))
}

/// An axis counted from the front.
pub(crate) fn axis(axis: i64, rank: usize) -> Result<usize, String> {
    let rank_whole = i64::try_from(rank).unwrap_or(i64::MAX);
    let from_front = if axis < 0 { axis + rank_whole } else { axis };
    usize::try_from(from_front)
        .ok()
        .filter(|axis| *axis < rank)
        .ok_or_else(|| format!("there is no axis {axis} among {rank}"))
}

/// Sizes of a result; the error says what is wrong with them.
pub(crate) fn sizes(list: &[i64]) -> Result<Vec<usize>, String> {
    let sizes: Vec<usize> = list
        .iter()
        .map(|size| usize::try_from(*size).map_err(|_| format!("a size is {size}")))
        .collect::<Result<_, String>>()?;
    let count = sizes.iter().try_fold(1usize, |count, size| count.checked_mul(*size));
    if count.is_some_and(|count| count <= LIMIT) { Ok(sizes) } else { Err(format!("{sizes:?} is too large")) }
}

/// A result of whole numbers.
#[allow(clippy::cast_precision_loss)] // exact up to 2^53
fn whole(shape: Vec<usize>, elements: &[i64]) -> Constant {
    Constant::new(Kind::Whole, shape, elements.iter().map(|element| *element as f64).collect())
}
