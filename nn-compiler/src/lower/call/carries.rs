//! The carries of scans: `carry h: [H] = zeros;` and `next h[j] = …;`.

use crate::equation::Equation;
use crate::errors::Code;
use crate::lower::call::scans::OpenScan;
use crate::lower::environment::{Binding, Environment, Value};
use crate::lower::equation::assign::Declared;
use crate::lower::lowering::Lowering;
use crate::shape::{Dim, display_shape};
use crate::symbolic::{ExpressionId, IndexId, TensorId};
use crate::syntax::ast::{Assign, Carry, ExpressionKind, Scan};

impl Lowering<'_> {
    /// A tensor with the carry in front of each step and behind the last one.
    pub(super) fn begin_carry(
        &mut self,
        carry: &Carry,
        extent: &Dim,
        for_each_sample: bool,
        environment: &mut Environment,
    ) -> Option<(String, TensorId)> {
        let name = carry.name.to_string();
        let shape = self.shape_of(&carry.shape, environment)?;
        let place = environment.place(carry.initial.span);
        let initial = match &carry.initial.kind {
            ExpressionKind::Name(zeros) if zeros == "zeros" && !environment.names.contains_key("zeros") => {
                Value::Real(self.out.program.pool.constant(0.0))
            }
            _ => self.value(&carry.initial, environment),
        };
        let given = match initial {
            Value::Tensor(tensor) => self.out.program.at(tensor).sample_shape().to_vec(),
            Value::Real(_) => shape.clone(),
            Value::Unknown => return None,
        };
        if given != shape {
            let (given, shape) = (display_shape(&given), display_shape(&shape));
            let message = format!("the carry `{name}` has the shape {shape}, but it begins with {given}");
            return self.mistake(Code::DefinitionShape, place, message);
        }
        let places = self.fits(extent.add(&Dim::from(1)), place)?;
        let places = self.out.program.index("place", places);
        let iterations = [self.iterations.as_slice(), &[places]].concat();
        let carried =
            self.tensor_with(&format!("{}_{name}", environment.label), shape.clone(), for_each_sample, &iterations);
        let value = match initial {
            Value::Tensor(tensor) => tensor,
            Value::Real(value) => {
                let name = format!("{}_first", self.out.program.at(carried).name);
                self.full(value, &name, shape.clone(), false)
            }
            Value::Unknown => return None,
        };
        self.copy(carried, Some(Dim::default()), value, None);
        Some((name, carried))
    }

    /// A tensor that holds one number.
    pub(in crate::lower) fn full(
        &mut self,
        value: ExpressionId,
        name: &str,
        shape: Vec<Dim>,
        for_each_sample: bool,
    ) -> TensorId {
        let full = self.new_tensor(name, shape, for_each_sample);
        let program = &mut self.out.program;
        let indices = program.indices_over(full, &self.iterations);
        program.equations.push(Equation::elementwise(full, indices, value));
        // the position of a step is a number in this step alone
        if self.out.program.pool.indices(value).is_empty() {
            self.filled.insert(full, value);
        }
        full
    }

    /// `next h[j] = …;` or `next h = …;` of a carry; `None` if there is no such carry.
    pub(in crate::lower) fn next_carry(
        &mut self,
        assign: &Assign,
        environment: &mut Environment,
    ) -> Option<Option<()>> {
        let name = assign.name.to_string();
        let carries = &self.open_scan()?.carries;
        let (_, carried) = *carries.iter().find(|(carry, _)| *carry == name)?;
        let of = self.out.program.at(carried);
        let (shape, for_each_sample) = (of.sample_shape().to_vec(), of.for_each_sample());
        let next = next_of(&name);
        let label = format!("{}_{name}_next", environment.label);
        let declared =
            Declared { name: next.clone(), label: label.clone(), shape: Some(shape.clone()), for_each_sample };
        Some(match &assign.subscripts {
            Some(subscripts) => {
                let defined = self.assign_indexed(&next, assign, subscripts, environment, &[declared]);
                if defined.is_none() {
                    environment.names.entry(next).or_insert(Binding::Unknown);
                }
                defined
            }
            None => {
                let value = self.value(&assign.value, environment);
                self.check_declared(&next, value, environment.place(assign.value.span), &[declared]);
                let value = match value {
                    Value::Real(number) => Value::Tensor(self.full(number, &label, shape, for_each_sample)),
                    value => value,
                };
                environment.bind(&next, value.into());
                Some(())
            }
        })
    }

    /// Hands on what the step has defined for the next one.
    pub(super) fn advance_carries(
        &mut self,
        scan: &Scan,
        open: &OpenScan,
        step: IndexId,
        inner: &Environment,
    ) -> Option<()> {
        let mut taken = Vec::new();
        for ((name, carried), carry) in open.carries.iter().zip(&scan.carries) {
            match inner.names.get(&next_of(name)) {
                Some(Binding::Tensor(next)) => {
                    let shapes = [*carried, *next].map(|tensor| self.out.program.at(tensor).sample_shape().to_vec());
                    if shapes[0] == shapes[1] {
                        taken.push((*carried, *next));
                    }
                }
                Some(Binding::Unknown) => return None,
                _ => {
                    let message = format!(
                        "no step says what `{name}` is in the next one: write `next {name}[…] = …;` or `next {name} = …;`"
                    );
                    return self.mistake(Code::Carry, inner.place(carry.name.span()), message);
                }
            }
        }
        for (at, (carried, next)) in taken.iter().enumerate() {
            // what several carries take is still there when the last of them takes it
            let again = taken[at + 1..].iter().any(|(_, other)| other == next);
            let next = if again { self.copied(*next) } else { *next };
            self.write_carry(*carried, next, step);
        }
        Some(())
    }

    /// A tensor with the same elements.
    fn copied(&mut self, tensor: TensorId) -> TensorId {
        let of = self.out.program.at(tensor);
        let (name, shape, for_each_sample) = (of.name.clone(), of.sample_shape().to_vec(), of.for_each_sample());
        let copy = self.new_tensor(&name, shape, for_each_sample);
        let program = &mut self.out.program;
        let indices = program.indices_over(copy, &self.iterations);
        let leading = program.at(copy).leading();
        let own = program.leading_indices(tensor, &self.iterations).into_iter();
        let at: Vec<IndexId> = own.chain(indices[leading..].iter().copied()).collect();
        let body = program.element(tensor, &at);
        program.equations.push(Equation::elementwise(copy, indices, body));
        copy
    }
}

/// A name that no user can give.
fn next_of(carry: &str) -> String {
    format!("next {carry}")
}
