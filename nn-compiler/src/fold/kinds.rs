//! The dependences of values.

use crate::equation::{Program, Role};
use crate::symbolic::{ExpressionId, IndexId, Node, TensorId};

/// The dependences of a value, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Numbers alone.
    Constant,
    /// Parameters and states as well: constant until the network is trained on.
    Stored,
    /// The samples too.
    Varying,
}

/// The kind of every tensor, by the one that holds it.
#[derive(Debug)]
pub(super) struct Kinds {
    kinds: Vec<Kind>,
}

impl Kinds {
    pub(super) fn new(program: &Program) -> Self {
        let given = |tensor: &crate::equation::Tensor| match tensor.role {
            Role::Input(_) | Role::Target(_) => Kind::Varying,
            Role::Parameter(_) | Role::State(_) => Kind::Stored,
            _ if tensor.for_each_sample() => Kind::Varying,
            _ => Kind::Constant,
        };
        let mut kinds = Kinds { kinds: program.tensors.iter().map(given).collect() };
        // a carry makes an iteration read what later equations write, hence the fixed point
        while program.equations.iter().fold(false, |changed, equation| {
            let target = program.root(equation.target);
            let body = match kinds.of(program, equation.body) {
                Kind::Stored if !has_place(program, target) => Kind::Varying,
                kind => kind,
            };
            let known = &mut kinds.kinds[target.0 as usize];
            let greater = body > *known;
            *known = body.max(*known);
            changed | greater
        }) {}
        kinds
    }

    /// The kind of a tensor.
    pub(super) fn at(&self, program: &Program, tensor: TensorId) -> Kind {
        self.kinds[program.root(tensor).0 as usize]
    }

    /// The kind of an expression.
    pub(super) fn of(&self, program: &Program, id: ExpressionId) -> Kind {
        let mut kind = Kind::Constant;
        program.pool.visit(id, &mut |_, node| {
            kind = kind.max(match node {
                Node::Read { tensor, .. } => self.at(program, *tensor),
                Node::Index(affine) if affine.indices().any(|index| index == IndexId::SAMPLE) => Kind::Varying,
                Node::Random { .. } | Node::Scale(_) => Kind::Varying,
                _ => Kind::Constant,
            });
        });
        kind
    }

    /// Takes in a new tensor that depends on parameters and states.
    pub(super) fn add_stored(&mut self, tensor: TensorId) {
        self.kinds.resize(tensor.0 as usize + 1, Kind::Stored);
    }
}

/// Whether a stored tensor has the same iterations of sequences, so that this one can be stored beside it.
fn has_place(program: &Program, tensor: TensorId) -> bool {
    let iterations = |tensor: &crate::equation::Tensor| tensor.shape[..tensor.leading()].to_vec();
    let wanted = iterations(program.at(tensor));
    let is_stored = |role: Role| matches!(role, Role::Parameter(_) | Role::State(_));
    wanted.is_empty() || program.tensors.iter().any(|other| is_stored(other.role) && iterations(other) == wanted)
}
