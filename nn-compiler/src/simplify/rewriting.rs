//! A program whose equations are rewritten one by one until nothing more fits.
//!
//! After a change only those equations are looked at again that it may concern, always the first of them, so that the
//! work grows with the number of changes and not with its square.

use std::collections::BTreeSet;

use crate::equation::{Equation, Program, Uses};
use crate::symbolic::ExpressionId;

/// A program in the course of being rewritten. Equations keep their numbers until it is finished.
pub(super) struct Rewriting<'p> {
    pub program: &'p mut Program,
    pub uses: Uses,
    gone: Vec<bool>,
    /// The definitions that may fit into their uses.
    definitions: BTreeSet<usize>,
    /// The equations that may pick one of their terms.
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

    /// What an equation reads, and the equation itself, may be simplified now.
    fn revisit(&mut self, at: usize) {
        self.definitions.insert(at);
        self.sums.insert(at);
        for tensor in self.program.pool.tensors(self.program.equations[at].body) {
            self.definitions.extend(self.uses.definitions(self.program, tensor));
        }
    }

    /// Takes what was left out from the program.
    pub(super) fn finish(self) {
        let mut gone = self.gone.into_iter();
        self.program.equations.retain(|_| gone.next() == Some(false));
    }
}
