//! Ignored classes, and denominators other than the number of samples.

use std::collections::HashSet;

use crate::equation::{Equation, Role};
use crate::errors::Code;
use crate::lower::environment::{Binding, Environment};
use crate::lower::lowering::Lowering;
use crate::symbolic::{ExpressionId, IndexId, Node, TensorId};
use crate::syntax::ast::{Expression, ExpressionKind, Formula};

impl Lowering<'_> {
    /// The `I` of `index<N or I>`; nothing where it is `none`.
    pub(in crate::lower) fn ignored_class(
        &mut self,
        ignored: &Expression,
        environment: &mut Environment,
    ) -> Option<i64> {
        if let ExpressionKind::Name(name) = &ignored.kind
            && matches!(environment.names.get(&name.to_string()), Some(Binding::Nothing))
        {
            return None;
        }
        let value = self.real(ignored, environment)?;
        let value = self.out.program.constant_value(value).filter(|value| value.fract() == 0.0 && value.abs() < 1e15);
        #[allow(clippy::cast_possible_truncation)] // whole and small
        value.map(|value| value as i64).or_else(|| {
            let message = format!("what `{}` ignores is a whole number", environment.label);
            self.mistake(Code::ArgumentKind, environment.call, message)
        })
    }

    /// Records a use of classes, and the sentinel that it ignores.
    pub(in crate::lower) fn note_classes(&mut self, tensor: TensorId, ignored: Option<i64>) {
        let root = self.out.program.root(tensor);
        self.classes.entry(root).or_default().push(ignored);
    }

    /// A sentinel that all uses of a target ignore is not out of range.
    pub(in crate::lower) fn settle_classes(&mut self) {
        for (tensor, uses) in std::mem::take(&mut self.classes) {
            let first = uses[0];
            if uses.iter().all(|ignored| *ignored == first) {
                self.out.program.at_mut(tensor).ignored = first;
            }
        }
    }

    /// The denominator that a loss defines for the term of this number. It depends on the targets alone, so that a
    /// batch can be processed in tiles.
    pub(in crate::lower) fn divisor(
        &mut self,
        formula: &Formula,
        environment: &Environment,
        number: usize,
    ) -> Option<TensorId> {
        let divisor = formula.divisor.as_ref()?;
        let name = divisor.name.to_string();
        let place = environment.place(divisor.name.span());
        let body = match environment.names.get(&name) {
            Some(Binding::Tensor(tensor)) => {
                let tensor = *tensor;
                if let Some(other) = self.beside_targets(tensor) {
                    let message = format!(
                        "the divisor `{name}` of `{}` is known before the network has run: it follows from targets and numbers, but this one from `{other}`",
                        formula.name
                    );
                    return self.mistake(Code::Divisor, place, message);
                }
                let program = &mut self.out.program;
                let own = if program.at(tensor).for_each_sample() { &[IndexId::SAMPLE][..] } else { &[] };
                program.element(tensor, own)
            }
            Some(Binding::Real(value)) => *value,
            Some(Binding::Unknown) => return None,
            _ => {
                let message = format!("`{}` never defines its divisor `{name}`", formula.name);
                return self.mistake(Code::Divisor, place, message);
            }
        };
        // a denominator of one for each sample is the number of samples
        if self.known(body) == Some(1.0) {
            return None;
        }
        let target = self.given("divisor", Vec::new(), Role::Divisor(number), None, true);
        self.out.program.equations.push(Equation::elementwise(target, vec![IndexId::SAMPLE], body));
        Some(target)
    }

    /// The value of an expression, also by way of tensors without axes that are defined as one.
    fn known(&self, body: ExpressionId) -> Option<f64> {
        let program = &self.out.program;
        let Node::Read { tensor, .. } = program.pool.node(body) else { return program.constant_value(body) };
        let mut definitions = program.equations.iter().filter(|equation| equation.target == *tensor);
        let (Some(definition), None) = (definitions.next(), definitions.next()) else { return None };
        let plain = program.at(*tensor).sample_shape().is_empty() && definition.reduced().next().is_none();
        if plain { self.known(definition.body) } else { None }
    }

    /// A tensor that another depends on and that is neither a target nor a constant.
    fn beside_targets(&self, tensor: TensorId) -> Option<String> {
        let program = &self.out.program;
        let (mut open, mut seen) = (vec![program.root(tensor)], HashSet::new());
        while let Some(tensor) = open.pop() {
            if !seen.insert(tensor) {
                continue;
            }
            let of = program.at(tensor);
            match of.role {
                Role::Target(_) | Role::Constant(_) => continue,
                Role::Value if of.bound.is_none() => {}
                _ => return Some(of.name.clone()),
            }
            for equation in program.equations.iter().filter(|equation| program.root(equation.target) == tensor) {
                let mut random = false;
                program.pool.visit(equation.body, &mut |_, node| match node {
                    Node::Read { tensor, .. } => open.push(program.root(*tensor)),
                    Node::Random { .. } => random = true,
                    _ => {}
                });
                if random {
                    return Some("random()".into());
                }
            }
        }
        None
    }
}
