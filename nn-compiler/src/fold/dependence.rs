//! The dependences of values.

use crate::equation::{Program, Role};
use crate::symbolic::{ExpressionId, IndexId, Node, TensorId};

/// The dependences of a value, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dependence {
    /// Numbers alone.
    Constant,
    /// Parameters and states as well: constant until the network is trained on.
    Stored,
    /// The samples too.
    Varying,
}

/// The dependence of every tensor, by the one that holds it.
#[derive(Debug)]
pub(super) struct Dependences {
    dependences: Vec<Dependence>,
}

impl Dependences {
    pub(super) fn new(program: &Program) -> Self {
        let given = |tensor: &crate::equation::Tensor| match tensor.role {
            Role::Input(_) | Role::Target(_) => Dependence::Varying,
            role if role.is_stored() => Dependence::Stored,
            _ if tensor.for_each_sample() => Dependence::Varying,
            _ => Dependence::Constant,
        };
        let mut dependences = Dependences { dependences: program.tensors.iter().map(given).collect() };
        // a carry makes an iteration read what later equations write, hence the fixed point
        while program.equations.iter().fold(false, |changed, equation| {
            let target = program.root(equation.target);
            let body = match dependences.of(program, equation.body) {
                Dependence::Stored if !has_place(program, target) => Dependence::Varying,
                dependence => dependence,
            };
            let known = &mut dependences.dependences[target.0 as usize];
            let greater = body > *known;
            *known = body.max(*known);
            changed | greater
        }) {}
        dependences
    }

    /// The dependence of a tensor.
    pub(super) fn at(&self, program: &Program, tensor: TensorId) -> Dependence {
        self.dependences[program.root(tensor).0 as usize]
    }

    /// The dependence of an expression.
    pub(super) fn of(&self, program: &Program, id: ExpressionId) -> Dependence {
        let mut dependence = Dependence::Constant;
        program.pool.visit(id, &mut |_, node| {
            dependence = dependence.max(match node {
                Node::Read { tensor, .. } => self.at(program, *tensor),
                Node::Index(affine) if affine.indices().any(|index| index == IndexId::SAMPLE) => Dependence::Varying,
                Node::Random { .. } | Node::Scale(_) => Dependence::Varying,
                _ => Dependence::Constant,
            });
        });
        dependence
    }

    /// Takes in a new tensor that depends on parameters and states.
    pub(super) fn add_stored(&mut self, tensor: TensorId) {
        self.dependences.resize(tensor.0 as usize + 1, Dependence::Stored);
    }
}

/// Whether a stored tensor has the same iterations of sequences, so that this one can be stored beside it.
fn has_place(program: &Program, tensor: TensorId) -> bool {
    let iterations = |tensor: &crate::equation::Tensor| tensor.shape[..tensor.leading()].to_vec();
    let wanted = iterations(program.at(tensor));
    // the steps of a scan are no layers, however many there are
    if !wanted.is_empty() && !program.at(tensor).of_layers {
        return false;
    }
    wanted.is_empty() || program.tensors.iter().any(|other| other.role.is_stored() && iterations(other) == wanted)
}
