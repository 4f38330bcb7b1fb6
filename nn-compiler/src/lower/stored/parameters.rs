//! The parameters of a layer.

use crate::equation::Role;
use crate::errors::Code;
use crate::lower::environment::{Binding, Environment};
use crate::lower::lowering::Lowering;
use crate::lowered::{StoredTensor, SummaryRow};
use crate::shape::Dim;
use crate::symbolic::TensorId;
use crate::syntax::ast::ParameterStatement;

/// The kind of a tensor that the network owns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum StoredKind {
    /// It has a gradient.
    Parameter,
    /// It stays as it is.
    Frozen,
    /// It is updated by other means than the gradient.
    State,
}

impl Lowering<'_> {
    /// `param weight: [Out, In] = …;`
    pub(in crate::lower) fn parameter(&mut self, statement: &ParameterStatement, environment: &mut Environment) {
        let name = statement.name.to_string();
        let Some(layer) = environment.layer else {
            let place = environment.place(statement.name.span());
            self.errors.report(Code::StoredInFunction, place, "a `fn` has no parameters: make it a `layer`");
            environment.bind(&name, Binding::Unknown);
            return;
        };
        if let Some(tensor) = self.layers[layer].parameters.get(&name) {
            environment.bind(&name, Binding::Tensor(*tensor));
            return;
        }
        let kind =
            if self.layers[layer].frozen || statement.frozen { StoredKind::Frozen } else { StoredKind::Parameter };
        let binding = match self.stored(kind, layer, statement, environment) {
            Some(tensor) => {
                self.layers[layer].parameters.insert(name.clone(), tensor);
                Binding::Tensor(tensor)
            }
            None => Binding::Unknown,
        };
        environment.bind(&name, binding);
    }

    /// A parameter of the network itself, with a step of its own in the summary.
    pub(in crate::lower) fn own_parameter(
        &mut self,
        statement: &ParameterStatement,
        environment: &mut Environment,
    ) -> Option<TensorId> {
        if let Some(index) = &statement.shape.index {
            let message = "parameters are numbers, not indices: leave out `index`";
            return self.mistake(Code::Classes, index.span, message);
        }
        let shape = self.shape_of(&statement.shape, environment)?;
        let name = statement.name.to_string();
        if !self.check_positive(&shape, &format!("the parameter `{name}`"), statement.shape.span) {
            return None;
        }
        let initial = self.initial(&statement.initial, &shape, environment)?;
        let parameters = self.fits(Dim::product(&shape), statement.shape.span)?;
        let (kind, macs) = ("param".to_string(), Dim::from(0));
        self.out.steps.push(SummaryRow { name: name.clone(), kind, shape: shape.clone(), parameters, macs });
        let (path, arrays, own) = (Vec::new(), Vec::new(), shape.clone());
        let (label, kind) = (name.clone(), if statement.frozen { StoredKind::Frozen } else { StoredKind::Parameter });
        let tensor = self.own(kind, &label, &own, |tensor| StoredTensor { path, arrays, name, shape, tensor, initial });
        self.counted.stored = [self.out.parameters.len(), self.out.frozen.len()];
        Some(tensor)
    }

    /// A new tensor that the network owns.
    pub(in crate::lower) fn stored(
        &mut self,
        kind: StoredKind,
        layer: usize,
        statement: &ParameterStatement,
        environment: &mut Environment,
    ) -> Option<TensorId> {
        let shape = self.shape_of(&statement.shape, environment)?;
        let name = statement.name.to_string();
        let what = match kind {
            StoredKind::Parameter | StoredKind::Frozen => "parameter",
            StoredKind::State => "state",
        };
        let what = format!("the {what} `{name}` of layer `{}`", environment.label);
        if !self.check_positive(&shape, &what, environment.call) {
            return None;
        }
        let initial = self.initial_of(layer, statement, &shape, environment)?;
        let (path, name) = self.name_of(layer, &name, environment.place(statement.name.span()))?;
        let label = format!("{}_{name}", path.join("_"));
        let arrays = self.layers[layer].arrays.clone();
        let own = shape.clone();
        Some(self.own(kind, &label, &own, |tensor| StoredTensor { path, arrays, name, shape, tensor, initial }))
    }

    /// Declares a tensor that the network owns.
    fn own(
        &mut self,
        kind: StoredKind,
        label: &str,
        shape: &[Dim],
        stored: impl FnOnce(TensorId) -> StoredTensor,
    ) -> TensorId {
        let role = match kind {
            StoredKind::Parameter => Role::Parameter(self.out.parameters.len()),
            StoredKind::Frozen => Role::Frozen(self.out.frozen.len()),
            StoredKind::State => Role::State(self.out.states.len()),
        };
        let tensor = self.given(label, shape.to_vec(), role, None, false);
        let all = match kind {
            StoredKind::Parameter => &mut self.out.parameters,
            StoredKind::Frozen => &mut self.out.frozen,
            StoredKind::State => &mut self.out.states,
        };
        all.push(stored(tensor));
        tensor
    }
}
