//! Every equation gets indices of its own, so that fusing loops by renaming an index cannot capture another.

use std::collections::{HashMap, HashSet};

use crate::equation::{Equation, Program};
use crate::symbolic::{IndexId, Position};

/// Renames indices that an earlier equation has too; that of the samples is one for all.
pub(super) fn separate_indices(program: &mut Program) {
    let mut taken: HashSet<IndexId> = HashSet::new();
    for at in 0..program.equations.len() {
        let equation = program.equations[at].clone();
        let mut renamed = HashMap::new();
        for index in equation.indices.iter().filter(|index| **index != IndexId::SAMPLE) {
            // the equations of a sequence share its index
            if program.is_sequence(*index) {
                continue;
            }
            if !taken.insert(*index) {
                let of = program.indices[index.0 as usize].clone();
                let own = program.index(of.name, of.extent);
                taken.insert(own);
                renamed.insert(*index, own);
            }
        }
        if let Some(equation) = rename(program, &equation, &renamed) {
            program.equations[at] = equation;
        }
    }
}

/// The equation with renamed indices; `None` if there is nothing to rename.
fn rename(program: &mut Program, equation: &Equation, renamed: &HashMap<IndexId, IndexId>) -> Option<Equation> {
    if renamed.is_empty() {
        return None;
    }
    let positions: HashMap<IndexId, Position> =
        renamed.iter().map(|(from, to)| (*from, Position::index(*to))).collect();
    let write = equation.write.iter().map(|position| program.pool.substitute_position(position, &positions));
    let write = write.collect::<Option<Vec<Position>>>()?;
    let body = program.pool.substitute(equation.body, &positions)?;
    let indices = equation.indices.iter().map(|index| *renamed.get(index).unwrap_or(index)).collect();
    Some(Equation { write, body, indices, ..equation.clone() })
}
