//! The def-use index of a program that is being rewritten.

use std::collections::BTreeSet;

use super::Program;
use crate::symbolic::TensorId;

/// The numbers of the equations that define and read each tensor. Whoever changes an equation updates it.
#[derive(Debug, Clone)]
pub struct Uses {
    /// By the tensor that holds the elements.
    definitions: Vec<BTreeSet<usize>>,
    /// By the tensor as it is read.
    readers: Vec<BTreeSet<usize>>,
    viewed: Vec<bool>,
}

impl Uses {
    /// The index of all equations.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let count = program.tensors.len();
        let none = vec![BTreeSet::new(); count];
        let mut uses = Uses { definitions: none.clone(), readers: none, viewed: program.viewed() };
        (0..program.equations.len()).for_each(|at| uses.add(program, at));
        uses
    }

    /// Takes in an equation.
    pub fn add(&mut self, program: &Program, at: usize) {
        let equation = &program.equations[at];
        self.definitions[program.root(equation.target).0 as usize].insert(at);
        for tensor in program.tensors_read(equation) {
            self.readers[tensor.0 as usize].insert(at);
        }
    }

    /// Removes an equation, before it is changed.
    pub fn remove(&mut self, program: &Program, at: usize) {
        let equation = &program.equations[at];
        self.definitions[program.root(equation.target).0 as usize].remove(&at);
        for tensor in program.tensors_read(equation) {
            self.readers[tensor.0 as usize].remove(&at);
        }
    }

    /// The equations that define a tensor, in part or through a view, in order.
    #[must_use]
    pub fn definitions(&self, program: &Program, tensor: TensorId) -> &BTreeSet<usize> {
        &self.definitions[program.root(tensor).0 as usize]
    }

    /// The equations that read a tensor under its own name, in order.
    #[must_use]
    pub fn readers(&self, tensor: TensorId) -> &BTreeSet<usize> {
        &self.readers[tensor.0 as usize]
    }

    /// Whether another tensor is a view of it.
    #[must_use]
    pub fn is_viewed(&self, tensor: TensorId) -> bool {
        self.viewed[tensor.0 as usize]
    }
}
