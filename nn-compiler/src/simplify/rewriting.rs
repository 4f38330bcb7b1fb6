//! A worklist: equations are rewritten one by one until no rule applies.
//!
//! After a change, only the equations that it may affect return to the worklist, and the first of them is next. The
//! time is linear in the number of changes: the def-use index names these equations, and expressions have a greatest
//! length.

use std::collections::BTreeSet;

use crate::equation::{Equation, Program, Uses};
use crate::symbolic::ExpressionId;

/// A program that is being rewritten. Equations keep their numbers until the end.
pub(super) struct Rewriting<'p> {
    pub program: &'p mut Program,
    pub uses: Uses,
    gone: Vec<bool>,
    /// The definitions that may be inlined.
    definitions: BTreeSet<usize>,
    /// The sums that may pick one of their terms.
    sums: BTreeSet<usize>,
}

impl<'p> Rewriting<'p> {
    pub(super) fn new(program: &'p mut Program) -> Self {
        let all: BTreeSet<usize> = (0..program.equations.len()).collect();
        let (uses, gone) = (Uses::new(program), vec![false; all.len()]);
        Rewriting { program, uses, gone, definitions: all.clone(), sums: all }
    }

    /// The next definition to look at.
    pub(super) fn next_definition(&mut self) -> Option<usize> {
        self.definitions.pop_first()
    }

    /// The next equation to look at that may be a sum.
    pub(super) fn next_sum(&mut self) -> Option<usize> {
        self.sums.pop_first()
    }

    /// Replaces an equation.
    pub(super) fn replace(&mut self, at: usize, equation: Equation) {
        self.uses.remove(self.program, at);
        self.program.equations[at] = equation;
        self.uses.add(self.program, at);
        self.revisit(at);
    }

    /// Replaces the body of an equation.
    pub(super) fn replace_body(&mut self, at: usize, body: ExpressionId) {
        let equation = Equation { body, ..self.program.equations[at].clone() };
        self.replace(at, equation);
    }

    /// Leaves out an equation.
    pub(super) fn remove(&mut self, at: usize) {
        self.uses.remove(self.program, at);
        self.gone[at] = true;
        self.definitions.remove(&at);
        self.sums.remove(&at);
    }

    /// Puts an equation and the definitions that it reads on the worklist.
    fn revisit(&mut self, at: usize) {
        self.definitions.insert(at);
        self.sums.insert(at);
        for tensor in self.program.pool.tensors(self.program.equations[at].body) {
            self.definitions.extend(self.uses.definitions(self.program, tensor));
        }
    }

    /// Drops the removed equations.
    pub(super) fn finish(self) {
        let mut gone = self.gone.into_iter();
        self.program.equations.retain(|_| gone.next() == Some(false));
    }
}
