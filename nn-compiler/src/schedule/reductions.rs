//! How reductions outside of the kernels are computed: a row of results at once, in memory, or one result after the other.

use crate::equation::{Equation, Program, Reduce};
use crate::layout::Layout;
use crate::symbolic::{IndexId, Node, Position};

/// The longest row of elements that is reduced at once.
pub const LONGEST_ROW: i64 = 256;

/// The contiguous index of a result, if the reduction for each element is short: then a row of elements is reduced at
/// once, in the lanes of vectors.
pub(super) fn row(program: &Program, layout: &Layout, equation: &Equation, reduced: &[IndexId]) -> Option<IndexId> {
    const MOST_TERMS: i64 = 64;
    const LEAST_LEN: i64 = 4;
    const MOST_STRIDE: i64 = 4;
    let literal = |index: &IndexId| program.extent(*index).literal();
    let terms = reduced.iter().try_fold(1i64, |terms, index| Some(terms.saturating_mul(literal(index)?)))?;
    let row = equation.write.last().and_then(Position::as_index).filter(|index| !program.is_sequence(*index))?;
    let fits = !reduced.is_empty() && terms <= MOST_TERMS && (LEAST_LEN..=LONGEST_ROW).contains(&literal(&row)?);
    let plain = !equation.clip && !equation.accumulate && program.writes_plainly(equation);
    let near = program.reads_of(equation).into_iter().all(|read| match program.pool.node(read) {
        Node::Read { tensor, at, .. } => layout.offset(program, *tensor, at).is_some_and(|offset| {
            offset.factor(row).literal().is_some_and(|stride| (0..=MOST_STRIDE).contains(&stride))
        }),
        _ => true,
    });
    (fits && plain && near).then_some(row)
}

/// Whether a sum should accumulate in memory, with the result's contiguous axis innermost: `b[o] += d[n, o]` runs along
/// `o`, not along `n`.
pub(super) fn sums_in_memory(program: &Program, layout: &Layout, equation: &Equation) -> bool {
    if equation.reduce != Reduce::Sum || program.reduced(equation).next().is_none() || !program.writes_plainly(equation)
    {
        return false;
    }
    let Some(last) = equation.write.last().and_then(Position::as_index) else { return false };
    if equation.clip
        || last == IndexId::SAMPLE
        || !equation.accumulate && !can_begin_with_zeros(program, layout, equation)
    {
        return false;
    }
    let contiguous = |index: IndexId| {
        program.reads_of(equation).into_iter().any(|read| {
            let Node::Read { tensor, at, .. } = program.pool.node(read) else { return false };
            // the classes that choose rows are few beside what is added to these
            program.at(*tensor).bound.is_none()
                && layout.offset(program, *tensor, at).is_some_and(|offset| offset.factor(index).literal() == Some(1))
        })
    };
    contiguous(last) && !program.reduced(equation).any(contiguous)
}

/// Whether all of a sum's target can be zero in front of it: it defines the whole, and a padding is zero too.
fn can_begin_with_zeros(program: &Program, layout: &Layout, equation: &Equation) -> bool {
    let padding = layout.padding(equation.target).and_then(|padding| padding.value);
    padding.is_none_or(|bits| bits == 0)
        && program.covers_iteration(equation.target, &equation.write)
        && in_all_iterations(program, layout, equation)
}

/// Whether iterations write the whole of a tensor. A carry has one place more than the trip count, which they do not
/// fill.
pub(super) fn in_all_iterations(program: &Program, layout: &Layout, equation: &Equation) -> bool {
    let of = program.at(equation.target);
    let mut axes = equation.write.iter().zip(&of.shape).enumerate();
    axes.all(|(axis, (position, size))| {
        let kept = of.counts_iterations(axis) && !layout.is_single(program, equation.target, axis);
        !kept || position.as_index().is_some_and(|index| program.extent(index) == size)
    })
}
