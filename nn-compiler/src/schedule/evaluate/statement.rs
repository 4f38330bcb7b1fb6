//! Loops and the statements in them.

use super::Machine;
use super::memory::{Outcome, Slot};
use crate::equation::{Reduce, Role};
use crate::schedule::{LoopNode, Statement};
use crate::symbolic::{IndexId, TensorId};

/// A reduced value, and the position of its maximum or minimum.
#[derive(Debug, Clone, Copy)]
struct Reduced {
    value: f64,
    position: f64,
}

impl<'a> Machine<'a> {
    /// Loop nodes; the local variables that they set end with them.
    pub(super) fn nodes(&mut self, nodes: &'a [LoopNode]) -> Outcome<()> {
        for node in nodes {
            match node {
                LoopNode::Loop { index, body } => {
                    for at in self.range(*index, false) {
                        self.bound.insert(*index, at);
                        self.nodes(body)?;
                    }
                    self.bound.remove(index);
                }
                LoopNode::Statement(statement) => self
                    .statement(statement)
                    .map_err(|error| format!("{error}\n  in {}", self.memory.program().display(&statement.equation)))?,
            }
        }
        let statements = nodes.iter().filter_map(|node| match node {
            LoopNode::Statement(statement) => Some(statement),
            LoopNode::Loop { .. } => None,
        });
        self.memory.forget(statements.flat_map(Statement::written));
        Ok(())
    }

    fn statement(&mut self, statement: &Statement) -> Outcome<()> {
        let Some(row) = statement.row else {
            let reduced = self.reduced(statement)?;
            return self.store_reduced(statement, reduced);
        };
        // the whole row is reduced before any of it is stored
        let mut values = Vec::new();
        for at in self.range(row, false) {
            self.bound.insert(row, at);
            values.push(self.reduced(statement)?);
        }
        for (at, value) in self.range(row, false).into_iter().zip(values) {
            self.bound.insert(row, at);
            self.store_reduced(statement, value)?;
            self.memory.forget(statement.written());
        }
        self.bound.remove(&row);
        Ok(())
    }

    fn reduced(&mut self, statement: &Statement) -> Outcome<Reduced> {
        if statement.reduced.is_empty() {
            return Ok(Reduced { value: self.scalar(statement)?, position: 0.0 });
        }
        let begin = match statement.reduce {
            Reduce::Sum => 0.0,
            Reduce::Product => 1.0,
            Reduce::Max | Reduce::ArgMax => f64::NEG_INFINITY,
            Reduce::Min | Reduce::ArgMin => f64::INFINITY,
        };
        let (mut reduced, mut count) = (Reduced { value: begin, position: 0.0 }, 0.0);
        self.reduce(statement, &statement.reduced, &mut reduced, &mut count)?;
        Ok(reduced)
    }

    /// The loops of the reduction; `count` counts their iterations.
    fn reduce(
        &mut self,
        statement: &Statement,
        indices: &[IndexId],
        reduced: &mut Reduced,
        count: &mut f64,
    ) -> Outcome<()> {
        let Some((first, rest)) = indices.split_first() else {
            let value = self.scalar(statement)?;
            let better = match statement.reduce {
                Reduce::Sum => return update(reduced, count, reduced.value + value),
                Reduce::Product => return update(reduced, count, reduced.value * value),
                Reduce::Max | Reduce::ArgMax => value > reduced.value,
                Reduce::Min | Reduce::ArgMin => value < reduced.value,
            };
            if better || value.is_nan() {
                *reduced = Reduced { value, position: *count };
            }
            *count += 1.0;
            return Ok(());
        };
        for at in self.range(*first, false) {
            self.bound.insert(*first, at);
            self.reduce(statement, rest, reduced, count)?;
        }
        self.bound.remove(first);
        Ok(())
    }

    fn scalar(&self, statement: &Statement) -> Outcome<f64> {
        self.memory.program().scalar_of(statement.body, self.memory.given, &self.bound, &self.memory)
    }

    fn store_reduced(&mut self, statement: &Statement, reduced: Reduced) -> Outcome<()> {
        let is_position = matches!(statement.reduce, Reduce::ArgMax | Reduce::ArgMin);
        let main = if is_position { reduced.position } else { reduced.value };
        self.store(statement, statement.target, main)?;
        statement.position.map_or(Ok(()), |target| self.store(statement, target, reduced.position))
    }

    fn store(&mut self, statement: &Statement, target: TensorId, value: f64) -> Outcome<()> {
        let of = self.memory.program().at(target);
        if let Role::Loss(_) | Role::Divisor(_) = of.role {
            let sum = self.memory.element(target, 0)?;
            let value = self.memory.get(sum)? + value;
            self.memory.set(sum, value);
            return Ok(());
        }
        if statement.clip && !self.memory.is_inside(target, &statement.write, None, &self.bound) {
            return Ok(());
        }
        let slot = self.memory.slot(target, &statement.write, &self.bound)?;
        let adds = statement.add && !matches!(slot, Slot::Local(_));
        let value = if adds { self.memory.get(slot)? + value } else { value };
        self.memory.set(slot, value);
        Ok(())
    }
}

/// Stores the new value of an accumulator.
fn update(reduced: &mut Reduced, count: &mut f64, value: f64) -> Outcome<()> {
    reduced.value = value;
    *count += 1.0;
    Ok(())
}
