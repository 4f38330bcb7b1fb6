//! Register tiles that read the factors where they are.

use core::mem::MaybeUninit;

use super::lanes::{Adjacent, Along, Alternate, Scalar};
use super::taps::{MOST_TAPS, Taps};
use super::tile::Outer;
use crate::kernels::contraction::blocks::{Blocks, Grid, Kernel, Matrix};
use crate::kernels::contraction::places::BLOCK;
use crate::kernels::contraction::pointers::Pointers;
use crate::kernels::contraction::sums::{Sums, Terms};
use crate::kernels::contraction::walk::{Nest, Side, Step};
use crate::kernels::contraction::{Contraction, Loop};
use crate::kernels::vector::Vector;

/// Computes all full vectors of the lane loop, then the elements that are left at its end.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with these terms, and the processor must have the instruction set of
/// `V`. The lanes must be adjacent in the result, and in the right factor adjacent or every second element.
#[inline(always)]
pub(super) unsafe fn run<V: Vector>(
    plan: &Contraction,
    samples: usize,
    pointers: &Pointers<V::Scalar>,
    batch: &[Loop],
    sums: &Nest<'_>,
) {
    let work = Direct { plan, samples, batch };
    let alternate = plan.lane.right == 2;
    // SAFETY: the caller vouches for it.
    unsafe {
        if V::LARGE && plan.matrix && !alternate {
            work.run::<Adjacent<V>, _>(pointers, &sums.outermost());
        } else if plan.rows().is_empty() && sums.runs() <= MOST_TAPS {
            let mut memory = [const { MaybeUninit::uninit() }; MOST_TAPS];
            work.along::<V, _>(pointers, &Taps::new(&mut memory, sums), alternate);
        } else {
            work.along::<V, _>(pointers, &Sums::new(*sums), alternate);
        }
    }
}

/// The output loops around the lanes.
struct Direct<'a> {
    plan: &'a Contraction,
    samples: usize,
    batch: &'a [Loop],
}

impl Direct<'_> {
    /// Computes all lanes, which are adjacent elements or every second one.
    ///
    /// # Safety
    /// As for [`run`].
    #[inline(always)]
    unsafe fn along<V: Vector, S: Terms<V::Scalar>>(&self, at: &Pointers<V::Scalar>, terms: &S, alternate: bool) {
        // SAFETY: the caller vouches for it.
        unsafe {
            if alternate {
                self.run::<Alternate<V>, _>(at, terms);
            } else {
                self.run::<Adjacent<V>, _>(at, terms);
            }
        }
    }

    /// Computes all lanes.
    ///
    /// # Safety
    /// As for [`run`].
    #[inline(always)]
    unsafe fn run<A: Along, S: Terms<Scalar<A::Whole>>>(&self, at: &Pointers<Scalar<A::Whole>>, terms: &S) {
        let lane = super::lane(self.plan, self.samples, at);
        let (vectors, tail) = (lane.extent / A::Vector::LANES, lane.extent % A::Vector::LANES);
        let start_moves = lane.start != 0;
        // SAFETY: the caller vouches for it.
        unsafe {
            if vectors > 0 {
                let step = Step { extent: vectors, ..lane.by(A::Vector::LANES) };
                self.vectors::<A::Vector, _>(at, step, &Outer { terms, start_moves, lanes: A::whole() });
            }
            if tail > 0 {
                let at = at.moved(lane.offsets(lane.extent - tail));
                self.vectors::<A::Vector, _>(&at, Step::ONCE, &Outer { terms, start_moves, lanes: A::part(tail) });
            }
        }
    }

    /// Runs a kernel on all rows and columns, with these vectors as the innermost columns.
    ///
    /// # Safety
    /// As for [`run`].
    #[inline(always)]
    unsafe fn vectors<V: Vector, K: Kernel<V::Scalar>>(
        &self,
        pointers: &Pointers<V::Scalar>,
        vectors: Step,
        kernel: &K,
    ) {
        let Direct { plan, samples, batch } = *self;
        let start = pointers.start_steps;
        let mut rows = Nest::new(plan.rows(), samples, start);
        // SAFETY: the caller vouches for it.
        unsafe {
            if V::LARGE && plan.matrix {
                let matrix = Matrix { row: rows.take_innermost(), column: vectors, row_block: usize::MAX };
                return matrix.run(pointers, kernel);
            }
            let grid = Grid {
                batch: Nest::new(batch, samples, start),
                rows: Side::new(rows),
                columns: Side::with(Nest::new(plan.columns(), samples, start), vectors),
                row_block: BLOCK,
                apart: true,
            };
            V::call(&Blocks { grid: &grid, pointers, kernel });
        }
    }
}
