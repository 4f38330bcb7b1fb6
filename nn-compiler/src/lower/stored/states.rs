//! States, which training updates by other means than the gradient: `state` and `next`.

use crate::equation::{Equation, Role};
use crate::errors::Code;
use crate::lower::environment::{Binding, Environment, Value};
use crate::lower::equation::assign::{Declared, one_for_all};
use crate::lower::lowering::{Lowering, Mode, StateOf};
use crate::lower::stored::parameters::StoredKind;
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;
use crate::syntax::ast::{Assign, ParameterStatement};

impl Lowering<'_> {
    /// `state running_mean: [C] = zeros;`
    pub(in crate::lower) fn state(&mut self, statement: &ParameterStatement, environment: &mut Environment) {
        let name = statement.name.to_string();
        let Some(layer) = environment.layer else {
            let place = environment.place(statement.name.span());
            self.errors.report(Code::StoredInFunction, place, "a `fn` has no state: make it a `layer`");
            return environment.bind(&name, Binding::Unknown);
        };
        if let Some(known) = self.layers[layer].states.get(&name) {
            return environment.bind(&name, Binding::Tensor(known.current));
        }
        let binding = match self.stored(StoredKind::State, layer, statement, environment) {
            Some(given) => {
                self.layers[layer].states.insert(name.clone(), StateOf { given, current: given });
                Binding::Tensor(given)
            }
            None => Binding::Unknown,
        };
        environment.bind(&name, binding);
    }

    /// `next running_mean[c] = …;`: a new value, which the layer's next use reads as its state.
    pub(in crate::lower) fn next(&mut self, assign: &Assign, environment: &mut Environment) -> Option<()> {
        let name = assign.name.to_string();
        let place = environment.place(assign.name.span());
        let known = environment.layer.and_then(|layer| self.layers[layer].states.get(&name).copied());
        let Some(known) = known else {
            if matches!(environment.names.get(&name), Some(Binding::Unknown)) {
                return None;
            }
            let message =
                format!("there is no state `{name}` in this layer: declare it, as in `state {name}: [C] = zeros;`");
            return self.mistake(Code::NoParameter, place, message);
        };
        if self.mode == Mode::Infer {
            let message = "predictions leave the state as it is: `next` stands in `train { … }`";
            return self.mistake(Code::TrainingOnly, place, message);
        }
        if !self.scans.is_empty() {
            let message = format!(
                "all steps of a `scan` share the state `{name}` of `{}`, and training updates it once: call the layer in front of the `scan` or behind it",
                environment.label
            );
            return self.mistake(Code::Carry, place, message);
        }
        let shape = self.out.program.at(known.given).sample_shape().to_vec();
        let next = next_name(&name);
        match &assign.subscripts {
            Some(subscripts) => {
                let label = environment.label.clone();
                let declared = Declared { name: next.clone(), label, shape: Some(shape), for_each_sample: false };
                self.assign_indexed(&next, assign, subscripts, environment, &[declared])
            }
            None => {
                let tensor = self.next_whole(&name, assign, shape, environment)?;
                environment.bind(&next, Binding::Tensor(tensor));
                Some(())
            }
        }
    }

    /// `next running_mean = …;`
    fn next_whole(
        &mut self,
        name: &str,
        assign: &Assign,
        shape: Vec<Dim>,
        environment: &mut Environment,
    ) -> Option<TensorId> {
        let place = environment.place(assign.value.span);
        let value = self.value(&assign.value, environment);
        let given = match value {
            Value::Tensor(tensor) if self.out.program.at(tensor).for_each_sample() => {
                return self.mistake(Code::DependsOnSample, place, one_for_all(&next_name(name)));
            }
            Value::Tensor(tensor) => self.out.program.at(tensor).sample_shape().to_vec(),
            Value::Real(_) => shape.clone(),
            Value::Unknown => return None,
        };
        if given != shape {
            let (given, shape) = (display_shape(&given), display_shape(&shape));
            return self.mistake(
                Code::DefinitionShape,
                place,
                format!("the state `{name}` has the shape {shape}, but this gives {given}"),
            );
        }
        let target = self.new_tensor(&format!("{}_{}", environment.label, next_name(name)), shape, false);
        let program = &mut self.out.program;
        let indices = program.indices_over(target, &self.iterations);
        let body = match value {
            Value::Tensor(tensor) => program.element(tensor, &indices),
            Value::Real(value) => value,
            Value::Unknown => return None,
        };
        program.equations.push(Equation::elementwise(target, indices, body));
        Some(target)
    }

    /// After a use of a layer: the next use begins with the values that `next` has defined.
    pub(in crate::lower) fn advance_states(&mut self, environment: &Environment) {
        let Some(layer) = environment.layer else { return };
        for (name, state) in &mut self.layers[layer].states {
            if let Some(Binding::Tensor(next)) = environment.names.get(&next_name(name)) {
                state.current = *next;
            }
        }
    }

    /// Marks the final values of the states.
    pub(in crate::lower) fn finish_states(&mut self) {
        let states: Vec<StateOf> = self.layers.iter().flat_map(|layer| layer.states.values().copied()).collect();
        for state in states.into_iter().filter(|state| state.current != state.given) {
            let program = &mut self.out.program;
            if let Role::State(number) = program.at(state.given).role {
                program.at_mut(state.current).role = Role::NextState(number);
            }
        }
    }
}

/// A name that no user can give.
fn next_name(state: &str) -> String {
    format!("next {state}")
}
